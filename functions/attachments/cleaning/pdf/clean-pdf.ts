import type { Cleaning } from "../cleaned.ts";
import { cleanContent } from "./content.ts";
import { type Copying, copy, copyDict } from "./copy.ts";
import { drawnResources } from "./drawn-resources.ts";
import { openPdf } from "./file.ts";
import { flattenedAnnotations } from "./flattened-annotations.ts";
import { hiddenLayers, hiddenNames } from "./layers.ts";
import { boxOf, pagesOf } from "./pages.ts";
import { refusalOf } from "./refusal.ts";
import { packed, unpacked } from "./streams.ts";
import { type Dict, isDict, isStream, type Value } from "./values.ts";
import { add, put, reserve, writtenPdf } from "./writer.ts";

/**
 * A new document that shows the same pages: only what is drawn on them is copied, and what annotations and fields look
 * like becomes part of the page. All of the old file that no page draws is left behind.
 */
export async function cleanPdf(file: Uint8Array): Promise<Cleaning> {
  try {
    return { bytes: rewritten(file), contentType: "application/pdf" };
  } catch (error) {
    const uncleanable = refusalOf(error);
    if (!uncleanable) throw error;
    return { uncleanable };
  }
}

function rewritten(bytes: Uint8Array): Uint8Array {
  const file = openPdf(bytes);
  const copying: Copying = {
    file,
    objects: [],
    hidden: hiddenLayers(file),
    made: new Map(),
    looks: new Map(),
    segments: new Map(),
    depth: 0,
  };
  const tree = reserve(copying.objects);
  const kids = pagesOf(file).map((page) => add(copying.objects, rewrittenPage(copying, { page, parent: tree })));
  const pages: Dict = new Map<string, Value>([
    ["Type", { name: "Pages" }],
    ["Kids", kids],
    ["Count", kids.length],
  ]);
  put(copying.objects, { ref: tree.ref, value: pages });
  const catalog: Dict = new Map<string, Value>([
    ["Type", { name: "Catalog" }],
    ["Pages", tree],
  ]);
  return writtenPdf(copying.objects, add(copying.objects, catalog));
}

const letter = [0, 0, 612, 792];

function rewrittenPage(copying: Copying, { page, parent }: { page: Dict; parent: { ref: number } }): Dict {
  const { file } = copying;
  const rewritten: Dict = new Map<string, Value>([
    ["Type", { name: "Page" }],
    ["Parent", parent],
  ]);
  rewritten.set("MediaBox", boxOf(file, page.get("MediaBox")) ?? letter);
  const crop = boxOf(file, page.get("CropBox"));
  if (crop) rewritten.set("CropBox", crop);
  for (const key of ["Rotate", "UserUnit"]) {
    const value = file.resolve(page.get(key));
    if (typeof value === "number") rewritten.set(key, value);
  }
  if (page.has("Group")) rewritten.set("Group", copy(copying, { value: page.get("Group"), kind: "group" }));
  for (const [key, value] of drawn(copying, page)) rewritten.set(key, value);
  return rewritten;
}

/** The content and what it draws with, and behind it the annotations, each under a name that is still free. */
function drawn(copying: Copying, page: Dict): Dict {
  const { bytes, named: used } = contentOf(copying, page);
  const own = drawnResources(copying.file, { resources: page.get("Resources"), named: used });
  const resources = copyDict(copying, { dict: own, kind: "resources" });
  const drawings = resources.get("XObject");
  const named: Dict = isDict(drawings) ? drawings : new Map();
  let operators = "";
  for (const flattened of flattenedAnnotations(copying, page)) {
    let name = `Seen${named.size}`;
    while (named.has(name)) name += "x";
    named.set(name, flattened.drawing);
    operators += flattened.operators(name);
  }
  if (named.size > 0) resources.set("XObject", named);
  const content = Buffer.concat([Buffer.from("q\n"), bytes, Buffer.from(`Q\n${operators}`)]);
  return new Map<string, Value>([
    ["Resources", resources],
    ["Contents", add(copying.objects, packed(content))],
  ]);
}

/**
 * The parts of a page's content are one: an operator may have its operands in the part before. `named` is what it names
 * of its resources.
 */
function contentOf(copying: Copying, page: Dict): { bytes: Uint8Array; named: ReadonlySet<string> } {
  const { file } = copying;
  const contents = file.resolve(page.get("Contents"));
  const parts = (Array.isArray(contents) ? contents : [contents]).map((part) => file.resolve(part)).filter(isStream);
  const content = Buffer.concat(parts.flatMap((part) => [unpacked(part, file), Buffer.from("\n")]));
  const hidden = hiddenNames(page.get("Resources"), copying);
  const named = new Set<string>();
  return { bytes: cleanContent(content, { hidden, named, allowance: file.allowance }), named };
}

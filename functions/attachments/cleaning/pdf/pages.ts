import type { PdfFile } from "./file.ts";
import { refuse } from "./refusal.ts";
import { type Dict, isDict, type Value } from "./values.ts";

const mostPages = 200;
const mostNodes = 10_000;
const deepest = 100;
/** What a page has from the branches above it, where it says nothing itself. */
const inherited = ["Resources", "MediaBox", "CropBox", "Rotate"];

type Walk = { file: PdfFile; pages: Dict[]; nodes: number };

/** The pages in their order, each with what it inherits. */
export function pagesOf(file: PdfFile): Dict[] {
  const walk: Walk = { file, pages: [], nodes: 0 };
  visit(walk, { value: file.catalog.get("Pages") ?? null, above: new Map(), depth: 0 });
  return walk.pages.length > 0 ? walk.pages : refuse("unreadable");
}

type Branch = { value: Value; above: Dict; depth: number };

function visit(walk: Walk, { value, above, depth }: Branch): void {
  const { file, pages } = walk;
  if (++walk.nodes > mostNodes || depth > deepest) refuse("too-much-inside");
  const node = file.resolve(value);
  if (!isDict(node)) refuse("unreadable");
  const own = new Map([...above, ...[...node].filter(([key]) => inherited.includes(key))]);
  const kids = file.resolve(node.get("Kids"));
  if (!Array.isArray(kids)) pages.push(new Map([...node, ...own]));
  else for (const kid of kids) visit(walk, { value: kid, above: own, depth: depth + 1 });
  if (pages.length > mostPages) refuse("too-much-inside");
}

/** Four numbers, whichever way they are written; undefined where they are not. */
export function boxOf(file: PdfFile, value: Value | undefined): number[] | undefined {
  const box = file.resolve(value);
  if (!Array.isArray(box) || box.length < 4) return undefined;
  const numbers = box.slice(0, 4).map((one) => file.resolve(one));
  return numbers.every((one) => typeof one === "number") ? numbers : undefined;
}

import type { PdfFile } from "./file.ts";
import { type Dict, dictOf, isStream, nameOf, type Value } from "./values.ts";

type Reading = Pick<PdfFile, "resolve">;

/** The lists of what may have pictures and text in it. */
const lists = ["XObject", "Pattern", "ExtGState"];

/**
 * Resources without what the content never names: programs let pages share one list, also with pages that were taken
 * out, and what is on a hidden layer alone is named no more.
 */
export function drawnResources(
  file: Reading,
  { resources, named }: { resources: Value | undefined; named: ReadonlySet<string> },
): Dict {
  const all = dictOf(file.resolve(resources)) ?? new Map<string, Value>();
  const list = (key: string): Dict => dictOf(file.resolve(all.get(key))) ?? new Map();
  const drawn = (key: string): Dict => chosen(list(key), named);
  const areBorrowed = ["XObject", "Pattern", "Font"].some((key) =>
    drawn(key)
      .values()
      .some((value) => borrows(file, value)),
  );
  const kept = lists.filter((key) => all.has(key)).map((key) => [key, areBorrowed ? list(key) : drawn(key)] as const);
  return new Map<string, Value>([...all, ...kept]);
}

/** By the names, which are as many as the content is long; a list may be longer, and named by a thousand contents. */
function chosen(list: Dict, names: ReadonlySet<string>): Dict {
  return new Map([...names].filter((name) => list.has(name)).map((name) => [name, list.get(name) ?? null]));
}

/** Whether it draws with the resources of whoever names it: a form, a pattern or drawn letters without their own. */
function borrows({ resolve }: Reading, value: Value): boolean {
  const thing = resolve(value);
  const dict = dictOf(thing);
  if (!dict || dictOf(resolve(dict.get("Resources")))) return false;
  const subtype = nameOf(resolve(dict.get("Subtype")));
  return isStream(thing) ? subtype !== "Image" : subtype === "Type3";
}

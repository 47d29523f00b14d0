import type { Resolve } from "./filters.ts";
import { dictOf, isText, type Value } from "./values.ts";

/** The collections of characters that readers know; fonts with one of their own are read by their own numbers. */
const known = new Set(["Japan1", "Japan2", "GB1", "CNS1", "Korea1", "KR", "UCS", "Identity"]);

export function collectionCopy(value: Value, resolve: Resolve): Value {
  const dict = dictOf(value);
  if (!dict) return null;
  const ordering = resolve(dict.get("Ordering"));
  const name = isText(ordering) ? Buffer.from(ordering.text).toString("latin1") : "";
  const supplement = resolve(dict.get("Supplement"));
  return new Map<string, Value>([
    ["Registry", { text: Buffer.from("Adobe") }],
    ["Ordering", { text: Buffer.from(known.has(name) ? name : "Identity") }],
    ["Supplement", typeof supplement === "number" ? supplement : 0],
  ]);
}

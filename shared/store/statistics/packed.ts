import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";

/** Figures as the table holds them: the same figures are the same bytes. */
export function pack(figures: unknown): Uint8Array {
  return gzipSync(JSON.stringify(figures));
}

/** A field of an item that was packed, as the schema has what is in it. */
export function packed<S extends z.ZodType>(schema: S) {
  return z
    .instanceof(Uint8Array)
    .transform((bytes) => JSON.parse(gunzipSync(bytes).toString("utf8")))
    .pipe(schema);
}

/** So much JSON is packed into well under the 400 KB that an item may have. */
const fullAt = 700_000;

/** A list in portions that each fit into an item, the first of them even where there is nothing. */
export function portionsOf<T>(list: readonly T[]): T[][] {
  const portions: T[][] = [[]];
  let size = 0;
  for (const one of list) {
    const more = JSON.stringify(one).length;
    if (size > 0 && size + more > fullAt) {
      portions.push([]);
      size = 0;
    }
    portions.at(-1)?.push(one);
    size += more;
  }
  return portions;
}

import { decoded, filtersOf, type Resolve } from "./filters.ts";
import { type Allowance, parseValue } from "./parser.ts";
import { refuse } from "./refusal.ts";
import { type Found, scan } from "./scan.ts";
import { nextToken, written } from "./tokens.ts";
import { type Dict, dictOf, isDict, isRef, isStream, nameOf, type Stream, type Value } from "./values.ts";

/** Where an object lies: as a value, or in a stream of objects, read when it is first asked for. */
type Place = { value: Value } | { bytes: Uint8Array; at: number };
export type PdfFile = { places: Map<number, Place>; catalog: Dict; allowance: Allowance; resolve: Resolve };

const allowances: Allowance = {
  values: 3_000_000,
  tokens: 10_000_000,
  inflated: 256 * 1024 * 1024,
  // Sixty pages of A4 in colour at 300 dots an inch; where all of it were kept until the end, it would still fit.
  pictures: 1536 * 1024 * 1024,
};
const mostObjects = 50_000;
const mostHops = 100;

/** Opens a file by its objects rather than by its tables of them: the tables may be wrong, and the last object counts. */
export function openPdf(bytes: Uint8Array): PdfFile {
  const allowance: Allowance = { ...allowances };
  const { objects, trailers } = scan(bytes, { allowance, mostObjects });
  const places = new Map<number, Place>(objects.map(({ number, value }) => [number, { value }]));
  const resolve: Resolve = (value) => resolved({ places, allowance }, value);
  if (trailers.some((trailer) => resolve(trailer.get("Encrypt")) !== null)) refuse("locked");
  unfold({ objects, places, allowance, resolve });
  return { places, allowance, resolve, catalog: catalogOf({ places, trailers, resolve }) };
}

function resolved({ places, allowance }: Pick<PdfFile, "places" | "allowance">, value: Value | undefined): Value {
  let current = value ?? null;
  for (let hops = 0; isRef(current); hops++) {
    if (hops > mostHops) refuse("too-much-inside");
    const number: number = current.ref;
    const place = places.get(number);
    if (!place) return null;
    if ("value" in place) current = place.value;
    else {
      current = parseValue({ cursor: { bytes: place.bytes, at: place.at }, allowance });
      places.set(number, { value: current });
    }
  }
  return current;
}

/** Puts the objects of each stream of objects in their places, in the order of the file, so that the last one counts. */
function unfold({ objects, places, allowance, resolve }: Omit<PdfFile, "catalog"> & { objects: Found[] }): void {
  const holders = objects.filter(({ value }) => isStream(value) && nameOf(value.dict.get("Type")) === "ObjStm");
  if (holders.length === 0) return;
  const holding = new Map<Value, Map<number, Place>>();
  let count = objects.length;
  for (const { value } of holders) {
    const inside = placesIn(value as Stream, { allowance, resolve });
    holding.set(value, inside);
    count += inside.size;
    if (count > mostObjects) refuse("too-much-inside");
  }
  for (const { number, value } of objects) {
    places.set(number, { value });
    for (const [inner, place] of holding.get(value) ?? []) places.set(inner, place);
  }
}

function placesIn(stream: Stream, { allowance, resolve }: Pick<PdfFile, "allowance" | "resolve">): Map<number, Place> {
  const bytes = decoded(stream.body, { filters: filtersOf(stream, resolve), allowance });
  const [first, many] = [resolve(stream.dict.get("First")), resolve(stream.dict.get("N"))];
  if (typeof first !== "number" || typeof many !== "number") refuse("unreadable");
  if (many > mostObjects) refuse("too-much-inside");
  const cursor = { bytes, at: 0 };
  const places = new Map<number, Place>();
  for (let index = 0; index < many; index++) {
    const [number, offset] = [nextToken(cursor), nextToken(cursor)];
    if (!number || !offset) return refuse("unreadable");
    places.set(Number(written(cursor, number)), { bytes, at: first + Number(written(cursor, offset)) });
  }
  return places;
}

type Search = Pick<PdfFile, "places" | "resolve"> & { trailers: Dict[] };

function catalogOf({ places, trailers, resolve }: Search): Dict {
  const isCatalog = (value: Value): value is Dict => isDict(value) && dictOf(resolve(value.get("Pages"))) !== undefined;
  const named = trailers.map((trailer) => resolve(trailer.get("Root"))).findLast(isCatalog);
  if (named) return named;
  const others = [...places.keys()].reverse().map((number) => resolve({ ref: number }));
  return others.filter(isCatalog).find((value) => nameOf(value.get("Type")) === "Catalog") ?? refuse("unreadable");
}

import * as z from "zod";

/** By what complaints are counted. */
export const Dimension = z.enum(["agency", "category", "county", "cause"]);
export type Dimension = z.infer<typeof Dimension>;

/** The closed list of tables: no other sum is ever published, on no request. */
export const Table = z.enum([
  "total",
  "agency",
  "category",
  "county",
  "cause",
  "agency-category",
  "agency-county",
  "category-county",
  "agency-cause",
]);
export type Table = z.infer<typeof Table>;

export const dimensionsOf: Record<Table, readonly Dimension[]> = {
  total: [],
  agency: ["agency"],
  category: ["category"],
  county: ["county"],
  cause: ["cause"],
  "agency-category": ["agency", "category"],
  "agency-county": ["agency", "county"],
  "category-county": ["category", "county"],
  "agency-cause": ["agency", "cause"],
};

/** The ids of a cell in the order of its table's dimensions, joined by `+`; empty for the one cell of `total`. */
export type CellKey = string;
export type Place = Partial<Record<Dimension, string>>;

/** Where a complaint is in a table; undefined where it has no value of a dimension, such as no cause before an answer. */
export function cellKey(table: Table, place: Place): CellKey | undefined {
  const values = dimensionsOf[table].map((dimension) => place[dimension]);
  return values.includes(undefined) ? undefined : values.join("+");
}

/** The ids that a cell's key is made of. */
export function placeOf(table: Table, key: CellKey): Place {
  const values = key.split("+");
  return Object.fromEntries(dimensionsOf[table].map((dimension, n) => [dimension, values[n]]));
}

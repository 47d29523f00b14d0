import type { Instant } from "../time/instant.ts";
import { type Offered, successionOf } from "../time/retirement.ts";
import type { Breakdown } from "./breakdown.ts";
import type { Period } from "./period.ts";
import { type CellKey, cellKey, dimensionsOf, type Place, placeOf, Table } from "./table.ts";

type Cell = { table: Table; cell: CellKey };
type PublishedNumber = Cell & {
  period: Period;
  breakdown?: Breakdown | "retaliations" | undefined;
  name?: string | undefined;
};

/**
 * The address by which a number is rounded: `period|table|cell|breakdown|class`, spelled as in the CSV. A quarter and
 * four quarters have the same name, so the address of four quarters begins with `four-quarters:`.
 */
export function addressOf({ period, table, cell, breakdown, name = "" }: PublishedNumber): string {
  const named = period.kind === "four-quarters" ? `four-quarters:${period.name}` : period.name;
  return [named, table, cell, breakdown ?? "", name].join("|");
}

export type ServingAgency = Offered & { countyIds: readonly string[] };
/** The agencies that figures are counted for, each with the counties it serves. */
export type Serving = ReadonlyMap<string, ReadonlySet<string>>;

/** Which counties every agency serves at an instant, with those of the agencies whose successor it is. */
export function servingAt(agencies: readonly ServingAgency[], now: Instant): Serving {
  const serving = new Map<string, Set<string>>();
  for (const { id, countyIds } of agencies) {
    const last = successionOf(agencies, { id, now }).at(-1) ?? id;
    serving.set(last, new Set([...(serving.get(last) ?? []), ...countyIds]));
  }
  return serving;
}

/**
 * The cell by whose address a cell is rounded. Cells that the province file makes equal share one: a county with one
 * agency has that agency's, and an agency with one county has its own row's. Two different roundings of one number would narrow it down.
 */
export function addressedCell({ table, cell }: Cell, serving: Serving): Cell {
  const place = { ...placeOf(table, cell) };
  place.agency ??= onlyAgencyOf(place.county, serving);
  const counties = new Set([...serving].flatMap(([, all]) => [...all]));
  if (counties.size === 1 || serving.get(place.agency ?? "")?.size === 1) delete place.county;
  if (serving.size === 1) delete place.agency;
  return cellOf(place) ?? { table, cell };
}

function onlyAgencyOf(county: string | undefined, serving: Serving): string | undefined {
  if (county === undefined) return undefined;
  const [only, ...more] = [...serving].filter(([, counties]) => counties.has(county));
  return more.length === 0 ? only?.[0] : undefined;
}

/** The cell of a place; undefined where no table has the place's dimensions. */
function cellOf(place: Place): Cell | undefined {
  const dimensions = Object.entries(place).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const table = Table.options.find(
    (one) =>
      dimensionsOf[one].length === dimensions.length && dimensionsOf[one].every((name) => dimensions.includes(name)),
  );
  const cell = table && cellKey(table, place);
  return table && cell !== undefined ? { table, cell } : undefined;
}

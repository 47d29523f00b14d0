import { createHmac } from "node:crypto";
import { roundingBase, waitingRoundingBase } from "#shared/policy-numbers.ts";
import type { ServingAgency } from "#shared/province/counted-province.ts";
import { successionChain } from "#shared/province/retirement.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { Period } from "#shared/time/period.ts";
import { type Breakdown, type CellKey, type CellPlace, cellKey, cellPlaceOf, dimensionsOf, Table } from "./tables.ts";

/** `key`: the statistics key. `roundingKey`: the address of one published number, from `roundingKeyOf`. */
type RoundingInput = { key: string; roundingKey: string };

/**
 * Rounds a count at random to a multiple of five: up with the probability (n mod 5)/5, else down. So the expected value
 * is n. The same rounding key always gives the same result. Source: random rounding, as at Statistics Canada and Stats
 * NZ.
 */
export function roundCount(n: number, rounding: RoundingInput): number {
  return roundToMultiple(n, roundingBase, rounding);
}

/** Rounds a count like `roundCount`, but to a multiple of ten. */
export function roundWaitingCount(n: number, rounding: RoundingInput): number {
  return roundToMultiple(n, waitingRoundingBase, rounding);
}

function roundToMultiple(n: number, base: number, { key, roundingKey }: RoundingInput): number {
  const rest = n % base;
  if (rest === 0) return n;
  return n - rest + (uniformNumber(key, roundingKey) < rest / base ? base : 0);
}

/**
 * Returns a number in `[0, 1)`: the first four bytes of HMAC-SHA-256(key, "round|" + rounding key), big-endian, divided
 * by 2^32.
 */
function uniformNumber(key: string, roundingKey: string): number {
  return createHmac("sha256", key).update(`round|${roundingKey}`, "utf8").digest().readUInt32BE(0) / 2 ** 32;
}

type TableCell = { table: Table; cell: CellKey };
type PublishedNumber = TableCell & {
  period: Period;
  breakdown?: Breakdown | "retaliationReports" | undefined;
  name?: string | undefined;
};

/**
 * Returns the rounding key of a number: `period|table|cell|breakdown|class`, with the names of the CSV. A quarter and
 * the four quarters that end with it have the same name. So the key of four quarters begins with `four-quarters:`.
 */
export function roundingKeyOf({ period, table, cell, breakdown, name = "" }: PublishedNumber): string {
  const periodName = period.kind === "four-quarters" ? `four-quarters:${period.name}` : period.name;
  return [periodName, table, cell, breakdown ?? "", name].join("|");
}

/** The counties that each agency serves, by agency id. A retired agency's counties belong to its successor. */
export type ServedCounties = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Returns the counties that each agency serves at `now`. The counties of a retired agency are added to its successor.
 */
export function servedCountiesAt(agencies: readonly ServingAgency[], now: Instant): ServedCounties {
  const serving = new Map<string, Set<string>>();
  for (const { id, countyIds } of agencies) {
    const successor = successionChain(agencies, { id, now }).at(-1) ?? id;
    serving.set(successor, new Set([...(serving.get(successor) ?? []), ...countyIds]));
  }
  return serving;
}

/**
 * Returns the cell whose rounding key a cell uses. Two cells that always have the same complaints must use one key,
 * since two different roundings of one number would narrow it down. So a county with only one agency uses the cell of
 * that agency. An agency with only one county uses its own row instead of the cell of agency and county.
 */
export function cellForRounding({ table, cell }: TableCell, serving: ServedCounties): TableCell {
  const place = { ...cellPlaceOf(table, cell) };
  place.agency ??= onlyAgencyOf(place.county, serving);
  const counties = new Set([...serving].flatMap(([, all]) => [...all]));
  if (counties.size === 1 || serving.get(place.agency ?? "")?.size === 1) delete place.county;
  if (serving.size === 1) delete place.agency;
  return cellOf(place) ?? { table, cell };
}

function onlyAgencyOf(county: string | undefined, serving: ServedCounties): string | undefined {
  if (county === undefined) return undefined;
  const [only, ...more] = [...serving].filter(([, counties]) => counties.has(county));
  return more.length === 0 ? only?.[0] : undefined;
}

/** Returns the cell of a place; undefined if no table has exactly the place's dimensions. */
function cellOf(place: CellPlace): TableCell | undefined {
  const dimensions = Object.entries(place).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const table = Table.options.find(
    (candidate) =>
      dimensionsOf[candidate].length === dimensions.length &&
      dimensionsOf[candidate].every((name) => dimensions.includes(name)),
  );
  const cell = table && cellKey(table, place);
  return table && cell !== undefined ? { table, cell } : undefined;
}

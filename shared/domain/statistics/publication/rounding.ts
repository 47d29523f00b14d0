import { createHmac } from "node:crypto";
import { roundingBase, waitingRoundingBase } from "#shared/domain/policy-numbers.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { type CatalogEntry, successionChain } from "#shared/domain/time/retirement.ts";
import {
  type Breakdown,
  type CellKey,
  type CellPlace,
  cellKey,
  cellPlaceOf,
  dimensionsOf,
  Table,
} from "../counting/tables.ts";
import type { Period } from "../period.ts";

/** `key`: the statistics key. `address`: the number's own, as `addressOf` makes it. */
type RoundingInput = { key: string; roundingKey: string };

/**
 * A count rounded at random to a multiple of five: up with the probability (n mod 5)/5, else down, so that the expected
 * value is n. One address is always rounded alike. Source: random rounding, as Statistics Canada and Stats NZ do it.
 */
export function roundCount(n: number, rounding: RoundingInput): number {
  return roundToMultiple(n, roundingBase, rounding);
}

/** The same to a multiple of ten. */
export function roundWaitingCount(n: number, rounding: RoundingInput): number {
  return roundToMultiple(n, waitingRoundingBase, rounding);
}

function roundToMultiple(n: number, base: number, { key, roundingKey }: RoundingInput): number {
  const rest = n % base;
  if (rest === 0) return n;
  return n - rest + (uniformNumber(key, roundingKey) < rest / base ? base : 0);
}

/** From 0 up to and without 1: the first four bytes of HMAC-SHA-256(key, "round|" + address), big-endian, divided by 2^32. */
function uniformNumber(key: string, address: string): number {
  return createHmac("sha256", key).update(`round|${address}`, "utf8").digest().readUInt32BE(0) / 2 ** 32;
}

type TableCell = { table: Table; cell: CellKey };
type PublishedNumber = TableCell & {
  period: Period;
  breakdown?: Breakdown | "retaliations" | undefined;
  name?: string | undefined;
};

/**
 * The address by which a number is rounded: `period|table|cell|breakdown|class`, spelled as in the CSV. A quarter and
 * four quarters have the same name, so the address of four quarters begins with `four-quarters:`.
 */
export function roundingKeyOf({ period, table, cell, breakdown, name = "" }: PublishedNumber): string {
  const named = period.kind === "four-quarters" ? `four-quarters:${period.name}` : period.name;
  return [named, table, cell, breakdown ?? "", name].join("|");
}

export type ServingAgency = CatalogEntry & { countyIds: readonly string[] };
/** The agencies that figures are counted for, each with the counties it serves. */
export type ServedCounties = ReadonlyMap<string, ReadonlySet<string>>;

/** Which counties every agency serves at an instant, with those of the agencies whose successor it is. */
export function servedCountiesAt(agencies: readonly ServingAgency[], now: Instant): ServedCounties {
  const serving = new Map<string, Set<string>>();
  for (const { id, countyIds } of agencies) {
    const last = successionChain(agencies, { id, now }).at(-1) ?? id;
    serving.set(last, new Set([...(serving.get(last) ?? []), ...countyIds]));
  }
  return serving;
}

/**
 * The cell by whose address a cell is rounded. Cells that the province file makes equal share one: a county with one
 * agency has that agency's, and an agency with one county has its own row's. Two different roundings of one number would narrow it down.
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

/** The cell of a place; undefined where no table has the place's dimensions. */
function cellOf(place: CellPlace): TableCell | undefined {
  const dimensions = Object.entries(place).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const table = Table.options.find(
    (one) =>
      dimensionsOf[one].length === dimensions.length && dimensionsOf[one].every((name) => dimensions.includes(name)),
  );
  const cell = table && cellKey(table, place);
  return table && cell !== undefined ? { table, cell } : undefined;
}

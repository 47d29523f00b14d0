import { fewestInBreakdown } from "../policy-numbers.ts";
import { addressedCell, addressOf, type Serving } from "./address.ts";
import { type Breakdown, breakdowns } from "./breakdown.ts";
import { type Counts, countIn } from "./counts.ts";
import { type IranianMonth, monthsLater } from "./iranian-month.ts";
import { type Period, periodEndingWith } from "./period.ts";
import { breakdownsOf, type Parts, type PublishedCell, type PublishedPeriod, tablesOf } from "./published.ts";
import { rounded } from "./rounding.ts";
import { type CellKey, cellKey, type Dimension, dimensionsOf, type Place, type Table } from "./table.ts";

export type Publishing = {
  /** The statistics key. */
  key: string;
  /** Every id that a dimension can have: each has a row, whether anything was counted in it or not. */
  ids: Record<Dimension, readonly string[]>;
  serving: Serving;
  peerGroupOf: (agencyId: string) => string | undefined;
};

/** A period's true counts as they are published: each number rounded once, by its own address. */
export function publish(
  { period, counts }: { period: Period; counts: Counts },
  publishing: Publishing,
): PublishedPeriod {
  const tables = tablesOf(period.kind).map((table) => [
    table,
    cellsOf(table, publishing.ids).map((cell) => publishedCell({ period, counts, table, cell }, publishing)),
  ]);
  return { period, tables: Object.fromEntries(tables) };
}

function cellsOf(table: Table, ids: Publishing["ids"]): CellKey[] {
  const places = dimensionsOf[table].reduce<Place[]>(
    (begun, dimension) => begun.flatMap((place) => ids[dimension].map((id) => ({ ...place, [dimension]: id }))),
    [{}],
  );
  return places.flatMap((place) => cellKey(table, place) ?? []);
}

type At = { period: Period; counts: Counts; table: Table; cell: CellKey };

function publishedCell(at: At, { key, serving, peerGroupOf }: Publishing): PublishedCell {
  const { period, counts, table, cell } = at;
  const addressed = addressedCell({ table, cell }, serving);
  const round = (n: number, what: { breakdown?: Breakdown | "retaliations"; name?: string } = {}) =>
    rounded(n, { key, address: addressOf({ period, ...addressed, ...what }) });
  const parts = breakdownsOf({ table, kind: period.kind }).flatMap((breakdown) => {
    const exact = breakdowns[breakdown].map((name): [string, number] => [
      name,
      countIn(counts, { table, cell, measure: `${breakdown}:${name}` }),
    ]);
    if (exact.reduce((sum, [, n]) => sum + n, 0) < fewestInBreakdown) return [];
    const published: Parts = Object.fromEntries(exact.map(([name, n]) => [name, round(n, { breakdown, name })]));
    return [[breakdown, published] as const];
  });
  return {
    cell,
    count: round(countIn(counts, { table, cell, measure: "all" })),
    ...(parts.length > 0 && { breakdowns: Object.fromEntries(parts) }),
    ...(table === "agency" && period.kind === "four-quarters" && { peerGroup: peerGroupOf(cell) ?? null }),
    ...(table === "total" &&
      isIranianYear(period) && { retaliations: round(counts.retaliations, { breakdown: "retaliations" }) }),
  };
}

const isIranianYear = ({ kind, name }: Period) => kind === "four-quarters" && name.endsWith("-Q4");

/** The first month of the longest period that closes with a month. */
export function firstMonthFor(closing: IranianMonth): IranianMonth {
  return periodEndingWith(closing, "four-quarters") ? monthsLater(closing, -11) : closing;
}

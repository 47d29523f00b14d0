import * as z from "zod";
import { fewestInBreakdown } from "#shared/domain/policy-numbers.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { startOfDay } from "#shared/domain/time/office-clock.ts";
import {
  type Breakdown,
  breakdownNames,
  breakdowns,
  type CellKey,
  type CellPlace,
  type Counts,
  cellKey,
  type Dimension,
  dimensionsOf,
  readCount,
  Table,
} from "../counting/tables.ts";
import {
  addMonths,
  closesOn,
  firstDay,
  type IranianMonth,
  iranianMonth,
  type Period,
  type PeriodKind,
  periodEndingWith,
} from "../period.ts";
import { cellForRounding, roundCount, roundingKeyOf, type ServedCounties } from "./rounding.ts";

/** How many complaints are in each class. */
export const ClassCounts = z.record(z.string(), z.int());
export type ClassCounts = z.infer<typeof ClassCounts>;

/** A cell as it is published: every number is rounded. A breakdown that is missing has fewer than 20 complaints. */
export const PublishedCell = z.object({
  cell: z.string(),
  count: z.int(),
  breakdowns: z.partialRecord(z.enum(breakdownNames), ClassCounts).optional(),
  /** Of four quarters: an agency's peer group on the day of publication, null for none. */
  peerGroup: z.string().nullable().optional(),
  /** Of the four quarters of a year, for the whole province: reports of retaliation. */
  retaliations: z.int().optional(),
});
export type PublishedCell = z.infer<typeof PublishedCell>;

export type PublishedTables = Partial<Record<Table, PublishedCell[]>>;
/** A period's figures. They are published once and never anew. */
export type PublishedPeriod = { period: Period; tables: PublishedTables };

/** The tables that are published for a period: the total of a month, one dimension for a quarter, two for four quarters. */
export function tablesOfPeriod(kind: PeriodKind): Table[] {
  const most = { month: 0, quarter: 1, "four-quarters": 2 }[kind];
  return Table.options.filter((table) => dimensionsOf[table].length <= most);
}

/** The breakdowns that a table has: the outcome alone for a month, none for two dimensions. */
export function breakdownsOf({ table, kind }: { table: Table; kind: PeriodKind }): Breakdown[] {
  if (dimensionsOf[table].length > 1) return [];
  if (kind === "month") return ["outcome"];
  const isByAgency = table === "total" || table === "agency";
  return breakdownNames.filter((name) => isByAgency || !isOfAgencies(name));
}

/** Breakdowns by which agencies are compared with the province; other tables do not have them. */
const isOfAgencies = (name: Breakdown) => name.startsWith("called-") || name === "transferred-out";

export type PublicationInput = {
  /** The statistics key. */
  key: string;
  /** Every id that a dimension can have: each has a row, whether anything was counted in it or not. */
  ids: Record<Dimension, readonly string[]>;
  serving: ServedCounties;
  peerGroupOf: (agencyId: string) => string | undefined;
};

/** A period's true counts as they are published: each number rounded once, by its own address. */
export function publish(
  { period, counts }: { period: Period; counts: Counts },
  publishing: PublicationInput,
): PublishedPeriod {
  const tables = tablesOfPeriod(period.kind).map((table) => [
    table,
    cellsOf(table, publishing.ids).map((cell) => publishedCell({ period, counts, table, cell }, publishing)),
  ]);
  return { period, tables: Object.fromEntries(tables) };
}

function cellsOf(table: Table, ids: PublicationInput["ids"]): CellKey[] {
  const places = dimensionsOf[table].reduce<CellPlace[]>(
    (begun, dimension) => begun.flatMap((place) => ids[dimension].map((id) => ({ ...place, [dimension]: id }))),
    [{}],
  );
  return places.flatMap((place) => cellKey(table, place) ?? []);
}

type CellInput = { period: Period; counts: Counts; table: Table; cell: CellKey };

function publishedCell(at: CellInput, { key, serving, peerGroupOf }: PublicationInput): PublishedCell {
  const { period, counts, table, cell } = at;
  const addressed = cellForRounding({ table, cell }, serving);
  const round = (n: number, what: { breakdown?: Breakdown | "retaliations"; name?: string } = {}) =>
    roundCount(n, { key, roundingKey: roundingKeyOf({ period, ...addressed, ...what }) });
  const parts = breakdownsOf({ table, kind: period.kind }).flatMap((breakdown) => {
    const exact = breakdowns[breakdown].map((name): [string, number] => [
      name,
      readCount(counts, { table, cell, measure: `${breakdown}:${name}` }),
    ]);
    if (exact.reduce((sum, [, n]) => sum + n, 0) < fewestInBreakdown) return [];
    const published: ClassCounts = Object.fromEntries(exact.map(([name, n]) => [name, round(n, { breakdown, name })]));
    return [[breakdown, published] as const];
  });
  return {
    cell,
    count: round(readCount(counts, { table, cell, measure: "all" })),
    ...(parts.length > 0 && { breakdowns: Object.fromEntries(parts) }),
    ...(table === "agency" && period.kind === "four-quarters" && { peerGroup: peerGroupOf(cell) ?? null }),
    ...(table === "total" &&
      isIranianYear(period) && { retaliations: round(counts.retaliations, { breakdown: "retaliations" }) }),
  };
}

const isIranianYear = ({ kind, name }: Period) => kind === "four-quarters" && name.endsWith("-Q4");

/** The first month of the longest period that closes with a month. */
export function firstMonthOf(closing: IranianMonth): IranianMonth {
  return periodEndingWith(closing, "four-quarters") ? addMonths(closing, -11) : closing;
}

/** When a month closes. Its figures know of nothing that happened from then on, whenever they are computed. */
export function closesAt(month: IranianMonth): Instant {
  return startOfDay(closesOn({ kind: "month", name: month }));
}

/** The last month that has closed at an instant. */
export function lastMonthToClose(now: Instant): IranianMonth {
  let month = iranianMonth(now);
  while (closesAt(month) > now) month = addMonths(month, -1);
  return month;
}

/** The months to count when one closes, in order: none from before the first that anything was filed in. */
export function monthsToCount({ month, since }: { month: IranianMonth; since: IranianMonth }): IranianMonth[] {
  const months = [month];
  const first = [firstMonthOf(month), since].sort().at(-1) ?? month;
  for (let before = addMonths(month, -1); before >= first; before = addMonths(before, -1)) months.unshift(before);
  return months;
}

/** The last month with which one may be counted: four quarters that begin with it end then. */
export function lastClosingThatCounts(month: IranianMonth): IranianMonth {
  return addMonths(month, 11);
}

/** The first instant of a month. */
export function startOfMonth(month: IranianMonth): Instant {
  return startOfDay(firstDay(month));
}

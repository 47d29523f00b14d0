import * as z from "zod";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { fewestInBreakdown } from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import {
  addMonths,
  closesOn,
  firstDay,
  type IranianMonth,
  iranianMonth,
  type Period,
  type PeriodKind,
  periodEndingWith,
} from "#shared/time/period.ts";
import { cellForRounding, roundCount, roundingKeyOf, type ServedCounties } from "./rounding.ts";
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
} from "./tables.ts";

/** The number of complaints in each class of a breakdown. */
export const ClassCounts = z.record(z.string(), z.int());
export type ClassCounts = z.infer<typeof ClassCounts>;

/**
 * A published cell. Every number is rounded. A breakdown is missing where its classes have fewer than 20 complaints.
 */
export const PublishedCell = z.object({
  cell: z.string(),
  count: z.int(),
  breakdowns: z.partialRecord(z.enum(breakdownNames), ClassCounts).optional(),
  /** Only for an agency in four quarters: its peer group on the day of publication; null where it has none. */
  peerGroup: z.string().nullable().optional(),
  /** Only for the whole province in an Iranian year: the number of retaliation reports. */
  retaliationReports: z.int().optional(),
});
export type PublishedCell = z.infer<typeof PublishedCell>;
/** The figures of a period. They are published once and never change. */
export type PublishedPeriod = { period: Period; tables: Partial<Record<Table, PublishedCell[]>> };

/**
 * Returns the tables that are published for a kind of period. A month has only the total. A quarter also has the tables
 * of one dimension, four quarters those of two dimensions too.
 */
export function tablesOfPeriod(kind: PeriodKind): Table[] {
  const mostDimensions = { month: 0, quarter: 1, "four-quarters": 2 }[kind];
  return Table.options.filter((table) => dimensionsOf[table].length <= mostDimensions);
}

/** Returns the breakdowns of a table. For a month it is only the outcome. Tables of two dimensions have none. */
export function breakdownsOf({ table, kind }: { table: Table; kind: PeriodKind }): Breakdown[] {
  if (dimensionsOf[table].length > 1) return [];
  if (kind === "month") return ["outcome"];
  const comparesAgencies = table === "total" || table === "agency";
  return breakdownNames.filter(
    (name) => (comparesAgencies || !isForComparison(name)) && (table === "total" || name !== "notice"),
  );
}

/**
 * Only the tables `total` and `agency` have these breakdowns, since they serve to compare agencies with the province.
 */
const isForComparison = (name: Breakdown) => name.startsWith("called-") || name === "transferred-out";

export type PublicationInput = {
  /** The statistics key. */
  key: string;
  /** All ids of each dimension. Each id gets a row, even if no complaint was counted. */
  ids: Record<Dimension, readonly string[]>;
  /** Decides which cells share a rounding key. */
  serving: ServedCounties;
  peerGroupOf: (agencyId: string) => string | undefined;
};

/**
 * Turns the true counts of a period into the published figures. Each number is rounded once, by its own rounding key.
 */
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
    (all, dimension) => all.flatMap((place) => ids[dimension].map((id) => ({ ...place, [dimension]: id }))),
    [{}],
  );
  return places.flatMap((place) => cellKey(table, place) ?? []);
}

function publishedCell(
  { period, counts, table, cell }: { period: Period; counts: Counts; table: Table; cell: CellKey },
  { key, serving, peerGroupOf }: PublicationInput,
): PublishedCell {
  const roundingCell = cellForRounding({ table, cell }, serving);
  const round = (n: number, part: { breakdown?: Breakdown | "retaliationReports"; name?: string } = {}) =>
    roundCount(n, { key, roundingKey: roundingKeyOf({ period, ...roundingCell, ...part }) });
  const publishedBreakdowns = breakdownsOf({ table, kind: period.kind }).flatMap((breakdown) => {
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
    ...(publishedBreakdowns.length > 0 && { breakdowns: Object.fromEntries(publishedBreakdowns) }),
    ...(table === "agency" && period.kind === "four-quarters" && { peerGroup: peerGroupOf(cell) ?? null }),
    ...(table === "total" &&
      isIranianYear(period) && {
        retaliationReports: round(counts.retaliationReports, { breakdown: "retaliationReports" }),
      }),
  };
}

const isIranianYear = ({ kind, name }: Period) => kind === "four-quarters" && name.endsWith("-Q4");

/** Returns the first month of the longest period whose last month is `closing`. */
export function firstMonthOf(closing: IranianMonth): IranianMonth {
  return periodEndingWith(closing, "four-quarters") ? addMonths(closing, -11) : closing;
}

/** Returns the instant at which a month closes. Its figures count no event from that instant on. */
export function closesAt(month: IranianMonth): Instant {
  return startOfDay(closesOn({ kind: "month", name: month }));
}

/** Returns the last month that is closed at `now`. */
export function lastMonthToClose(now: Instant): IranianMonth {
  let month = iranianMonth(now);
  while (closesAt(month) > now) month = addMonths(month, -1);
  return month;
}

/**
 * Returns the months to count, in order, when `month` closes: those of the longest period that ends with it, but none
 * before `since`, the month of the first complaint.
 */
export function monthsToCount({ month, since }: { month: IranianMonth; since: IranianMonth }): IranianMonth[] {
  const months = [month];
  const first = [firstMonthOf(month), since].sort().at(-1) ?? month;
  for (let before = addMonths(month, -1); before >= first; before = addMonths(before, -1)) months.unshift(before);
  return months;
}

/** Returns the last month whose closing can still count `month`: the end of four quarters that begin with `month`. */
export function lastClosingThatCounts(month: IranianMonth): IranianMonth {
  return addMonths(month, 11);
}

/** Returns the first instant of a month. */
export function startOfMonth(month: IranianMonth): Instant {
  return startOfDay(firstDay(month));
}

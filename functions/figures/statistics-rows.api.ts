import * as z from "zod";
import { daysOf, type Period, type PeriodKind } from "#shared/time/period.ts";
import { Figures, figureNamesIn } from "./figures.ts";
import { breakdownsOf, PublishedCell } from "./publication.ts";
import type { DerivedCell } from "./table-figures.ts";
import { breakdowns, cellPlaceOf, type Dimension, dimensionsOf, type Table } from "./tables.ts";

/** One cell of a table in one period. */
export const StatisticsRow = z
  .object({
    period: z.string(),
    firstDay: z.string(),
    lastDay: z.string(),
    agencyId: z.string().optional(),
    category: z.string().optional(),
    countyId: z.string().optional(),
    cause: z.string().optional(),
    /** In tables of four quarters: the group of agencies for comparison, as it was on the day of publication. */
    peerGroup: z.string().optional(),
    count: PublishedCell.shape.count,
    breakdowns: PublishedCell.shape.breakdowns,
    ...Figures.shape,
  })
  .meta({ id: "StatisticsRow" });
export type StatisticsRow = z.infer<typeof StatisticsRow>;

/** The name of the row's field that holds the value of a dimension. */
export const idFieldOf = {
  agency: "agencyId",
  category: "category",
  county: "countyId",
  cause: "cause",
} as const satisfies Record<Dimension, keyof StatisticsRow>;

export function statisticsRow(
  { cell, figures }: DerivedCell,
  { period, table }: { period: Period; table: Table },
): StatisticsRow {
  const { first, last } = daysOf(period);
  const ids = Object.entries(cellPlaceOf(table, cell.cell)).map(([name, value]) => [
    idFieldOf[name as Dimension],
    value,
  ]);
  return {
    period: period.name,
    firstDay: first,
    lastDay: last,
    ...Object.fromEntries(ids),
    ...(cell.peerGroup && { peerGroup: cell.peerGroup }),
    count: cell.count,
    breakdowns: cell.breakdowns,
    ...figures,
  };
}

/** A table's CSV columns, named as the fields in JSON. Each class of a breakdown is a column, such as `outcome.late`. */
export function columnsOf({ table, kind }: { table: Table; kind: PeriodKind }): string[] {
  return [
    "period",
    "firstDay",
    "lastDay",
    ...dimensionsOf[table].map((dimension) => idFieldOf[dimension]),
    ...(table === "agency" && kind === "four-quarters" ? ["peerGroup"] : []),
    "count",
    ...figureNamesIn({ table, kind }),
    ...breakdownsOf({ table, kind }).flatMap((name) => breakdowns[name].map((part) => `${name}.${part}`)),
  ];
}

/** A row as CSV needs it: the breakdowns become fields of the row, by the names of `columnsOf`. */
export function flattenRow({ breakdowns: published, ...row }: StatisticsRow): Record<string, unknown> {
  const numbers = Object.entries(published ?? {}).flatMap(([name, parts]) =>
    Object.entries(parts).map(([part, n]) => [`${name}.${part}`, n]),
  );
  return { ...row, ...Object.fromEntries(numbers) };
}

/** A spreadsheet takes a cell that begins with one of these characters for a formula. */
const formula = /^[=+\-@\t\r]/;

/** CSV after RFC 4180, in UTF-8 without a byte order mark. Several values of a cell are joined by `|`. */
export function csvOf(columns: readonly string[], rows: readonly Record<string, unknown>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => cellText(row[column])))];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cellText(value: unknown): string {
  const text = Array.isArray(value) ? value.join("|") : String(value ?? "");
  if (formula.test(text)) throw new Error("a cell would begin a formula");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import * as z from "zod";
import { Figures } from "#shared/domain/statistics/figures.ts";
import { daysOf, type Period } from "#shared/domain/statistics/period.ts";
import { PublishedCell } from "#shared/domain/statistics/published.ts";
import { type Dimension, placeOf, type Table } from "#shared/domain/statistics/table.ts";
import type { DerivedCell } from "#shared/domain/statistics/table-figures.ts";

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
    /** Of four quarters: the group that the agency is compared in, as it was on the day of publication. */
    peerGroup: z.string().optional(),
    count: PublishedCell.shape.count,
    breakdowns: PublishedCell.shape.breakdowns,
    ...Figures.shape,
  })
  .meta({ id: "StatisticsRow" });
export type StatisticsRow = z.infer<typeof StatisticsRow>;

/** As what a row names the values of a dimension. */
export const idNames = {
  agency: "agencyId",
  category: "category",
  county: "countyId",
  cause: "cause",
} as const satisfies Record<Dimension, keyof StatisticsRow>;

export function rowOf(
  { cell, figures }: DerivedCell,
  { period, table }: { period: Period; table: Table },
): StatisticsRow {
  const { first, last } = daysOf(period);
  const place = Object.entries(placeOf(table, cell.cell)).map(([name, value]) => [idNames[name as Dimension], value]);
  return {
    period: period.name,
    firstDay: first,
    lastDay: last,
    ...Object.fromEntries(place),
    ...(cell.peerGroup && { peerGroup: cell.peerGroup }),
    count: cell.count,
    breakdowns: cell.breakdowns,
    ...figures,
  };
}

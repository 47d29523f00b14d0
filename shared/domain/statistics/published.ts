import * as z from "zod";
import { type Breakdown, breakdownNames } from "./breakdown.ts";
import type { Period, PeriodKind } from "./period.ts";
import { dimensionsOf, Table } from "./table.ts";

/** How many complaints are in each class. */
export const Parts = z.record(z.string(), z.int());
export type Parts = z.infer<typeof Parts>;

/** A cell as it is published: every number is rounded. A breakdown that is missing has fewer than 20 complaints. */
export const PublishedCell = z.object({
  cell: z.string(),
  count: z.int(),
  breakdowns: z.partialRecord(z.enum(breakdownNames), Parts).optional(),
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
export function tablesOf(kind: PeriodKind): Table[] {
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

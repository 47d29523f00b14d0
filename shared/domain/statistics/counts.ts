import * as z from "zod";
import type { Measure } from "./breakdown.ts";
import { type CellKey, cellKey, type Place, Table } from "./table.ts";

/** What one complaint counts as. */
export type Counted = {
  place: Place;
  /** The classes that the complaint is in, at most one of each breakdown. */
  measures: Measure[];
  /** Every agency that held the complaint, and whether that agency transferred it out. */
  holders: { agencyId: string; transferredOut: boolean }[];
};

const Cells = z.record(z.string(), z.record(z.string(), z.int()));

/** True counts by table, cell and measure; a count that is missing is 0. Counts of disjoint cohorts add up. */
export const Counts = z.object({
  tables: z.partialRecord(Table, Cells),
  /** Reports of retaliation, which are in no cell. */
  retaliations: z.int(),
});
export type Counts = z.infer<typeof Counts>;

export function noCounts(): Counts {
  return { tables: {}, retaliations: 0 };
}

export function countIn(counts: Counts, { table, cell, measure }: { table: Table; cell: CellKey; measure: Measure }) {
  return counts.tables[table]?.[cell]?.[measure] ?? 0;
}

/** Adds one complaint to every table. Changes `counts`, since a cohort is folded complaint by complaint. */
export function addComplaint(counts: Counts, { place, measures, holders }: Counted): void {
  for (const table of Table.options) {
    const cell = cellKey(table, place);
    if (cell === undefined) continue;
    // An agency's transfers are counted below, for each agency that held the complaint.
    const own = measures.filter((measure) => table !== "agency" || !measure.startsWith("transferred-out:"));
    for (const measure of ["all" as const, ...own]) increase(counts, { table, cell, measure }, 1);
  }
  for (const { agencyId, transferredOut } of holders) {
    const measure = `transferred-out:${transferredOut ? "transferred-out" : "kept"}` as const;
    increase(counts, { table: "agency", cell: agencyId, measure }, 1);
  }
}

/** Adds the counts of another cohort. Changes `counts`, which may be those of a million complaints. */
export function addCounts(counts: Counts, { tables, retaliations }: Counts): void {
  counts.retaliations += retaliations;
  for (const table of Table.options)
    for (const [cell, measures] of Object.entries(tables[table] ?? {}))
      for (const [measure, n] of Object.entries(measures)) increase(counts, { table, cell, measure }, n);
}

/** The counts of disjoint cohorts together. */
export function sumOfCounts(parts: readonly Counts[]): Counts {
  const all = noCounts();
  for (const part of parts) addCounts(all, part);
  return all;
}

function increase({ tables }: Counts, at: { table: Table; cell: CellKey; measure: string }, by: number): void {
  tables[at.table] ??= {};
  const cells = tables[at.table] ?? {};
  cells[at.cell] ??= {};
  const measures = cells[at.cell] ?? {};
  measures[at.measure] = (measures[at.measure] ?? 0) + by;
}

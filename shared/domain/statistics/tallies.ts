import * as z from "zod";
import { add, type Tally } from "./cell.ts";
import { isOfLastHolder, type Measure } from "./partition.ts";
import { type CellKey, cellKey, type Place, Table } from "./table.ts";

/** What one complaint counts as. */
export type Counted = {
  /** Its record key, 0 to 255. */
  recordKey: number;
  place: Place;
  /** The classes it is in, one of each partition at the most. */
  measures: Measure[];
  /** Every agency that ever held it, and whether that one passed it on; told of the agency, whoever has it in its cells. */
  holders: { agencyId: string; passedOn: boolean }[];
  /** Whether another agency had it last than the one in whose cells it stands, which sees nothing of what came after. */
  wentOn?: boolean | undefined;
};

const Pair = z.tuple([z.int(), z.int()]);
const Cells = z.record(z.string(), z.record(z.string(), Pair));

/** Pairs (n, k) by table, cell and measure; a pair that is not there is (0, 0). They add up over disjoint cohorts. */
export const Tallies = z.object({
  tables: z.partialRecord(Table, Cells),
  /** Retaliation reports, which stand in no cell. */
  retaliations: Pair,
});
export type Tallies = z.infer<typeof Tallies>;

export function noTallies(): Tallies {
  return { tables: {}, retaliations: [0, 0] };
}

export function tallyIn(tallies: Tallies, at: { table: Table; cell: CellKey; measure: Measure }): Tally {
  const [n, k] = tallies.tables[at.table]?.[at.cell]?.[at.measure] ?? [0, 0];
  return { n, k };
}

/** Where an agency reads what it passed on: of all that it ever held, whoever has it in its cells. */
const tablesOfHolders: readonly Table[] = ["agency", "agency-category"];

/** Counts one complaint into every table. Changes the tallies it is given: a cohort is folded one by one. */
export function count(tallies: Tallies, one: Counted): void {
  const tally = { n: 1, k: one.recordKey };
  for (const table of Table.options) {
    const cell = cellKey(table, one.place);
    if (cell === undefined) continue;
    const pairs = pairsIn(tallies, { table, cell });
    const isOfHolders = tablesOfHolders.includes(table);
    for (const measure of ["all", ...one.measures])
      if (!isOfHolders || !measure.startsWith("passed-on:")) put(pairs, measure, tally);
  }
  for (const table of tablesOfHolders) countHolders(tallies, table, one);
  if (one.wentOn) countUnseen(tallies, one);
}

/** Where the exact figures of an agency read what of a class they leave out. */
export const unseen = (measure: string) => `unseen:${measure}`;

function countUnseen(tallies: Tallies, { recordKey, place, measures }: Counted): void {
  for (const table of tablesOfHolders) {
    const cell = cellKey(table, place);
    if (cell === undefined) continue;
    const pairs = pairsIn(tallies, { table, cell });
    for (const measure of measures.filter(isOfLastHolder)) put(pairs, unseen(measure), { n: 1, k: recordKey });
  }
}

function countHolders(tallies: Tallies, table: Table, { recordKey, place, holders }: Counted): void {
  for (const { agencyId, passedOn } of holders) {
    const cell = cellKey(table, { ...place, agency: agencyId });
    const measure = `passed-on:${passedOn ? "passed-on" : "kept"}` as const;
    if (cell !== undefined) put(pairsIn(tallies, { table, cell }), measure, { n: 1, k: recordKey });
  }
}

/** Counts a retaliation report. */
export function countRetaliation(tallies: Tallies, recordKey: number): void {
  tallies.retaliations = pairOf(add(tallyOf(tallies.retaliations), { n: 1, k: recordKey }));
}

/** The tallies of disjoint cohorts together. */
export function together(parts: readonly Tallies[]): Tallies {
  const all = noTallies();
  for (const part of parts) addTo(all, part);
  return all;
}

/** Adds the tallies of another cohort. Changes the first, which may be that of a million complaints. */
export function addTo(all: Tallies, { tables, retaliations }: Tallies): void {
  all.retaliations = pairOf(add(tallyOf(all.retaliations), tallyOf(retaliations)));
  for (const table of Table.options)
    for (const [cell, measures] of Object.entries(tables[table] ?? {})) {
      const pairs = pairsIn(all, { table, cell });
      for (const [measure, pair] of Object.entries(measures)) put(pairs, measure, tallyOf(pair));
    }
}

type Pairs = Record<string, z.infer<typeof Pair>>;

function pairsIn(tallies: Tallies, { table, cell }: { table: Table; cell: CellKey }): Pairs {
  tallies.tables[table] ??= {};
  const cells = tallies.tables[table];
  cells[cell] ??= {};
  return cells[cell];
}

function put(pairs: Pairs, measure: string, one: Tally): void {
  pairs[measure] = pairOf(add(tallyOf(pairs[measure] ?? [0, 0]), one));
}

const tallyOf = ([n, k]: z.infer<typeof Pair>): Tally => ({ n, k });
const pairOf = ({ n, k }: Tally): z.infer<typeof Pair> => [n, k];

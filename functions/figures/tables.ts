import * as z from "zod";

/** The dimensions of the tables: complaints are counted by these properties. */
export const Dimension = z.enum(["agency", "category", "county", "cause"]);
export type Dimension = z.infer<typeof Dimension>;

/** Every table that may be published. No request can ask for another sum. */
export const Table = z.enum([
  "total",
  "agency",
  "category",
  "county",
  "cause",
  "agency-category",
  "agency-county",
  "category-county",
  "agency-cause",
]);
export type Table = z.infer<typeof Table>;

export const dimensionsOf: Record<Table, readonly Dimension[]> = {
  total: [],
  agency: ["agency"],
  category: ["category"],
  county: ["county"],
  cause: ["cause"],
  "agency-category": ["agency", "category"],
  "agency-county": ["agency", "county"],
  "category-county": ["category", "county"],
  "agency-cause": ["agency", "cause"],
};

/** The ids of a cell in the order of its table's dimensions, joined by `+`; empty for the one cell of `total`. */
export type CellKey = string;
export type CellPlace = Partial<Record<Dimension, string>>;

/**
 * Returns the key of the cell that counts a complaint in a table. It is undefined if the complaint has no value for
 * one of the table's dimensions: before an answer, for example, a complaint has no cause.
 */
export function cellKey(table: Table, place: CellPlace): CellKey | undefined {
  const values = dimensionsOf[table].map((dimension) => place[dimension]);
  return values.includes(undefined) ? undefined : values.join("+");
}

/** Splits a cell's key into the ids of its dimensions. */
export function cellPlaceOf(table: Table, key: CellKey): CellPlace {
  const values = key.split("+");
  return Object.fromEntries(dimensionsOf[table].map((dimension, n) => [dimension, values[n]]));
}

/**
 * The classes of the time to answer: name, and upper end in minutes (included). The class `longer` has no upper end.
 * The class `unanswered` has the complaints without an answer.
 */
export const timeLimits: readonly (readonly [name: string, minutes: number])[] = [
  ["PT1H", 60],
  ["PT3H", 180],
  ["PT24H", 1_440],
  ["PT48H", 2_880],
];
const timeClasses = [...timeLimits.map(([name]) => name), "longer", "unanswered"];

const opinions = {
  solved: ["yes", "partly", "no"],
  handling: ["1", "2", "3", "4", "5"],
  pressured: ["pressured", "not-pressured"],
};

/** The breakdowns, each with its classes. A complaint is in at most one class of each breakdown. */
export const breakdowns = {
  outcome: ["overturned", "unanswered", "late", "confirmed", "silent", "pending", "excluded"],
  finding: ["founded", "undetermined", "unfounded"],
  closure: ["accepted", "expired", "decided", "withdrawn", "out-of-scope", "not-a-complaint"],
  level: ["0", "1", "2", "3", "4", "5"],
  "time-office-hours": timeClasses,
  "time-elapsed": timeClasses,
  extended: ["extended", "not-extended"],
  "transferred-out": ["transferred-out", "not-transferred-out"],
  "quick-acceptance": ["quick", "not-quick"],
  notice: ["notified", "not-notified"],
  solved: opinions.solved,
  handling: opinions.handling,
  pressured: opinions.pressured,
  "called-outcome": ["declined", "no-contact", "answered"],
  "called-accepted-solved": opinions.solved,
  "called-accepted-handling": opinions.handling,
  "called-accepted-pressured": opinions.pressured,
  "called-silent-solved": opinions.solved,
  "called-silent-handling": opinions.handling,
  "called-silent-pressured": opinions.pressured,
  "called-other-solved": opinions.solved,
  "called-other-handling": opinions.handling,
  "called-other-pressured": opinions.pressured,
} satisfies Record<string, readonly string[]>;
export type Breakdown = keyof typeof breakdowns;
export const breakdownNames = Object.keys(breakdowns) as Breakdown[];

/** Returns whether a breakdown counts opinions of citizens, with or without a call. */
export function isOpinion(breakdown: Breakdown): boolean {
  return /^(solved|handling|pressured|called-)/.test(breakdown);
}

/** One class of one breakdown, such as `outcome:late`. `all` stands for every complaint of the cell. */
export type Measure = "all" | `${Breakdown}:${string}`;

/** The cells and classes in which one complaint is counted. */
export type CountedComplaint = {
  place: CellPlace;
  /** At most one class of each breakdown. */
  measures: Measure[];
  /** Every agency that held the complaint, and whether that agency transferred it out. */
  holders: { agencyId: string; transferredOut: boolean }[];
};

const Cells = z.record(z.string(), z.record(z.string(), z.int()));

/**
 * True counts by table, cell and measure. A missing count is 0. Counts of cohorts without a common complaint add up.
 */
export const Counts = z.object({
  tables: z.partialRecord(Table, Cells),
  /** Retaliation reports. They are in no cell. */
  retaliationReports: z.int(),
});
export type Counts = z.infer<typeof Counts>;

export function emptyCounts(): Counts {
  return { tables: {}, retaliationReports: 0 };
}

export function readCount(counts: Counts, { table, cell, measure }: { table: Table; cell: CellKey; measure: Measure }) {
  return counts.tables[table]?.[cell]?.[measure] ?? 0;
}

/** Adds one complaint to every table. Changes `counts` in place, since a cohort may have a million complaints. */
export function addComplaint(counts: Counts, { place, measures, holders }: CountedComplaint): void {
  for (const table of Table.options) {
    const cell = cellKey(table, place);
    if (cell === undefined) continue;
    // In the table of agencies, transfers out are counted below, for each agency that held the complaint.
    const cellMeasures = measures.filter((measure) => isCountedIn(table, measure));
    for (const measure of ["all" as const, ...cellMeasures]) increaseCount(counts, { table, cell, measure }, 1);
  }
  for (const { agencyId, transferredOut } of holders) {
    const measure = `transferred-out:${transferredOut ? "transferred-out" : "not-transferred-out"}` as const;
    increaseCount(counts, { table: "agency", cell: agencyId, measure }, 1);
  }
}

/** An agency could learn from its own numbers whom a notice reached, so only the total has the breakdown `notice`. */
const isCountedIn = (table: Table, measure: Measure) =>
  !(table !== "total" && measure.startsWith("notice:")) &&
  !(table === "agency" && measure.startsWith("transferred-out:"));

/** Adds the counts of another cohort to `counts`. Changes `counts` in place. */
export function addCounts(counts: Counts, { tables, retaliationReports }: Counts): void {
  counts.retaliationReports += retaliationReports;
  for (const table of Table.options)
    for (const [cell, measures] of Object.entries(tables[table] ?? {}))
      for (const [measure, n] of Object.entries(measures)) increaseCount(counts, { table, cell, measure }, n);
}

/** Returns the sum of the counts of cohorts. No complaint may be in two of them. */
export function sumOfCounts(parts: readonly Counts[]): Counts {
  const all = emptyCounts();
  for (const part of parts) addCounts(all, part);
  return all;
}

function increaseCount({ tables }: Counts, at: { table: Table; cell: CellKey; measure: string }, by: number): void {
  tables[at.table] ??= {};
  const cells = tables[at.table] ?? {};
  cells[at.cell] ??= {};
  const measures = cells[at.cell] ?? {};
  measures[at.measure] = (measures[at.measure] ?? 0) + by;
}

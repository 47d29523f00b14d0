import { breakdownsOf, type PublishedCell, type PublishedPeriod } from "#functions/figures/publication.ts";
import { cellForRounding, roundingKeyOf } from "#functions/figures/rounding.ts";
import {
  type CellKey,
  type Counts,
  cellPlaceOf,
  Dimension,
  dimensionsOf,
  isOpinion,
  type Measure,
  readCount,
  Table,
} from "#functions/figures/tables.ts";
import { fewestInBreakdown } from "#shared/policy-numbers.ts";
import { monthsOf, type Period, periodEndingWith } from "#shared/time/period.ts";
import { type Expectation, expectationOf, noCause } from "./expectation.ts";
import {
  type Counting,
  countingsIn,
  outcomeSplits,
  sameAs,
  splits,
  sumOfBreakdown,
  totalSplits,
  valueFrom,
} from "./measures.ts";
import { countsIn, type World } from "./world.ts";

/** A published number, and the row of the report that it belongs to. */
export type PublishedNumber = { value: number; group: string };

/** A count that the attacker wants to know, without his own complaints. Equal counts are one quantity. */
export type Quantity = {
  name: string;
  truth: number;
  /** How many complaints of the attacker are in it beside these. */
  own: number;
  /** How many he expects. */
  mean: number;
  /** What is surely true of it: from a breakdown that is published, or not. */
  least: number;
  most: number;
  numbers: PublishedNumber[];
};
/** The parts are disjoint, and together the whole. */
export type Sum = { whole: Quantity; parts: Quantity[] };
export type Knowledge = { quantities: Map<string, Quantity>; sums: Map<string, Sum>; base: number };

export type At = { period: Period; table: Table; cell: CellKey };
type Adding = Knowledge & {
  world: World;
  expected: Expectation;
  counts: Map<string, { others: Counts; own: Counts }>;
};

/**
 * All that follows from what is published: each count with its numbers, and how counts add up. `published` may hold a
 * period more than once, where a broken publisher does. `base`: what numbers are rounded to.
 */
export function knowledgeOf(world: World, published: readonly PublishedPeriod[], base = 5): Knowledge {
  const adding: Adding = {
    quantities: new Map(),
    sums: new Map(),
    base,
    world,
    expected: expectationOf(world, published),
    counts: new Map(),
  };
  for (const { period, tables } of published) {
    for (const table of Table.options)
      for (const cell of tables[table] ?? []) addNumbers(adding, { period, table, cell: cell.cell }, cell);
  }
  const periods = new Map(published.map(({ period }) => [`${period.kind} ${period.name}`, period]));
  for (const period of periods.values()) {
    addSumsInCells(adding, period);
    addSumsOfCells(adding, period);
    addSumsOfTime(adding, period, periods);
  }
  return adding;
}

function addNumbers(adding: Adding, at: At, { count, breakdowns = {} }: PublishedCell): void {
  const group = `${at.period.kind} ${at.table}`;
  quantityOf(adding, at, "all").numbers.push({ value: count, group: `${group}: counts` });
  for (const name of breakdownsOf({ table: at.table, kind: at.period.kind })) {
    const parts = Object.entries(breakdowns[name] ?? {});
    const sum = quantityOf(adding, at, sumOfBreakdown[name]);
    if (parts.length > 0) sum.least = Math.max(sum.least, fewestInBreakdown - sum.own);
    else sum.most = Math.min(sum.most, fewestInBreakdown - 1 - sum.own);
    const what = isOpinion(name) ? "opinions" : "breakdowns";
    for (const [key, value] of parts)
      quantityOf(adding, at, sameAs(`${name}:${key}`)).numbers.push({ value, group: `${group}: ${what}` });
  }
}

function quantityOf(adding: Adding, at: At, counting: Counting): Quantity {
  const { world, quantities, expected } = adding;
  const name = nameOf(world, at, counting);
  const known = quantities.get(name);
  if (known) return known;
  const { others, own } = countsAt(adding, at.period);
  const months = monthsOf(at.period).length;
  const quantity = {
    name,
    truth: valueFrom(counting, (measure) => countAt(others, at, measure, world)),
    own: valueFrom(counting, (measure) => countAt(own, at, measure, world)),
    // Differences of equal numbers may be a bit less than 0.
    mean: Math.max(0, months * valueFrom(counting, (measure) => expected({ ...at, measure }))),
    least: 0,
    most: Number.POSITIVE_INFINITY,
    numbers: [],
  };
  quantities.set(name, quantity);
  return quantity;
}

/** The name of a quantity: equal cells have one. */
export function nameOf(world: World, at: At, counting: Counting): string {
  return `${roundingKeyOf({ ...at, ...addressedIn(at, world) })}${counting}`;
}

/** No number is published of complaints without a cause, nor anything counted if an agency does not serve: these equal no row. */
const addressedIn = (at: At, world: World): Pick<At, "table" | "cell"> =>
  at.cell.includes(noCause) || !isServed(at, world) ? at : cellForRounding(at, world.serving);

function isServed({ table, cell }: At, { serving }: World): boolean {
  const { agency, county } = cellPlaceOf(table, cell);
  return !agency || !county || serving.get(agency)?.has(county) === true;
}

function countsAt({ counts, world }: Adding, period: Period) {
  const key = `${period.kind} ${period.name}`;
  const known = counts.get(key) ?? { others: countsIn(world.others, period), own: countsIn(world.own, period) };
  counts.set(key, known);
  return known;
}

/** Complaints without a cause are in no cell of a cause: they are all others of the cell without it. */
function countAt(counts: Counts, { table, cell }: At, measure: Measure, { ids }: World): number {
  if (!cell.includes(noCause)) return readCount(counts, { table, cell, measure });
  const [whole, before] =
    table === "cause" ? (["total", ""] as const) : (["agency", cell.replace(`+${noCause}`, "")] as const);
  const withCause = ids.cause.map((cause) => readCount(counts, { table, cell: cell.replace(noCause, cause), measure }));
  return withCause.reduce((left, n) => left - n, readCount(counts, { table: whole, cell: before, measure }));
}

const oneDimension = Dimension.options;
const twoDimensions = Table.options.filter((table) => dimensionsOf[table].length === 2);

const idsOf = ({ world: { ids } }: Adding, dimension: Dimension) =>
  dimension === "cause" ? [...ids.cause, noCause] : ids[dimension];
function splitsOf({ period, table }: At) {
  if (period.kind === "month") return outcomeSplits;
  return table === "total" ? totalSplits : splits;
}

function rowsOf(adding: Adding, period: Period): At[] {
  const total: At = { period, table: "total", cell: "" };
  if (period.kind === "month") return [total];
  return [total, ...oneDimension.flatMap((table) => idsOf(adding, table).map((cell) => ({ period, table, cell })))];
}

function addSumsInCells(adding: Adding, period: Period): void {
  for (const row of rowsOf(adding, period))
    for (const [whole, parts] of splitsOf(row))
      addSum(
        adding,
        quantityOf(adding, row, whole),
        parts.map((part) => quantityOf(adding, row, part)),
      );
}

/** The cells of a table of one dimension are the total; those of two dimensions are the cells of one. */
function addSumsOfCells(adding: Adding, period: Period): void {
  if (period.kind === "month") return;
  const total: At = { period, table: "total", cell: "" };
  for (const table of oneDimension)
    addSumOfCells(
      adding,
      total,
      idsOf(adding, table).map((cell) => ({ period, table, cell })),
    );
  for (const table of twoDimensions)
    for (const [n, dimension] of dimensionsOf[table].entries())
      for (const cell of idsOf(adding, dimension)) {
        const others = idsOf(adding, dimensionsOf[table][1 - n] ?? dimension);
        const cells = others.map((id) => ({ period, table, cell: n === 0 ? `${cell}+${id}` : `${id}+${cell}` }));
        addSumOfCells(adding, { period, table: dimension, cell }, cells);
      }
}

/** Cells of two dimensions have counts alone, unless they are equal to rows: then their classes add up too. */
function addSumOfCells(adding: Adding, whole: At, cells: readonly At[]): void {
  const { world } = adding;
  const served = cells.filter((cell) => isServed(cell, world));
  const areRows = served.every((cell) => dimensionsOf[addressedIn(cell, world).table].length === 1);
  for (const counting of areRows ? countingsIn(splits) : (["all"] as const)) {
    const parts = served.map((cell) => quantityOf(adding, cell, counting));
    addSum(adding, quantityOf(adding, whole, counting), parts);
  }
}

/** Three months are a quarter, of which the total is published; four quarters are one period. */
function addSumsOfTime(adding: Adding, period: Period, periods: ReadonlyMap<string, Period>): void {
  if (period.kind === "month") return;
  const kind = period.kind === "quarter" ? "month" : "quarter";
  const shorter = monthsOf(period).flatMap((month) => {
    const part = periodEndingWith(month, kind);
    return part ? (periods.get(`${part.kind} ${part.name}`) ?? []) : [];
  });
  for (const [at, counting] of kind === "month" ? countedInMonths(period) : countedInQuarters(adding, period)) {
    const parts = shorter.map((part) => quantityOf(adding, { ...at, period: part }, counting));
    addSum(adding, quantityOf(adding, at, counting), parts);
  }
}

type CountedIn = readonly [at: At, counting: Counting];

const countedInMonths = (period: Period) =>
  countingsIn(outcomeSplits).map((counting): CountedIn => [{ period, table: "total", cell: "" }, counting]);

function countedInQuarters(adding: Adding, period: Period): CountedIn[] {
  const rows = rowsOf(adding, period).flatMap((row) => countingsIn(splitsOf(row)).map((one): CountedIn => [row, one]));
  const cells = twoDimensions.flatMap((table) => {
    const [one = "agency", other = "agency"] = dimensionsOf[table];
    const all = idsOf(adding, one).flatMap((a) =>
      idsOf(adding, other).map((b) => ({ period, table, cell: `${a}+${b}` })),
    );
    return all.filter((cell) => isServed(cell, adding.world)).map((cell): CountedIn => [cell, "all"]);
  });
  return [...rows, ...cells];
}

function addSum({ sums }: Adding, whole: Quantity, parts: readonly Quantity[]): void {
  if (parts.length === 0 || parts.includes(whole)) return;
  sums.set([whole, ...parts].map(({ name }) => name).join(), { whole, parts: [...parts] });
}

import type { Partition } from "#shared/domain/statistics/partition.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import type { PublishedCell, PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { type CellKey, dimensionsOf, placeOf, Table } from "#shared/domain/statistics/table.ts";
import { tallyIn } from "#shared/domain/statistics/tallies.ts";
import type { World } from "./world.ts";

/** One published cell, with what nobody outside may know. */
export type Cell = {
  name: string;
  kind: string;
  table: Table;
  key: CellKey;
  /** Its period's months, and the last of them, with which it was published. */
  months: ReadonlySet<string>;
  closing: string;
  place: Record<string, string>;
  told: number | "<5" | "held-back";
  truth: number;
  /** The parts of each partition that every complaint of the cell is in one class of, as they are told. */
  wholes: number[][];
};

/** An agency tells of passing on of all that it ever held, whoever has it in its cells. */
const wholePartitions = (table: Table): Partition[] =>
  table === "agency" ? ["outcome", "level", "extended"] : ["outcome", "level", "extended", "passed-on"];

function wholesOf(table: Table, parts: PublishedCell["parts"]): number[][] {
  const told = wholePartitions(table).flatMap((partition) => (parts?.[partition] ? [parts[partition]] : []));
  return told.map((classes) => classes.flatMap(({ shown }) => (shown === "<5" ? [] : [shown])));
}

/** Every cell that was published. Of a year only what its four quarters tell too: the same figures twice. */
export function cellsOf(published: readonly PublishedPeriod[]): Cell[] {
  const periods = published.filter(({ period }) => period.kind !== "year");
  return periods.flatMap(({ period, tables, tallies }) => {
    const months = monthsOf(period);
    const known = { kind: period.kind, months: new Set(months), closing: months.at(-1) ?? "" };
    return Table.options.flatMap((table) =>
      (tables[table] ?? []).map(({ cell: key, all: told, parts }) => {
        const truth = tallyIn(tallies, { table, cell: key, measure: "all" }).n;
        return {
          name: `${period.kind} ${period.name} ${table} ${key}`,
          table,
          key,
          place: placeOf(table, key),
          told,
          truth,
          wholes: wholesOf(table, parts),
          ...known,
        };
      }),
    );
  });
}

export const isHidden = ({ told }: Cell) => typeof told !== "number";

/** The cells that the rules hide though somebody is in them. */
export function hiddenOf(cells: readonly Cell[]): Cell[] {
  return cells.filter((cell) => isHidden(cell) && cell.truth > 0);
}

/** What is known of which cell holds which. */
export type Nesting = {
  /** Published on the same day, and holding it. */
  holders: Map<Cell, Cell[]>;
  /** Published on an earlier day, shown, and within it. */
  within: Map<Cell, Cell[]>;
};

export function nestingOf(cells: readonly Cell[]): Nesting {
  const byPlace = Map.groupBy(cells, ({ table, key }) => `${table} ${key}`);
  const nesting: Nesting = { holders: new Map(), within: new Map() };
  for (const small of cells)
    for (const table of Table.options.filter((one) => dimensionsOf[one].every((dimension) => dimension in small.place)))
      for (const large of byPlace.get(`${table} ${keyOf(table, small)}`) ?? []) place(nesting, small, large);
  return nesting;
}

const keyOf = (table: Table, { place }: Cell) =>
  dimensionsOf[table].map((dimension) => place[dimension]).join("/") || "all";

function place({ holders, within }: Nesting, small: Cell, large: Cell): void {
  if (small === large || !small.months.isSubsetOf(large.months)) return;
  if (small.closing === large.closing) holders.set(small, [...(holders.get(small) ?? []), large]);
  else if (!isHidden(small)) within.set(large, [...(within.get(large) ?? []), small]);
}

/** Sets that are disjoint and add up to another; `open` where there may be more in the whole. */
export type Sum = { whole: Cell; parts: Cell[]; by: "dimension" | "time"; open: boolean };

export function sumsOf(cells: readonly Cell[]): Sum[] {
  return [...sumsByDimension(cells), ...sumsByTime(cells)];
}

/** Of each table the dimensions that it has more than a coarser one: there its cells add up to one of that one's. */
function sumsByDimension(cells: readonly Cell[]): Sum[] {
  const byPeriod = Map.groupBy(cells, ({ kind, closing }) => `${kind} ${closing}`);
  return [...byPeriod.values()].flatMap((period) =>
    Table.options.flatMap((fine) =>
      Table.options.flatMap((coarse) => {
        if (dimensionsOf[fine].length !== dimensionsOf[coarse].length + 1) return [];
        if (!dimensionsOf[coarse].every((one) => dimensionsOf[fine].includes(one))) return [];
        const parts = Map.groupBy(
          period.filter(({ table }) => table === fine),
          (cell) => keyOf(coarse, cell),
        );
        // Not every complaint has a cause.
        const open = dimensionsOf[fine].includes("cause") && !dimensionsOf[coarse].includes("cause");
        return period
          .filter(({ table }) => table === coarse)
          .map((whole) => ({ whole, parts: parts.get(whole.key) ?? [], by: "dimension" as const, open }))
          .filter((sum) => sum.parts.length > 0);
      }),
    ),
  );
}

function sumsByTime(cells: readonly Cell[]): Sum[] {
  const parts: Record<string, string> = { quarter: "month", "four-quarters": "quarter" };
  const byPlace = Map.groupBy(cells, ({ table, key, kind }) => `${kind} ${table} ${key}`);
  return cells.flatMap((whole) => {
    const all = byPlace.get(`${parts[whole.kind]} ${whole.table} ${whole.key}`) ?? [];
    const within = all.filter(({ months }) => months.isSubsetOf(whole.months));
    return within.length > 0 ? [{ whole, parts: within, by: "time" as const, open: false }] : [];
  });
}

/** How many are usual in a cell of a month or quarter; undefined for cells that are sums of others. */
export function usualIn({ kind, table, place, months }: Cell, { expected, values }: World): number | undefined {
  const isLeaf = kind === "month" || (kind === "quarter" && dimensionsOf[table].length > 1);
  if (!isLeaf || table === "total") return undefined;
  const { cause, ...rest } = place;
  const total = [...expected].reduce((sum, [at, mean]) => {
    const [agency, category, county] = at.split("/");
    const filed: Record<string, string | undefined> = { agency, category, county };
    return Object.entries(rest).every(([dimension, value]) => filed[dimension] === value) ? sum + mean : sum;
  }, 0);
  return total * months.size * (cause === undefined ? 1 : shareOf(cause, values.cause));
}

/** As the world draws causes, of the answered or decided. */
function shareOf(cause: string, causes: readonly string[]): number {
  const weights = causes.map((_, n) => 1 / (n + 1));
  return (0.88 * (weights[causes.indexOf(cause)] ?? 0)) / weights.reduce((sum, one) => sum + one, 0);
}

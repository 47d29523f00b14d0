import { withOnlyCounty } from "#shared/domain/statistics/only-county.ts";
import type { Measure, Partition } from "#shared/domain/statistics/partition.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import type { PublishedCell, PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { type CellKey, Dimension, dimensionsOf, type Place, placeOf, Table } from "#shared/domain/statistics/table.ts";
import { tallyIn, together } from "#shared/domain/statistics/tallies.ts";
import { tallied } from "./publishing.ts";
import { isOwn, type World } from "./world.ts";

/** One published cell, with what nobody outside may know. */
export type Cell = {
  name: string;
  kind: string;
  table: Table;
  key: CellKey;
  /** Its period's months, and the last of them, with which it was published. */
  months: ReadonlySet<string>;
  closing: string;
  /** By what it is told, and the county that its agency alone says. */
  place: Place;
  told: number | "<5" | "held-back";
  truth: number;
  /** How many of these the attacker filed. */
  own: number;
  /** The parts of each partition that every complaint of the cell is in one class of, as they are told. */
  wholes: number[][];
  parts: PublishedCell["parts"];
  /** How many are in a class of it. */
  truthOf: (measure: Measure) => number;
};

/** An agency tells of passing on of all that it ever held, whoever has it in its cells. */
const wholePartitions = (table: Table): Partition[] =>
  table === "agency" ? ["outcome", "level", "extended"] : ["outcome", "level", "extended", "passed-on"];

function wholesOf(table: Table, parts: PublishedCell["parts"]): number[][] {
  const told = wholePartitions(table).flatMap((partition) => (parts?.[partition] ? [parts[partition]] : []));
  return told.map((classes) => classes.flatMap(({ shown }) => (shown === "<5" ? [] : [shown])));
}

/** Every cell that was published. Of a year only what its four quarters tell too: the same figures twice. */
export function cellsOf({ onlyCounties, filed }: World, published: readonly PublishedPeriod[]): Cell[] {
  const periods = published.filter(({ period }) => period.kind !== "year");
  const ownBy = new Map([...filed].map(([month, all]) => [month, tallied(all.filter(isOwn).map(({ late }) => late))]));
  return periods.flatMap(({ period, tables, tallies }) => {
    const months = monthsOf(period);
    const ownOf = together(months.flatMap((month) => ownBy.get(month) ?? []));
    const known = { kind: period.kind, months: new Set(months), closing: months.at(-1) ?? "" };
    return Table.options.flatMap((table) =>
      (tables[table] ?? []).map(({ cell: key, all: told, parts }) => {
        const truthOf = (measure: Measure) => tallyIn(tallies, { table, cell: key, measure }).n;
        return {
          name: `${period.kind} ${period.name} ${table} ${key}`,
          table,
          key,
          place: withOnlyCounty(placeOf(table, key), onlyCounties),
          told,
          truth: truthOf("all"),
          own: tallyIn(ownOf, { table, cell: key, measure: "all" }).n,
          truthOf,
          wholes: wholesOf(table, parts),
          parts,
          ...known,
        };
      }),
    );
  });
}

export const isShown = ({ told }: Cell) => typeof told === "number";
/** What is told of five is told of whoever is there beside the attacker's own. */
export const isHidden = (cell: Cell) => !isShown(cell) || (cell.own > 0 && cell.truth - cell.own < 5);

/** The cells that the rules hide though somebody is in them. */
export function hiddenOf(cells: readonly Cell[]): Cell[] {
  return cells.filter((cell) => isHidden(cell) && cell.truth > cell.own);
}

/** What is known of which cell holds which. */
export type Nesting = {
  /** Published on the same day, and holding it. */
  holders: Map<Cell, Cell[]>;
  /** Published on an earlier day, shown, and within it. */
  within: Map<Cell, Cell[]>;
};

export function nestingOf(cells: readonly Cell[], few: World["few"]): Nesting {
  const byPlace = Map.groupBy(cells, ({ table, key }) => `${table} ${key}`);
  const nesting: Nesting = { holders: new Map(), within: new Map() };
  for (const small of cells)
    for (const table of Table.options.filter((one) => mayHold(one, small, few)))
      for (const large of byPlace.get(`${table} ${keyOf(table, small)}`) ?? []) place(nesting, small, large);
  return nesting;
}

/** Where a county is told of only beside all its agencies it holds none of them back. */
function mayHold(table: Table, { place }: Cell, few: World["few"]): boolean {
  const isSum = place.agency !== undefined && place.county !== undefined && place.county in few;
  return dimensionsOf[table].every((dimension) => dimension in place && !(isSum && dimension === "county"));
}

const keyOf = (table: Table, { place }: Cell) =>
  dimensionsOf[table].map((dimension) => place[dimension]).join("/") || "all";

function place({ holders, within }: Nesting, small: Cell, large: Cell): void {
  if (small === large || !small.months.isSubsetOf(large.months)) return;
  if (small.closing === large.closing) holders.set(small, [...(holders.get(small) ?? []), large]);
  else if (isShown(small)) within.set(large, [...(within.get(large) ?? []), small]);
}

/** Sets that are disjoint and add up to another; `open` where there may be more in the whole. */
export type Sum = { whole: Cell; parts: Cell[]; by: "dimension" | "time"; open: boolean };

export function sumsOf(world: World, cells: readonly Cell[]): Sum[] {
  return [...sumsByDimension(world, cells), ...sumsByTime(cells)];
}

/** Parted by one dimension more, a cell is the sum of those that are told of; an agency's may be told of its county. */
function sumsByDimension({ values, onlyCounties }: World, cells: readonly Cell[]): Sum[] {
  const byPlace = new Map(cells.map((cell) => [`${cell.kind} ${cell.closing} ${said(cell.place)}`, cell]));
  return cells.flatMap((whole) =>
    Dimension.options
      .filter((dimension) => !(dimension in whole.place))
      .flatMap((dimension): Sum[] => {
        const places = values[dimension]
          .map((value) => withOnlyCounty({ ...whole.place, [dimension]: value }, onlyCounties))
          .filter((place) => !isElsewhere(place, onlyCounties));
        const parts = places.flatMap((place) => byPlace.get(`${whole.kind} ${whole.closing} ${said(place)}`) ?? []);
        // Not every complaint has a cause.
        const open = dimension === "cause" || parts.length < places.length;
        return parts.length > 0 ? [{ whole, parts, by: "dimension", open }] : [];
      }),
  );
}

const said = (place: Place) => Dimension.options.map((dimension) => place[dimension] ?? "").join("/");

/** Nothing of an agency is in a county that it does not serve. */
function isElsewhere({ agency, county }: Place, onlyCounties: World["onlyCounties"]): boolean {
  const only = onlyCounties[agency ?? ""];
  return only !== undefined && only !== county;
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

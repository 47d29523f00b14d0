import { withOnlyCounty } from "#shared/domain/statistics/only-county.ts";
import { leftOut, type Measure, type Partition } from "#shared/domain/statistics/partition.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import type { PublishedCell, PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { type CellKey, Dimension, dimensionsOf, type Place, placeOf, Table } from "#shared/domain/statistics/table.ts";
import { tallyIn, together } from "#shared/domain/statistics/tallies.ts";
import { placeAt } from "./joining.ts";
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
  const whole = wholePartitions(table).flatMap((partition) => (parts?.[partition] ? [parts[partition]] : []));
  // With the few that a partition leaves out, its parts are the whole cell too.
  const completed = Object.values(parts ?? {}).filter((all) => all.some(({ classes }) => classes.includes(leftOut)));
  return [...whole, ...completed].map((classes) => classes.flatMap(({ shown }) => (shown === "<5" ? [] : [shown])));
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

export const keyOf = (table: Table, place: Place) =>
  dimensionsOf[table].map((dimension) => place[dimension]).join("/") || "all";

/** Sets that are disjoint and add up to another; `open` where there may be more in the whole. */
export type Sum = { whole: Cell; parts: Cell[]; by: "dimension" | "time"; open: boolean };

export function sumsOf(world: World, cells: readonly Cell[]): Sum[] {
  return [...sumsByDimension(world, cells), ...sumsByTime(world, cells)];
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

function sumsByTime({ joins }: World, cells: readonly Cell[]): Sum[] {
  const parts: Record<string, string> = { quarter: "month", "four-quarters": "quarter" };
  const saidBy = ({ kind, table }: Cell, place: Place) => `${kind} ${table} ${keyOf(table, place)}`;
  const byDay = new Map<string, Map<string, Cell[]>>();
  const placedOn = (closing: string) => {
    const all =
      byDay.get(closing) ?? Map.groupBy(cells, (cell) => saidBy(cell, placeAt(cell.place, { closing, joins })));
    byDay.set(closing, all);
    return all;
  };
  return cells.flatMap((whole) => {
    const kind = parts[whole.kind];
    if (kind === undefined) return [];
    const all = placedOn(whole.closing).get(saidBy({ ...whole, kind }, whole.place)) ?? [];
    const within = all.filter(({ months }) => months.isSubsetOf(whole.months));
    return within.length > 0 ? [{ whole, parts: within, by: "time" as const, open: false }] : [];
  });
}

/** How many are usual in a cell of a month or quarter; undefined for cells that are sums of others. */
export function usualIn(cell: Cell, { expected, values, joins }: World): number | undefined {
  const { kind, table, place, months, closing } = cell;
  // Whoever another one took the place of has nothing any more.
  if (placeAt(place, { closing, joins }).agency !== place.agency) return 0;
  const isLeaf = kind === "month" || (kind === "quarter" && dimensionsOf[table].length > 1);
  if (!isLeaf || table === "total") return undefined;
  const { cause, ...rest } = place;
  const total = [...expected].reduce((sum, [at, mean]) => {
    const [agency, category, county] = at.split("/");
    const filed: Place = placeAt({ agency, category, county }, { closing, joins });
    return Object.entries(rest).every(([dimension, value]) => filed[dimension as Dimension] === value)
      ? sum + mean
      : sum;
  }, 0);
  return total * months.size * (cause === undefined ? 1 : shareOf(cause, values.cause));
}

/** As the world draws causes, of the answered or decided. */
function shareOf(cause: string, causes: readonly string[]): number {
  const weights = causes.map((_, n) => 1 / (n + 1));
  return (0.88 * (weights[causes.indexOf(cause)] ?? 0)) / weights.reduce((sum, one) => sum + one, 0);
}

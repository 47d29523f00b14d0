import { agenciesOf, countiesServedByFew, isSumOfHidden } from "#shared/domain/statistics/county-of-few.ts";
import { wholesOf } from "#shared/domain/statistics/only-hidden.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { aNode, type Mind, type Node, think, verdict } from "./belief.ts";
import { countBond, mostKeyed, type Near, nearBond, sumBond } from "./bonds.ts";
import { type Found, found } from "./found.ts";
import { nestingOf } from "./nesting.ts";
import { type Cell, cellsOf, isHidden, isShown, type Sum, sumsOf, usualIn } from "./tables.ts";
import type { World } from "./world.ts";

/** What is found of a table's hidden cells. */
export type Named = Found & { table: string };

type Attack = {
  rounds: number;
  /** The quarter of the year with which the four quarters end that are used: overlapping ones make anybody too sure. */
  ending: 1 | 2 | 3 | 4;
  onRound?: (round: number) => void;
};

/** A cell of which more is possible is no small cell. */
const widest = 25;

/**
 * Belief propagation over everything that is published in all periods: what each count was told as, that cells of
 * disjoint sets add up in complaints and in keys, why a cell is held back and why it is not, and what is usual.
 */
export function bayesian(world: World, published: readonly PublishedPeriod[], attack: Attack): Named[] {
  const cells = cellsOf(world, published);
  const toldBeside = besideIn(world, published);
  const isHiddenSum = hiddenSums(toldBeside);
  const beside = besideOnlyHidden(world, cells, toldBeside);
  const isHeldForOther = (cell: Cell) => isHiddenSum(cell) || beside.has(cell);
  const { mind, nodes } = mindOf(world, cells, { ending: attack.ending, isHeldForOther });
  for (let round = 1; round <= attack.rounds; round++) {
    think(mind);
    attack.onRound?.(round);
  }
  const hidden = cells.filter(isHidden);
  return [...Map.groupBy(hidden, ({ kind, table }) => `${kind} ${table}`)].map(([table, all]) => {
    const guesses = all.map((cell) => {
      const { n = 0, sure = 0 } = verdictOn(nodes.get(cell));
      return { n, sure, isSomebody: n > cell.own, truth: cell.truth, isHidden: cell.truth > cell.own };
    });
    return { table, ...found(guesses) };
  });
}

const verdictOn = (node: Node | undefined): Partial<ReturnType<typeof verdict>> => (node ? verdict(node) : {});

function mindOf(
  world: World,
  cells: readonly Cell[],
  { ending, isHeldForOther }: { ending: Attack["ending"]; isHeldForOther: (cell: Cell) => boolean },
): { mind: Mind; nodes: Map<Cell, Node> } {
  const nesting = nestingOf(cells, world);
  const nodes = new Map<Cell, Node>();
  for (const cell of cells) {
    const most = mostIn(cell, nesting.holders);
    const usual = usualIn(cell, world);
    const { own } = cell;
    if (usual === 0 && own === 0) nodes.set(cell, aNode({ name: cell.name, told: "untold", most: 0 }));
    else if (typeof cell.told === "number" || most <= widest)
      nodes.set(cell, aNode({ name: cell.name, told: cell.told, mean: usual, most, own }));
  }
  const nearBonds = cells.flatMap((cell) => (isHeldForOther(cell) ? [] : nearBondOf(cell, nesting, nodes)));
  const partBonds = cells.flatMap((cell) => partBondsOf(cell, nodes.get(cell)));
  return { mind: [...sumBondsOf(world, cells, nodes, ending), ...nearBonds, ...partBonds], nodes };
}

type Beside = Parameters<typeof isSumOfHidden>[1];
/** What is told in the period of a cell. */
type BesideOf = (cell: Cell) => Beside | undefined;

function besideIn({ agencies }: World, published: readonly PublishedPeriod[]): BesideOf {
  const periods = new Map<string, Beside>(
    published.map(({ period, tables }) => {
      const months = monthsOf(period);
      const beside = { tables, few: countiesServedByFew(agencies, months[0] ?? "") };
      return [`${period.kind} ${months.at(-1)}`, beside] as const;
    }),
  );
  return ({ kind, closing }) => periods.get(`${kind} ${closing}`);
}

/** Which cells are held back since they are the sum of others, one of which has no number: of itself it says nothing. */
function hiddenSums(besideOf: BesideOf): (cell: Cell) => boolean {
  return (cell) => {
    const beside = besideOf(cell);
    return (
      cell.told === "held-back" && beside !== undefined && isSumOfHidden({ table: cell.table, cell: cell.key }, beside)
    );
  };
}

/** Which cells may be held back since they are the smallest beside the only hidden one: of what is near them that says nothing. */
function besideOnlyHidden(world: World, cells: readonly Cell[], besideOf: BesideOf): Set<Cell> {
  const named = ({ kind, closing }: Cell, table: string, key: string) => `${kind} ${closing} ${table} ${key}`;
  const all = new Map(cells.map((cell) => [named(cell, cell.table, cell.key), cell]));
  // A county of few is told by its agencies, and hidden with one of them.
  const tellersOf = (cell: Cell) => {
    const beside = besideOf(cell);
    const agencies = beside ? agenciesOf({ table: cell.table, cell: cell.key }, beside) : [];
    return agencies.length > 0 ? agencies.flatMap((one) => all.get(named(cell, one.table, one.cell)) ?? []) : [cell];
  };
  const lines = sumsOf(world, cells).filter(({ whole, by, parts }) => by === "dimension" && isLine(whole, parts));
  const hidden = lines.map(({ parts }) => parts.map(tellersOf).filter((tellers) => !tellers.every(isShown)));
  return new Set(hidden.filter(({ length }) => length === 2).flatMap((two) => two.flat()));
}

const isLine = ({ table: whole }: Cell, [part]: Cell[]) =>
  wholesOf.some(([table, wholes]) => table === part?.table && wholes.includes(whole));

/** No more than the smallest of those that hold it and are told. */
function mostIn(cell: Cell, holders: Map<Cell, Cell[]>): number {
  const mostOf = ({ told }: Cell) =>
    typeof told === "number" ? told + 2 : told === "<5" ? 6 : Number.POSITIVE_INFINITY;
  return Math.min(...[cell, ...(holders.get(cell) ?? [])].map(mostOf));
}

const isUsed = ({ whole, by }: Sum, ending: number) =>
  by === "dimension" || whole.kind !== "four-quarters" || Number(whole.closing.slice(-2)) === 3 * ending;

function sumBondsOf(world: World, cells: readonly Cell[], nodes: Map<Cell, Node>, ending: number) {
  const sums = sumsOf(world, cells).filter((sum) => isUsed(sum, ending));
  return sums.flatMap(({ whole, parts, by, open }) => {
    const parent = nodes.get(whole);
    const children = parts.flatMap((part) => nodes.get(part) ?? []);
    if (!parent || children.length === 0) return [];
    const loose = open || children.length < parts.length;
    // What is known later of a complaint may move it to another agency: what is said of it then need not add up.
    const least = by === "time" && !world.settled ? 1e-3 : 1e-10;
    if (loose || children.length > mostKeyed) return [countBond(parent, children, { loose, least })];
    return [sumBond(parent, children, least)];
  });
}

/** A shown cell is told again by every partition of it. */
function partBondsOf({ name, wholes }: Cell, own: Node | undefined) {
  if (!own) return [];
  return wholes.map((parts) => {
    const nodes = parts.map((told) => aNode({ name, told, most: told }));
    return sumBond(own, nodes);
  });
}

function nearBondOf(cell: Cell, { holders, within }: ReturnType<typeof nestingOf>, nodes: Map<Cell, Node>) {
  const own = nodes.get(cell);
  // A small cell tells nothing of those that hold it.
  if (!own || cell.told === "<5") return [];
  const pairs: Near[] = [
    ...(holders.get(cell) ?? []).flatMap((one) =>
      nodes.get(one) ? [{ small: own, large: nodes.get(one) ?? own }] : [],
    ),
    ...(within.get(cell) ?? []).flatMap((one) =>
      nodes.get(one) ? [{ small: nodes.get(one) ?? own, large: own }] : [],
    ),
  ].filter(({ small, large }) => large.low - (small.low + small.rows - 1) < 5);
  return pairs.length > 0 ? [nearBond(own, pairs, cell.told === "held-back")] : [];
}

import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { aNode, countBond, type Mind, type Near, type Node, nearBond, sumBond, think, verdict } from "./belief.ts";
import { type Cell, cellsOf, hiddenOf, nestingOf, sumsOf, usualIn } from "./tables.ts";
import type { World } from "./world.ts";

/** Of so many hidden cells, how many the attacker named: at least 90 % sure, and right. `wrong`: as sure, and not right. */
export type Named = { table: string; hidden: number; named: number; wrong: number };

type Attack = { rounds: number; onRound?: (round: number) => void };

/** A cell of which more is possible is no small cell. */
const widest = 25;
/** So many parts have keys that could add up to anything. */
const mostKeyed = 8;

/**
 * Belief propagation over everything that is published in all periods: what each count was told as, that cells of
 * disjoint sets add up in complaints and in keys, why a cell is held back and why it is not, and what is usual.
 */
export function bayesian(world: World, published: readonly PublishedPeriod[], { rounds, onRound }: Attack): Named[] {
  const cells = cellsOf(published);
  const { mind, nodes } = mindOf(world, cells);
  for (let round = 1; round <= rounds; round++) {
    think(mind);
    onRound?.(round);
  }
  return namedIn(hiddenOf(cells), nodes);
}

function namedIn(hidden: readonly Cell[], nodes: Map<Cell, Node>): Named[] {
  const byTable = Map.groupBy(hidden, ({ kind, table }) => `${kind} ${table}`);
  return [...byTable].map(([table, cells]) => {
    const sure = cells.flatMap((cell) => {
      const node = nodes.get(cell);
      const { n = 0, sure = 0 } = node ? verdict(node) : {};
      return sure >= 0.9 ? [n === cell.truth] : [];
    });
    const named = sure.filter((isRight) => isRight).length;
    return { table, hidden: cells.length, named, wrong: sure.length - named };
  });
}

function mindOf(world: World, cells: readonly Cell[]): { mind: Mind; nodes: Map<Cell, Node> } {
  const nesting = nestingOf(cells);
  const nodes = new Map<Cell, Node>();
  for (const cell of cells) {
    const most = mostIn(cell, nesting.holders);
    const usual = usualIn(cell, world);
    if (usual === 0) nodes.set(cell, aNode({ name: cell.name, told: "untold", most: 0 }));
    else if (typeof cell.told === "number" || most <= widest)
      nodes.set(cell, aNode({ name: cell.name, told: cell.told, mean: usual, most }));
  }
  const nearBonds = cells.flatMap((cell) => nearBondOf(cell, nesting, nodes));
  return { mind: { nodes: [...nodes.values()], bonds: [...sumBondsOf(cells, nodes), ...nearBonds] }, nodes };
}

/** No more than the smallest of those that hold it and are told. */
function mostIn(cell: Cell, holders: Map<Cell, Cell[]>): number {
  const mostOf = ({ told }: Cell) =>
    typeof told === "number" ? told + 2 : told === "<5" ? 6 : Number.POSITIVE_INFINITY;
  return Math.min(...[cell, ...(holders.get(cell) ?? [])].map(mostOf));
}

function sumBondsOf(cells: readonly Cell[], nodes: Map<Cell, Node>) {
  return sumsOf(cells).flatMap(({ whole, parts, by, open }) => {
    const parent = nodes.get(whole);
    const children = parts.flatMap((part) => nodes.get(part) ?? []);
    if (!parent || children.length === 0) return [];
    const loose = open || children.length < parts.length;
    // What is known later of a complaint may move it to another agency: what is said of it then need not add up.
    const least = by === "time" ? 1e-3 : 1e-10;
    if (loose || children.length > mostKeyed) return [countBond(parent, children, { loose, least })];
    return [sumBond(parent, children, least)];
  });
}

function nearBondOf(cell: Cell, { holders, within }: ReturnType<typeof nestingOf>, nodes: Map<Cell, Node>) {
  const own = nodes.get(cell);
  if (!own) return [];
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

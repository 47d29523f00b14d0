import { leftOut as leftOutClass, type Partition, partitions } from "#shared/domain/statistics/partition.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { aNode, type Mind, type Node, think, verdict } from "./belief.ts";
import { sumBond, wholeBond } from "./bonds.ts";
import { sharesOf } from "./crossing.ts";
import { addedUp, type Found, found, type Guess } from "./found.ts";
import { type Cell, cellsOf, isShown } from "./tables.ts";
import type { World } from "./world.ts";

/** In a tree each bond has told all others what it knows after so many. */
const rounds = 3;
/** More are no small number; and of larger cells more are left out. */
const mostLeftOut = 16;
const largest = 150;

/** The partitions that leave complaints out, those together that leave out the same. */
const leaving: readonly (readonly Partition[])[] = [
  ["time-office", "time-elapsed"],
  ["finding"],
  ["closure"],
  ["acceptance"],
  ["solved", "handling", "pressed"],
];

/**
 * Who compares a cell with the parts of a partition that leaves some of it out: they differ by those, and by what is told of
 * each set. Hidden: how many are left out, one to four. One partition of one cell at a time, with keys; the parts of partitions
 * that leave nobody out tell the cell once more.
 */
export function leftOut(world: World, published: readonly PublishedPeriod[], every = 1): (Found & { table: string })[] {
  const cells = cellsOf(world, published).filter((cell) => isShown(cell) && cell.parts && Number(cell.told) <= largest);
  const told = leaving.flatMap((names) => {
    const share = shareLeftOut(world, names);
    return cells
      .filter((cell) => names.some((name) => cell.parts?.[name]))
      .filter((_, n) => n % every === 0)
      .map((cell) => ({ table: `${cell.kind} ${cell.table}`, ...found([guessOn(cell, names, share)]) }));
  });
  return [...Map.groupBy(told, ({ table }) => table)].map(([table, all]) => ({ table, ...addedUp(all) }));
}

function shareLeftOut(world: World, [partition]: readonly Partition[]): number {
  const shares = sharesOf(world, (one) => (partition && one[partition] ? "in" : "out"));
  return shares.get("out") ?? 0;
}

function guessOn(cell: Cell, names: readonly Partition[], share: number): Guess {
  const [name = "closure"] = names;
  const inIt = partitions[name].reduce((sum, one) => sum + cell.truthOf(`${name}:${one}`), 0);
  const truth = cell.truth - inIt;
  const { mind, left } = mindOf(cell, names, share);
  for (let round = 0; round < rounds; round++) think(mind);
  const { n, sure } = verdict(left);
  const areFew = (count: number) => count > 0 && count < 5;
  return { n, sure, isSomebody: areFew(n), truth, isHidden: areFew(truth) };
}

function mindOf(cell: Cell, names: readonly Partition[], share: number): { mind: Mind; left: Node } {
  const { told } = cell;
  const most = Number(told) + 2;
  const all = aNode({ name: cell.name, told, most });
  const isFew = names.some((name) => cell.parts?.[name]?.some(({ classes }) => classes.includes(leftOutClass)));
  const mean = share * Number(told);
  // Those that are too few are told with the last part, and the cell alone bounds them.
  const left = aNode({ name: "left out", told: isFew ? "<5" : "untold", mean, most: Math.min(most, mostLeftOut) });
  const inside = aNode({ name: "in it", told: "held-back", most });
  const partsBond = (whole: Node, parts: readonly number[]) => {
    const nodes = parts.map((shown) => aNode({ name: whole.name, told: shown, most: shown }));
    return wholeBond(whole, nodes);
  };
  const shownIn = (name: Partition) =>
    (cell.parts?.[name] ?? []).flatMap(({ shown }) => (typeof shown === "number" ? [shown] : []));
  const apart = isFew ? [] : names.filter((name) => cell.parts?.[name]);
  const ofInside = apart.map((name) => partsBond(inside, shownIn(name)));
  const ofAll = cell.wholes.map((parts) => partsBond(all, parts));
  return { mind: [sumBond(all, [left, inside]), ...ofInside, ...ofAll], left };
}

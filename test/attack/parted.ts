import { type Partition, partitions } from "#shared/domain/statistics/partition.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { aNode, type Node, think, verdict } from "./belief.ts";
import { sumBond, wholeBond } from "./bonds.ts";
import { classesIn, isJoined } from "./classes.ts";
import { sharesOf } from "./crossing.ts";
import { addedUp, type Found, found } from "./found.ts";
import { type Cell, cellsOf, isShown, type Sum, sumsOf, usualIn } from "./tables.ts";
import type { World } from "./world.ts";

const rounds = 6;
/** In partitions that every complaint is in one class of, a small cell's classes are no more together than the cell. */
const wholes: readonly Partition[] = ["outcome", "level", "extended"];

/** By which table and kind of period the whole is told, and whether its parts are of shorter periods or of one dimension more. */
export type Parted = Found & { whole: string };

/**
 * Who adds up the classes of disjoint cells to those of the cell that they are. Hidden: one to four in a class that is told
 * together with others, or that is of a cell without parts. One whole and its parts at a time, with keys.
 */
export function parted(
  world: World,
  published: readonly PublishedPeriod[],
  { partition, every = 1, most = 150 }: { partition: Partition; every?: number; most?: number },
): Parted[] {
  const shares = sharesOf(world, (one) => one[partition]);
  const sums = sumsOf(world, cellsOf(world, published)).filter(
    ({ whole, open }) => !open && isShown(whole) && Number(whole.told) <= most && whole.parts?.[partition],
  );
  const guessed = sums
    .filter((_, n) => n % every === 0)
    .map((sum) => ({ whole: nameOf(sum), ...foundIn(sum, { world, partition, shares }) }));
  return [...Map.groupBy(guessed, ({ whole }) => whole)].map(([whole, all]) => ({ whole, ...addedUp(all) }));
}

const nameOf = ({ whole: { kind, table }, parts, by }: Sum) =>
  `${kind} ${table} by ${by === "time" ? parts[0]?.kind : parts[0]?.table}`;

type Reading = { world: World; partition: Partition; shares: ReadonlyMap<string, number> };

function foundIn({ whole, parts }: Sum, reading: Reading): Found {
  const { partition } = reading;
  const ofWhole = classesIn(whole, partition, undefined);
  const ofParts = parts.map((cell) => ({ cell, ...partIn(cell, whole, reading) }));
  const across = partitions[partition].flatMap((name) => {
    const [parent, nodes] = [ofWhole.classes.get(name), ofParts.flatMap(({ classes }) => classes.get(name) ?? [])];
    if (!parent) return [];
    return [wholeBond(parent, nodes)];
  });
  const mind = [...ofWhole.mind, ...ofParts.flatMap(({ mind }) => mind), ...across];
  for (let round = 0; round < rounds; round++) think(mind);
  return addedUp(
    [{ cell: whole, ...ofWhole }, ...ofParts].map(({ cell, classes }) => judged(cell, { classes, partition })),
  );
}

/** Of a cell without parts each class is as frequent as usual in it. */
function partIn(cell: Cell, whole: Cell, { world, partition, shares }: Reading): ReturnType<typeof classesIn> {
  if (cell.parts?.[partition]) return classesIn(cell, partition, shares);
  const most = cell.told === "<5" ? 6 : Number(whole.told) + 2;
  const usual = usualIn(cell, world) ?? 0;
  const classes = new Map(
    partitions[partition].map((name) => {
      const mean = usual * (shares.get(name) ?? 0) || undefined;
      return [name as string, aNode({ name, told: "untold", mean, most })];
    }),
  );
  if (!wholes.includes(partition) || cell.told !== "<5") return { mind: [], classes };
  return { mind: [sumBond(aNode({ name: cell.name, told: "<5", most }), [...classes.values()])], classes };
}

function judged(
  cell: Cell,
  { classes, partition }: { classes: ReadonlyMap<string, Node>; partition: Partition },
): Found {
  const told = [...classes].filter(([name]) => !cell.parts?.[partition] || isJoined(cell, partition, name));
  const areFew = (n: number) => n > 0 && n < 5;
  return found(
    told.map(([name, node]) => {
      const truth = cell.truthOf(`${partition}:${name}` as const);
      const { n, sure } = verdict(node);
      return { n, sure, isSomebody: areFew(n), truth, isHidden: areFew(truth) };
    }),
  );
}

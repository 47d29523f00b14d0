import { type Partition, partitions } from "#shared/domain/statistics/partition.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { aNode, type Mind, type Node, type Public, think, verdict } from "./belief.ts";
import { sumBond } from "./bonds.ts";
import { sharesOf } from "./crossing.ts";
import { type Found, found } from "./found.ts";
import { type Cell, cellsOf } from "./tables.ts";
import type { World } from "./world.ts";

/** From one end of what is told as one to the other. */
const rounds = 6;

/**
 * Who knows by which rule classes join, what `mostly` says of it and how frequent each class is: one partition at a time,
 * in which nothing goes round in circles, so that what the attacker is sure of is as sure.
 */
export function joined(world: World, published: readonly PublishedPeriod[], partition: Partition, every = 1): Found {
  const shares = sharesOf(world, (one) => one[partition]);
  const guesses = cellsOf(world, published)
    .filter(({ parts, table }) => parts?.[partition] && !(table === "agency" && partition === "passed-on"))
    .filter((_, n) => n % every === 0)
    .flatMap((cell) => guessesIn(cell, partition, shares));
  return found(
    guesses.map(({ truth, node }) => {
      const { n, sure } = verdict(node);
      return { n, sure, isSomebody: n > 0, truth, isHidden: truth > 0 };
    }),
  );
}

type Told = NonNullable<NonNullable<Cell["parts"]>[Partition]>;

function guessesIn(cell: Cell, partition: Partition, shares: ReadonlyMap<string, number>) {
  const { mind, classes } = classesIn(cell, partition, shares);
  for (let round = 0; round < rounds; round++) think(mind);
  return [...classes].flatMap(([name, node]) =>
    isJoined(cell, partition, name) ? [{ node, truth: cell.truthOf(`${partition}:${name}`) }] : [],
  );
}

/** Whether a class is told together with others. */
export function isJoined({ parts }: Cell, partition: Partition, name: string): boolean {
  return (parts?.[partition] ?? []).some(({ classes }) => classes.length > 1 && classes.includes(name));
}

/** What he knows of each class of a cell whose parts are told, and what binds them; `shares`: how frequent each is, if he knows. */
export function classesIn(cell: Cell, partition: Partition, shares: ReadonlyMap<string, number> | undefined) {
  const told = cell.parts?.[partition] ?? [];
  const all = told.reduce((sum, { shown }) => sum + Number(shown), 0);
  const within = partitions[partition].reduce((sum, name) => sum + (shares?.get(name) ?? 0), 0);
  const classes = new Map(
    partitions[partition].map((name) => {
      const mean = shares && ((shares.get(name) ?? 0) / within) * all;
      return [name as string, aNode({ name, told: knownOf(name, told), mean, most: mostOf(name, told) })];
    }),
  );
  return { mind: told.flatMap((part) => chainOf(part, { lead: leadOf(part, told), classes })), classes };
}

const partOf = (name: string, told: Told) => told.find(({ classes }) => classes.includes(name));
const mostOf = (name: string, told: Told) => Number(partOf(name, told)?.shown) + 2;

/** What a class's own place in what is told as one says: the first is few, and so is the first behind the one that was enough. */
function knownOf(name: string, told: Told): Public {
  const part = partOf(name, told);
  if (!part) return "untold";
  if (part.classes.length === 1) return part.shown;
  const [lead, place] = [leadOf(part, told), part.classes.indexOf(name)];
  if (lead === undefined) return "untold";
  if (place === 0) return lead === 0 ? "held-back" : "<5";
  return place === lead + 1 ? "<5" : "untold";
}

/** The place of the class that made a joined part large enough; undefined where it may be one or the other. */
function leadOf(part: Told[number], told: Told): number | undefined {
  if (part.mostly !== undefined) return part.classes.indexOf(part.mostly);
  return part === told.at(-1) && part.classes.length > 1 ? undefined : part.classes.length - 1;
}

type Chained = { lead: number | undefined; classes: ReadonlyMap<string, Node> };

/** Each class joins those before it as long as together they are few; those behind, few together, join at the end. */
function chainOf({ classes: names, shown }: Told[number], { lead, classes }: Chained): Mind {
  const nodes = names.flatMap((name) => classes.get(name) ?? []);
  if (nodes.length < 2) return [];
  const most = Number(shown) + 2;
  const part = aNode({ name: names.join(), told: shown, most });
  if (lead === undefined) return [sumBond(part, nodes)];
  const isLast = lead === nodes.length - 1;
  const before = running(nodes.slice(0, lead + 1), (at) => (at < lead ? "<5" : isLast ? shown : "held-back"), most);
  const behind = running(nodes.slice(lead + 1), () => "<5", most);
  const ends = [before.last, behind.last].flatMap((end) => end ?? []);
  return [...before.mind, ...behind.mind, ...(isLast ? [] : [sumBond(part, ends)])];
}

function running(nodes: readonly Node[], toldOf: (at: number) => Public, most: number) {
  const mind: Mind = [];
  let [last] = nodes;
  for (const [n, node] of nodes.entries()) {
    if (n === 0 || !last) continue;
    const sum = aNode({ name: `up to ${node.name}`, told: toldOf(n), most });
    mind.push(sumBond(sum, [last, node]));
    last = sum;
  }
  return { last, mind };
}

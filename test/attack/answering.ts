import { type CalledGroup, calledGroups } from "#shared/domain/statistics/called.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { aNode, type Bond, type Node, think, verdict } from "./belief.ts";
import { sumBond, wholeBond } from "./bonds.ts";
import { addedUp, type Found, found, type Guess } from "./found.ts";
import { type Cell, cellsOf, isShown } from "./tables.ts";
import type { World } from "./world.ts";

const rounds = 4;
/** Of more no group is few. */
const largest = 150;

/**
 * Who compares how many who were called answered with what is told of those who had accepted, of the silent and of the others:
 * together they are the same people. Hidden: how many are in a group of which nothing is told, one to four. What share a group
 * has among all who answered he knows.
 */
export function answering(world: World, published: readonly PublishedPeriod[]): (Found & { table: string })[] {
  const cells = cellsOf(world, published).filter(isShown);
  const inAny = (group: CalledGroup) => cells.reduce((sum, cell) => sum + answersIn(cell, group), 0);
  const usual = calledGroups.map(inAny);
  const told = cells.flatMap((cell) => {
    const all = answeredIn(cell);
    if (all === undefined || all > largest) return [];
    const shares = usual.map((one) => (all * one) / usual.reduce((sum, other) => sum + other, 0));
    return [{ table: `${cell.kind} ${cell.table}`, ...found(guessesOn(cell, { all, shares })) }];
  });
  return [...Map.groupBy(told, ({ table }) => table)].map(([table, some]) => ({ table, ...addedUp(some) }));
}

const answersIn = ({ truthOf }: Cell, group: CalledGroup) =>
  truthOf(`called-${group}-pressed:pressed`) + truthOf(`called-${group}-pressed:not-pressed`);

/** How many answered, where that is told alone. */
function answeredIn({ parts }: Cell): number | undefined {
  const alone = parts?.["called-outcome"]?.find(({ classes }) => classes.join() === "answered");
  return typeof alone?.shown === "number" ? alone.shown : undefined;
}

function guessesOn(cell: Cell, { all, shares }: { all: number; shares: readonly number[] }): Guess[] {
  const whole = aNode({ name: cell.name, told: all, most: all + 2 });
  const groups = calledGroups.map((group, n) => groupIn(cell, group, { mean: shares[n], most: all + 2 }));
  const nodes = groups.map(({ node }) => node);
  const mind = [sumBond(whole, nodes), ...groups.flatMap(({ bonds }) => bonds)];
  for (let round = 0; round < rounds; round++) think(mind);
  return calledGroups.flatMap((group, n) => {
    const { node, bonds } = groups[n] ?? {};
    if (!node || bonds?.length) return [];
    const truth = answersIn(cell, group);
    const guess = verdict(node);
    return [{ ...guess, isSomebody: areFew(guess.n), truth, isHidden: areFew(truth) }];
  });
}

const areFew = (n: number) => n > 0 && n < 5;

type Usual = { mean: number | undefined; most: number };

function groupIn({ parts }: Cell, group: CalledGroup, usual: Usual): { node: Node; bonds: Bond[] } {
  const names = [`called-${group}-solved`, `called-${group}-handling`, `called-${group}-pressed`] as const;
  const told = names.flatMap((name) => (parts?.[name] ? [parts[name]] : []));
  const node = aNode({ name: group, told: told.length > 0 ? "held-back" : "<5", ...usual });
  const bonds = told.map((all) => {
    const shown = all.flatMap((part) => (typeof part.shown === "number" ? [part.shown] : []));
    const nodes = shown.map((one) => aNode({ name: group, told: one, most: one }));
    return wholeBond(node, nodes);
  });
  return { node, bonds };
}

import { shown } from "#shared/domain/statistics/cell.ts";
import type { Measure, Partition } from "#shared/domain/statistics/partition.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import type { Counted } from "#shared/domain/statistics/tallies.ts";
import { poissonAt } from "../support/chance.ts";
import { type Found, found, type Guess, surest } from "./found.ts";
import { keys } from "./fourier.ts";
import { type Cell, cellsOf } from "./tables.ts";
import type { World } from "./world.ts";

/** Of each partition the class that a complaint is in. */
type Classes = Partial<Record<Partition, string>>;

function classesOf(measures: readonly Measure[]): Classes {
  return Object.fromEntries(measures.map((measure) => measure.split(":")));
}

/** How frequent something is among all complaints. */
export function sharesOf({ filed }: World, said: (one: Classes) => string | undefined): Map<string, number> {
  const all = [...filed.values()].flat().map(({ late }) => said(classesOf(late.measures)) ?? "");
  return new Map([...Map.groupBy(all, (one) => one)].map(([one, { length }]) => [one, length / all.length]));
}

/**
 * What is told twice, nearly: whoever is late climbs; whoever withdraws before the time is up is apart; who is never answered
 * is in the last bin of both clocks; what is overturned was found otherwise.
 */
export const crossings: readonly (readonly [Partition, Partition])[] = [
  ["outcome", "level"],
  ["outcome", "closure"],
  ["outcome", "time-office"],
  ["time-office", "time-elapsed"],
  ["outcome", "finding"],
];

/**
 * Who compares a part of one partition with a part of another one of the same cell. Hidden: how many are in the one and
 * not in the other, in both or in neither, where these are one to four. Every possibility is weighed, so the attacker is
 * as sure as may be.
 */
export function crossed(
  world: World,
  published: readonly PublishedPeriod[],
  { pair, every = 1 }: { pair: readonly [Partition, Partition]; every?: number },
): Found {
  const [first, second] = pair;
  const shares = sharesOf(world, (one) => `${one[first]} ${one[second]}`);
  const guesses: Guess[] = [];
  for (const cell of cellsOf(world, published)
    .filter(({ parts }) => parts)
    .filter((_, n) => n % every === 0)) {
    const here = complaintsIn(world, cell).map(({ measures }) => classesOf(measures));
    for (const one of cell.parts?.[first] ?? [])
      for (const other of cell.parts?.[second] ?? []) {
        const quarterOf = quartering([first, one.classes], [second, other.classes]);
        const truth: Four = [0, 0, 0, 0];
        for (const complaint of here) truth[quarterOf(complaint)] += 1;
        const usual: Four = [0, 0, 0, 0];
        for (const [at, share] of shares) {
          const [a = "", b = ""] = at.split(" ");
          usual[quarterOf({ [first]: a, [second]: b })] += share * Number(cell.told);
        }
        guesses.push(...guessed(truth, weighed({ told: [one.shown, other.shown, cell.told].map(Number), usual })));
      }
  }
  return found(guesses);
}

/** In both, in the first alone, in the second alone, in neither. */
type Four = [number, number, number, number];

function quartering([first, these]: [Partition, string[]], [second, those]: [Partition, string[]]) {
  return (one: Classes): 0 | 1 | 2 | 3 => {
    const [isIn, isInOther] = [these.includes(one[first] ?? ""), those.includes(one[second] ?? "")];
    if (isIn) return isInOther ? 0 : 1;
    return isInOther ? 2 : 3;
  };
}

function complaintsIn({ filed }: World, { months, place }: Cell): Counted[] {
  const all = [...months].flatMap((month) => filed.get(month) ?? []).map(({ late }) => late);
  return all.filter((one) =>
    Object.entries(place).every(([name, value]) =>
      Object.entries(one.place).some(([other, its]) => other === name && its === value),
    ),
  );
}

const areFew = (n: number) => n > 0 && n < 5;

function guessed(truth: Four, beliefs: Map<number, number>[]): Guess[] {
  return beliefs.map((belief, at) => {
    const [{ n, sure }, inIt = 0] = [surest(belief), truth[at]];
    return { n, sure, isSomebody: areFew(n), truth: inIt, isHidden: areFew(inIt) };
  });
}

type Weighing = { told: number[]; usual: Four };

function weighed({ told, usual }: Weighing): Map<number, number>[] {
  const beliefs = [0, 1, 2, 3].map(() => new Map<number, number>());
  for (const four of possible(told)) {
    const usualIn = four.reduce((product, n, at) => product * poissonAt(n, usual[at] ?? 0), 1);
    const weight = usualIn === 0 ? 0 : usualIn * likely(four, told);
    for (const [n, belief] of beliefs.entries()) belief.set(four[n] ?? 0, (belief.get(four[n] ?? 0) ?? 0) + weight);
  }
  return beliefs;
}

const offByTwo = (told: number) => [-2, -1, 0, 1, 2].map((off) => told + off);

/** All that may be behind two parts and their cell: each is off by two at the most. */
function possible([one = 0, other = 0, own = 0]: number[]): Four[] {
  const sums = offByTwo(own).flatMap((all) =>
    offByTwo(one).flatMap((first) => offByTwo(other).map((second) => ({ all, first, second }))),
  );
  return sums.flatMap(({ all, first, second }) => {
    const least = Math.max(0, first + second - all);
    const size = Math.max(0, Math.min(first, second) - least + 1);
    return Array.from({ length: size }, (_, n): Four => {
      const both = least + n;
      return [both, first - both, second - both, all - first - second + both];
    });
  });
}

/** How likely three sets are told as they are. Sets that are the same are told the same; keys of others know nothing of each other. */
function likely([both, first, second, neither]: Four, [one = 0, other = 0, own = 0]: number[]): number {
  const chanceOf = (n: number, told: number) => toldAs(n).get(told) ?? 0;
  const all = both + first + second + neither;
  if (both + neither === 0) return apart([first, one], [second, other], own);
  const sets = [
    { n: both + first, told: one },
    ...(first + second === 0 && one === other ? [] : [{ n: both + second, told: other }]),
    ...((second + neither === 0 && one === own) || (first + neither === 0 && other === own)
      ? []
      : [{ n: all, told: own }]),
  ];
  const isTold = [
    first + second > 0 || one === other,
    second + neither > 0 || one === own,
    first + neither > 0 || other === own,
  ].every((holds) => holds);
  return isTold ? sets.reduce((product, { n, told }) => product * chanceOf(n, told), 1) : 0;
}

const byCount = new Map<number, Map<number, number>>();

function toldAs(n: number): Map<number, number> {
  const known = byCount.get(n);
  if (known) return known;
  const told = new Map<number, number>();
  for (let k = 0; k < keys; k++) {
    const as = Number(shown({ n, k }));
    told.set(as, (told.get(as) ?? 0) + 1 / keys);
  }
  byCount.set(n, told);
  return told;
}

const byParts = new Map<string, number>();

/** Two sets that are the whole: their keys add up to its own. */
function apart([first, one]: [number, number], [second, other]: [number, number], own: number): number {
  const name = [first, one, second, other, own].join();
  const known = byParts.get(name);
  if (known !== undefined) return known;
  let fits = 0;
  for (let k = 0; k < keys; k++) {
    if (shown({ n: first, k }) !== one) continue;
    for (let l = 0; l < keys; l++)
      if (shown({ n: second, k: l }) === other && shown({ n: first + second, k: (k + l) % keys }) === own) fits += 1;
  }
  byParts.set(name, fits / keys ** 2);
  return fits / keys ** 2;
}

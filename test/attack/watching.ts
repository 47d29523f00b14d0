import { add, noTally, type Tally } from "#shared/domain/statistics/cell.ts";
import { openNow } from "#shared/domain/statistics/open-now.ts";
import { poissonAt } from "../support/chance.ts";
import { likelihoodOfTold } from "./told-as.ts";

/** How a count of what is open is told. */
export type Told = number | "<10";

/** So many more a day, each of which goes on any day with this chance, and so many days between two counts. */
export type Flow = { more: number; closed: number; every: number };

/** How likely one that is known comes before a count if it is not there, and goes if it is. */
export type Course = readonly { comes: number; goes: number }[];

/** Nobody counts more. */
const rows = 80;
const most = 60;

/** What is told of complaints with these keys. */
export function tellOpen(recordKeys: readonly number[]): Told {
  return told(recordKeys.reduce((sum, k) => add(sum, { n: 1, k }), noTally));
}

function told(overdue: Tally): Told {
  return openNow({ one: { overdue, notOverdue: noTally } }).agencies.one?.overdue ?? "<10";
}

/** By how many complaints there are beside the known one, without it and with it. */
type Weights = [number[], number[]];

/** The logarithm of how likely all is told as it was, where others come and go by the flow and the known one by its course. */
export function likely(counts: readonly Told[], flow: Flow, course: Course): number {
  const moving = movingBy(flow);
  const usual = Array.from({ length: rows }, (_, n) => poissonAt(n, flow.more / flow.closed));
  let at: Weights = [usual, usual.map(() => 0)];
  let sum = 0;
  for (const [n, count] of counts.entries()) {
    const { comes, goes } = course[n] ?? { comes: 0, goes: 0 };
    const seen = { told: count, isSame: n > 0 && count === counts[n - 1], isFirst: n === 0 };
    const next = joined(
      [
        after(at[0], { ...seen, moving, share: 1 - comes, stays: true, with: 0 }),
        after(at[1], { ...seen, moving, share: goes, stays: false, with: 0 }),
      ],
      [
        after(at[0], { ...seen, moving, share: comes, stays: false, with: 1 }),
        after(at[1], { ...seen, moving, share: 1 - goes, stays: true, with: 1 }),
      ],
    );
    const total = next.flat().reduce((all, one) => all + one, 0);
    sum += Math.log(total);
    at = [next[0].map((one) => one / total), next[1].map((one) => one / total)];
  }
  return sum;
}

const joined = (...sides: [[number[], number[]], [number[], number[]]]): Weights => [
  plus(...sides[0]),
  plus(...sides[1]),
];
const plus = (one: number[], other: number[]) => one.map((value, n) => value + (other[n] ?? 0));

type Step = {
  moving: Moving;
  told: Told;
  /** Told as the time before. */
  isSame: boolean;
  /** Before the first count nothing moves that would matter. */
  isFirst: boolean;
  share: number;
  /** Whether the known one is there as it was. */
  stays: boolean;
  with: 0 | 1;
};

/** Where nothing moves a count is told the same; else its keys are new. */
function after(at: readonly number[], { moving, told, isSame, isFirst, share, stays, with: known }: Step): number[] {
  const next = new Array<number>(rows).fill(0);
  if (share === 0) return next;
  const seen = Array.from({ length: rows }, (_, n) => toldAs(n + known, told));
  if (isFirst) return at.map((weight, n) => weight * share * (seen[n] ?? 0));
  for (const [from, weight] of at.entries())
    for (const [to, chanceOf] of (moving.moves[from] ?? []).entries()) {
      const still = stays && to === from ? (moving.still[from] ?? 0) : 0;
      const isTold = (chanceOf - still) * (seen[to] ?? 0) + still * Number(isSame);
      next[to] = (next[to] ?? 0) + weight * share * isTold;
    }
  return next;
}

/** How likely so many become so many, and how likely nobody comes and nobody goes. */
type Moving = { moves: number[][]; still: number[] };

const movings = new Map<string, Moving>();

function movingBy({ more, closed, every }: Flow): Moving {
  const name = `${more} ${closed} ${every}`;
  const known = movings.get(name);
  if (known) return known;
  const stays = (1 - closed) ** every;
  // Of those who came since the last count some have gone again.
  const came = (more * (1 - stays)) / closed;
  const all = Array.from({ length: rows }, (_, from) => from);
  const moving = {
    moves: all.map((from) => movesFrom(from, { more: came, stays })),
    still: all.map((from) => Math.exp(-came) * stays ** from),
  };
  movings.set(name, moving);
  return moving;
}

function movesFrom(from: number, { more, stays }: { more: number; stays: number }): number[] {
  const all = new Array<number>(rows).fill(0);
  let chanceOf = stays ** from;
  for (let left = 0; left <= from; left++) {
    for (let came = 0; from - left + came < rows && came < most; came++) {
      const to = from - left + came;
      all[to] = (all[to] ?? 0) + chanceOf * poissonAt(came, more);
    }
    chanceOf *= ((from - left) / (left + 1)) * ((1 - stays) / stays);
  }
  return all;
}

const toldAs = likelihoodOfTold(told);

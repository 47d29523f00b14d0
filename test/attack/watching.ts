import { add, noTally, type Tally } from "#shared/domain/statistics/cell.ts";
import { openNow, openStep } from "#shared/domain/statistics/open-now.ts";
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
const tolds: readonly Told[] = ["<10", ...Array.from({ length: 10 }, (_, n) => openStep * (n + 1))];

/** What is told of complaints with these keys. */
export function tellOpen(recordKeys: readonly number[]): Told {
  return told(recordKeys.reduce((sum, k) => add(sum, { n: 1, k }), noTally));
}

function told(overdue: Tally): Told {
  return openNow({ one: { overdue, notOverdue: noTally } }).agencies.one?.overdue ?? "<10";
}

/** By how many complaints there are beside the known one, without it and with it. */
type Weights = [number[], number[]];

/** What he thinks after some counts: how many others there are, and the logarithm of how likely all he read was. */
export type Belief = { at: Weights; sum: number };

/** Before he reads anything he knows how many are usual. */
export function atFirst({ more, closed }: Flow): Belief {
  const usual = Array.from({ length: rows }, (_, n) => poissonAt(n, more / closed));
  return { at: [usual, usual.map(() => 0)], sum: 0 };
}

/** From one count to the next; before the first one nothing moves that would matter. */
export type Moved = { flow: Flow; comes: number; goes: number; isFirst: boolean };

/** A count as he read it, `own` of it his own, and whether both are the same as the time before. */
type Read = { told: Told; own: number; isSame: boolean; isOwnSame: boolean };

/** What he thinks after one count more. */
export function having(read: Read, { at, sum }: Belief, moved: Moved): Belief {
  const next = movedOn(at, moved, {
    still: read.isOwnSame ? Number(read.isSame) : undefined,
    seen: (n) => toldAs(n + read.own, read.told),
  });
  const total = next.flat().reduce((all, one) => all + one, 0);
  return { at: [scaled(next[0], total), scaled(next[1], total)], sum: sum + Math.log(total) };
}

/** How many there will be at the next count, the known one among them, before it is told. */
export function foreseen({ at }: Belief, moved: Moved): number[] {
  const [without, withKnown] = movedOn(at, moved, { still: undefined, seen: () => 1 });
  return without.map((weight, n) => weight + (withKnown[n - 1] ?? 0));
}

/** How likely so many are told as each number. */
export function outcomes(counts: readonly number[], own: number): number[] {
  return tolds.map((told) => counts.reduce((sum, weight, n) => sum + weight * toldAs(n + own, told), 0));
}

const scaled = (weights: readonly number[], total: number) => weights.map((weight) => weight / total);

type Seeing = { seen: (n: number) => number; still: number | undefined };

function movedOn([without, withKnown]: Weights, { comes, goes, ...moved }: Moved, seeing: Seeing): Weights {
  const step = { ...moved, ...seeing };
  return [
    plus(
      after(without, { ...step, share: 1 - comes, stays: true, with: 0 }),
      after(withKnown, { ...step, share: goes, stays: false, with: 0 }),
    ),
    plus(
      after(without, { ...step, share: comes, stays: false, with: 1 }),
      after(withKnown, { ...step, share: 1 - goes, stays: true, with: 1 }),
    ),
  ];
}

const plus = (one: number[], other: number[]) => one.map((value, n) => value + (other[n] ?? 0));

type Step = Seeing &
  Pick<Moved, "flow" | "isFirst"> & {
    share: number;
    /** Whether the known one is there as it was. */
    stays: boolean;
    with: 0 | 1;
  };

/** Where nothing moves a count is told the same; else its keys are new. */
function after(at: readonly number[], { flow, isFirst, share, stays, with: known, seen, still }: Step): number[] {
  const next = new Array<number>(rows).fill(0);
  if (share === 0) return next;
  const moving = movingBy(flow);
  const told = Array.from({ length: rows }, (_, n) => seen(n + known));
  if (isFirst) return at.map((weight, n) => weight * share * (told[n] ?? 0));
  for (const [from, weight] of at.entries())
    for (const [to, chanceOf] of (moving.moves[from] ?? []).entries()) {
      const isStill = still !== undefined && stays && to === from ? (moving.still[from] ?? 0) : 0;
      const isTold = (chanceOf - isStill) * (told[to] ?? 0) + isStill * (still ?? 0);
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

import { shown } from "#shared/domain/statistics/cell.ts";
import { openNow } from "#shared/domain/statistics/open-now.ts";
import { type Chance, poisson, poissonAt } from "../support/chance.ts";
import type { Found } from "./crossing.ts";
import { keys } from "./fourier.ts";

/** How an agency's overdue complaints come and go: so many more a day, each of them closed on any day with this chance. */
type Backlog = { more: number; closed: number; late: number };

/** So many days between two counts. */
type Watched = Backlog & { every: number; complaints: number };

/** Of both sides of the day on which a known complaint would become overdue so many counts are read. */
const around = 6;
/** No backlog is larger. */
const rows = 80;

/**
 * Who knows when a complaint was filed reads how many are overdue before its time is up and after it. `late`: how many of
 * the agency's are, which he knows too. Hidden: that this one was late; named: he is 90 % sure of it, and right.
 */
export function watched({ more, closed, late, every, complaints }: Watched, chance: Chance): Found {
  const found: Found = { hidden: 0, named: 0, wrong: 0 };
  for (let n = 0; n < complaints; n++) {
    const isLate = chance() < late;
    const told = toldOver({ more, closed, every, isLate }, chance);
    const [withIt, without] = [true, false].map((isIn) => likely(told, { more, closed, every, isIn }));
    const sure = (late * (withIt ?? 0)) / (late * (withIt ?? 0) + (1 - late) * (without ?? 0));
    if (isLate) found.hidden += 1;
    if (!(sure >= 0.9)) continue;
    if (isLate) found.named += 1;
    else found.wrong += 1;
  }
  return found;
}

type Counts = (number | "<10")[];
type Course = { more: number; closed: number; every: number };

function toldOver({ more, closed, every, isLate }: Course & { isLate: boolean }, chance: Chance): Counts {
  let open = Array.from({ length: poisson(chance, more / closed) }, () => Math.floor(chance() * keys));
  return Array.from({ length: 2 * around }, (_, n) => {
    for (let day = 0; day < every; day++) {
      open = open.filter(() => chance() >= closed);
      for (let one = poisson(chance, more); one > 0; one--) open.push(Math.floor(chance() * keys));
    }
    if (n === around && isLate) open.push(Math.floor(chance() * keys));
    const overdue = { n: open.length, k: open.reduce((sum, key) => (sum + key) % keys, 0) };
    return openNow({ one: { overdue, notOverdue: { n: 0, k: 0 } } }).agencies.one?.overdue ?? "<10";
  });
}

/** How likely the counts are told as they were. */
function likely(told: Counts, course: Course & { isIn: boolean }): number {
  const { more, closed, every, isIn } = course;
  const stays = (1 - closed) ** every;
  const moves = Array.from({ length: rows }, (_, from) => movesFrom(from, { more: more * every, stays }));
  const first = Array.from({ length: rows }, (_, n) => poissonAt(n, more / closed) * toldAs(n, told[0] ?? "<10"));
  const all = told.slice(1).reduce((at, one, n) => {
    const isSame = one === told[n];
    const still = (from: number) => Math.exp(-more * every) * stays ** from;
    return after(at, { moves, still, told: one, isSame, joins: isIn && n + 1 === around ? 1 : 0 });
  }, first);
  return all.reduce((sum, one) => sum + one, 0);
}

type Step = {
  moves: number[][];
  /** How likely nobody comes and nobody goes. */
  still: (from: number) => number;
  told: number | "<10";
  isSame: boolean;
  joins: number;
};

/** Where nothing moves a count is told the same; else its keys are new. */
function after(at: readonly number[], { moves, still, told, isSame, joins }: Step): number[] {
  const next = new Array<number>(rows).fill(0);
  for (const [from, weight] of at.entries())
    for (const [to, chanceOf] of (moves[from] ?? []).entries()) {
      const same = to === from ? still(from) : 0;
      const isTold = toldAs(to + joins, told);
      const stayed = joins > 0 ? isTold : Number(isSame);
      if (to + joins < rows)
        next[to + joins] = (next[to + joins] ?? 0) + weight * ((chanceOf - same) * isTold + same * stayed);
    }
  return next;
}

function movesFrom(from: number, { more, stays }: { more: number; stays: number }): number[] {
  const all = new Array<number>(rows).fill(0);
  let chanceOf = stays ** from;
  for (let left = 0; left <= from; left++) {
    for (let came = 0; from - left + came < rows && came < 40; came++) {
      const to = from - left + came;
      all[to] = (all[to] ?? 0) + chanceOf * poissonAt(came, more);
    }
    chanceOf *= ((from - left) / (left + 1)) * ((1 - stays) / stays);
  }
  return all;
}

const known = new Map<number, number>();

function toldAs(n: number, told: number | "<10"): number {
  const name = n * 1_000 + (told === "<10" ? 0 : told);
  const before = known.get(name);
  if (before !== undefined) return before;
  const all = Array.from({ length: keys }, (_, k) => shown({ n, k }));
  const chanceOf = all.filter((one) => (one === "<5" || one < 10 ? "<10" : one) === told).length / keys;
  known.set(name, chanceOf);
  return chanceOf;
}

import { type Chance, poisson } from "../support/chance.ts";
import { type Found, found, type Guess } from "./found.ts";
import { keys } from "./fourier.ts";
import { atFirst, type Course, type Flow, foreseen, having, type Moved, outcomes, tellOpen } from "./watching.ts";

/**
 * An agency's complaints: so many more overdue a day, each of them closed on any day with this chance. `late`: how many of
 * all become overdue.
 */
type Backlog = { more: number; closed: number; late: number };

/** So many days between two counts. `own`: of so many complaints of his own he chooses how many stand in a count. */
type Watched = Backlog & { every: number; complaints: number; own?: number };

/** Of each side of the time in which a known complaint waits so many counts are read. */
const around = 6;
/** From filing to the end of the time to answer. */
const span = 10;

/**
 * Who knows when a complaint was filed reads how many are overdue, and how many wait, before its time is up and after it.
 * Hidden: that this one was late; named: he is 90 % sure of it, and right. `lift`: by how much surer he became of it.
 */
export function watched({ complaints, ...watch }: Watched, chance: Chance): Found & { lift: number } {
  const guesses = Array.from({ length: complaints }, (): Guess => {
    const isLate = chance() < watch.late;
    return { n: 1, sure: sureOf(isLate, watch, chance), isSomebody: true, truth: Number(isLate), isHidden: isLate };
  });
  const late = guesses.filter(({ isHidden }) => isHidden);
  const surer = late.reduce((sum, { sure }) => sum + sure - watch.late, 0);
  return { ...found(guesses), lift: Math.round((1_000 * surer) / late.length) / 1_000 };
}

/** How sure he is that it was late, after so many counts. */
function sureOf(isLate: boolean, { more, closed, late, every, own = 0 }: Omit<Watched, "complaints">, chance: Chance) {
  const before = around + Math.ceil(span / every);
  const dueAt = before * every - Math.floor(chance() * every);
  const days = Array.from({ length: before + around + 1 }, (_, n) => n * every - dueAt);
  const overdue = { more, closed, every };
  // The time of the late is up after all of the span, others are answered within it.
  const waiting = { more: more / late, closed: 2 / (span * (1 + late)), every };
  const answeredOn = -Math.ceil(chance() * span);
  const closedOn = daysUntil(closed, chance);
  const isLeft = (day: number) => (day < 0 ? 0 : (1 - closed) ** day);
  const surer = [
    {
      flow: overdue,
      present: days.map((day) => isLate && day >= 0 && day < closedOn),
      courses: [courseOf(days, isLeft), courseOf(days, () => 0)],
    },
    {
      flow: waiting,
      present: days.map((day) => day >= -span && day < (isLate ? 0 : answeredOn)),
      courses: [courseOf(days, (day) => Number(day >= -span && day < 0)), courseOf(days, unanswered)],
    },
  ].reduce((sum, part) => sum + surerBy({ ...part, late, own }, chance), 0);
  return 1 / (1 + ((1 - late) / late) * Math.exp(-surer));
}

const unanswered = (day: number) => (day < -span || day >= 0 ? 0 : (-day - 1) / span);

function daysUntil(closed: number, chance: Chance): number {
  let days = 1;
  while (chance() >= closed) days += 1;
  return days;
}

/** When the known one comes and how likely it has gone, from how likely it is there on each day of a count. */
function courseOf(days: readonly number[], isIn: (day: number) => number): Course {
  return days.map((day, n) => {
    const [before, now] = [n === 0 ? 0 : isIn(days[n - 1] ?? 0), isIn(day)];
    return before === 0 ? { comes: now, goes: 0 } : { comes: 0, goes: 1 - now / before };
  });
}

/** One part of what is told: where the known one is, and how it would come and go if it were late, and if not. */
type Part = { flow: Flow; present: readonly boolean[]; courses: readonly Course[]; late: number; own: number };

/** By how much likelier what he reads of a part is if the known one was late, as a logarithm. */
function surerBy({ flow, present, courses, late, own: mostOwn }: Part, chance: Chance): number {
  const aKey = () => Math.floor(chance() * keys);
  let open = Array.from({ length: poisson(chance, flow.more / flow.closed) }, aKey);
  const [known, ownKeys] = [aKey(), Array.from({ length: mostOwn }, aKey)];
  let [ifLate, ifNot] = [atFirst(flow), atFirst(flow)];
  let last = { told: undefined as ReturnType<typeof tellOpen> | undefined, own: 0 };
  for (const [n, isIn] of present.entries()) {
    open = dayAfterDay(open, flow, chance, aKey);
    const [moved, movedIfNot] = courses.map((course): Moved => ({ flow, isFirst: n === 0, ...course[n] }) as Moved);
    if (!moved || !movedIfNot) throw new Error("a course has a step for each count");
    const own = mostOwn === 0 ? 0 : bestOwn([foreseen(ifLate, moved), foreseen(ifNot, movedIfNot)], { mostOwn, late });
    const told = tellOpen([...open, ...(isIn ? [known] : []), ...ownKeys.slice(0, own)]);
    const read = { told, own, isSame: told === last.told, isOwnSame: own === last.own };
    [ifLate, ifNot] = [having(read, ifLate, moved), having(read, ifNot, movedIfNot)];
    last = { told, own };
  }
  return ifLate.sum - ifNot.sum;
}

function dayAfterDay(open: number[], { more, closed, every }: Flow, chance: Chance, aKey: () => number): number[] {
  let left = open;
  for (let day = 0; day < every; day++) {
    left = left.filter(() => chance() >= closed);
    for (let one = poisson(chance, more); one > 0; one--) left.push(aKey());
  }
  return left;
}

/** So many of his own as make the two cases most apart; where they are not yet, as tell him most of the others. */
function bestOwn([ifLate = [], ifNot = []]: number[][], { mostOwn, late }: { mostOwn: number; late: number }): number {
  const gains = Array.from({ length: mostOwn + 1 }, (_, own) => {
    const [one, other] = [outcomes(ifLate, own), outcomes(ifNot, own)];
    const isTold = one.map((chanceOf, n) => late * chanceOf + (1 - late) * (other[n] ?? 0));
    const apart = one.reduce((sum, chanceOf, n) => sum + Math.abs(chanceOf - (other[n] ?? 0)), 0);
    return apart + isTold.reduce((sum, chanceOf) => (chanceOf > 0 ? sum - chanceOf * Math.log(chanceOf) : sum), 0) / 20;
  });
  return gains.indexOf(Math.max(...gains));
}

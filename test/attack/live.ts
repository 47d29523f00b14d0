import { type Chance, poisson } from "../support/chance.ts";
import type { Found } from "./crossing.ts";
import { keys } from "./fourier.ts";
import { type Course, type Flow, likely, type Told, tellOpen } from "./watching.ts";

/**
 * An agency's complaints: so many more overdue a day, each of them closed on any day with this chance. `late`: how many of
 * all become overdue.
 */
type Backlog = { more: number; closed: number; late: number };

/** So many days between two counts. */
type Watched = Backlog & { every: number; complaints: number };

/** Of each side of the time in which a known complaint waits so many counts are read. */
const around = 6;
/** From filing to the end of the time to answer. */
const span = 10;

/**
 * Who knows when a complaint was filed reads how many are overdue, and how many wait, before its time is up and after it.
 * Hidden: that this one was late; named: he is 90 % sure of it, and right. `lift`: by how much surer he became of it.
 */
export function watched({ complaints, ...watch }: Watched, chance: Chance): Found & { lift: number } {
  const found: Found = { hidden: 0, named: 0, wrong: 0 };
  let surer = 0;
  for (let n = 0; n < complaints; n++) {
    const isLate = chance() < watch.late;
    const sure = sureOf(isLate, watch, chance);
    if (isLate) found.hidden += 1;
    if (isLate) surer += sure - watch.late;
    if (!(sure >= 0.9)) continue;
    if (isLate) found.named += 1;
    else found.wrong += 1;
  }
  return { ...found, lift: Math.round((1_000 * surer) / found.hidden) / 1_000 };
}

/** How sure he is that it was late, after so many counts. */
function sureOf(isLate: boolean, { more, closed, late, every }: Omit<Watched, "complaints">, chance: Chance): number {
  const before = around + Math.ceil(span / every);
  const dueAt = before * every - Math.floor(chance() * every);
  const days = Array.from({ length: before + around + 1 }, (_, n) => n * every - dueAt);
  const overdue = { more, closed, every };
  // The time of the late is up after all of the span, others are answered within it.
  const waiting = { more: more / late, closed: 2 / (span * (1 + late)), every };
  const told = (flow: Flow, isIn: (day: number) => boolean) => toldOver(flow, days.map(isIn), chance);
  const answeredOn = -Math.ceil(chance() * span);
  const closedOn = daysUntil(closed, chance);
  const seen = {
    overdue: told(overdue, (day) => isLate && day >= 0 && day < closedOn),
    waiting: told(waiting, (day) => day >= -span && day < (isLate ? 0 : answeredOn)),
  };
  const isLeft = (day: number) => (day < 0 ? 0 : (1 - closed) ** day);
  const ifLate = [courseOf(days, isLeft), courseOf(days, (day) => Number(day >= -span && day < 0))] as const;
  const ifNot = [courseOf(days, () => 0), courseOf(days, unanswered)] as const;
  const [one, other] = [ifLate, ifNot].map(
    ([inOverdue, inWaiting]) => likely(seen.overdue, overdue, inOverdue) + likely(seen.waiting, waiting, inWaiting),
  );
  return 1 / (1 + ((1 - late) / late) * Math.exp((other ?? 0) - (one ?? 0)));
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

/** What is told of a part at each count, with the known one in it or not. */
function toldOver({ more, closed, every }: Flow, present: readonly boolean[], chance: Chance): Told[] {
  const aKey = () => Math.floor(chance() * keys);
  let open = Array.from({ length: poisson(chance, more / closed) }, aKey);
  const own = aKey();
  return present.map((isIn) => {
    for (let day = 0; day < every; day++) {
      open = open.filter(() => chance() >= closed);
      for (let one = poisson(chance, more); one > 0; one--) open.push(aKey());
    }
    return tellOpen(isIn ? [...open, own] : open);
  });
}

import { addTimer, type Timers } from "./timers.ts";

/**
 * How often one advance runs, at most, a schedule that does not say when
 * it is next needed: every minute of a day, and some more.
 */
const OCCURRENCES = 1_500;

/**
 * What runs every minute follows what people do; what runs less often goes by the calendar, and nothing that is done
 * during an advance makes it due earlier. `render-page` alone, every five minutes, is skipped though what is published during an
 * advance would make it due: nobody looks at the page of a day on the way.
 */
const MINUTE = 60_000;

/** What a run may resolve with: the instant, in epoch ms, at which it will next have something to do. */
// biome-ignore lint/suspicious/noConfusingVoidType: a run that says nothing is a plain async function.
export type Due = number | void;

type Schedule = { period: number; run: () => Promise<Due>; cancel: () => void; hint: number | undefined };

type Span = { from: number; to: number };

/**
 * Schedules that run at multiples of their period, as EventBridge's rates do. Only an advance skips runs:
 * - A run that says when it will next have something to do is not run again before that. If any other timer has run or
 *   been set meanwhile, or anything went through an engine, what a run of every minute said may no longer hold, and it runs
 *   at its next occurrence.
 * - A run that says nothing runs at each occurrence. If an advance holds more than `OCCURRENCES`, it runs at every second,
 *   every third and so on instead, and always at the last one.
 */
export type Schedules = { timers: Timers; all: Set<Schedule>; span: Span | undefined };

export function createSchedules(timers: Timers): Schedules {
  return { timers, all: new Set(), span: undefined };
}

export function addSchedule(
  schedules: Schedules,
  { period, run }: { period: number; run: () => Promise<Due> },
): () => void {
  if (!(period > 0)) throw new RangeError("A schedule's period must be longer than nothing.");
  const schedule: Schedule = { period, run, cancel: () => {}, hint: undefined };
  schedules.all.add(schedule);
  planAfter(schedules, { schedule, after: schedules.timers.now() });
  return () => {
    schedules.all.delete(schedule);
    schedule.cancel();
  };
}

export function beginSpan(schedules: Schedules, span: Span): void {
  schedules.span = span;
}

/** After an advance every schedule is due at its next occurrence, whatever it said: real time may bring anything. */
export function endSpan(schedules: Schedules): void {
  schedules.span = undefined;
  for (const schedule of schedules.all) {
    schedule.hint = undefined;
    planAfter(schedules, { schedule, after: schedules.timers.now() });
  }
}

/** Moves each schedule to the instant that its last run named, if it named one. */
export function skipEmpty(schedules: Schedules): void {
  for (const schedule of schedules.all) {
    if (schedule.hint === undefined) continue;
    planAfter(schedules, { schedule, after: Math.max(schedule.hint - 1, schedules.timers.now()) });
  }
}

/** Of what runs every minute: it is due again at its next occurrence. */
export function forgetHints(schedules: Schedules): void {
  for (const schedule of schedules.all) {
    if (schedule.hint === undefined || schedule.period > MINUTE) continue;
    schedule.hint = undefined;
    planAfter(schedules, { schedule, after: schedules.timers.now() });
  }
}

type Plan = { schedule: Schedule; after: number };

function planAfter(schedules: Schedules, { schedule, after }: Plan): void {
  plan(schedules, { schedule, at: alignedAfter(schedule.period, after) });
}

function plan(schedules: Schedules, { schedule, at }: { schedule: Schedule; at: number }): void {
  schedule.cancel();
  if (!schedules.all.has(schedule)) return;
  schedule.cancel = addTimer(schedules.timers, { at, run: () => occur(schedules, schedule), scheduled: true });
}

async function occur(schedules: Schedules, schedule: Schedule): Promise<void> {
  schedule.hint = undefined;
  plan(schedules, { schedule, at: nextOccurrence(schedules, schedule.period) });
  const hint = await schedule.run();
  if (typeof hint === "number") schedule.hint = hint;
}

function alignedAfter(period: number, instant: number): number {
  return (Math.floor(instant / period) + 1) * period;
}

function nextOccurrence({ timers, span }: Schedules, period: number): number {
  const next = alignedAfter(period, timers.now());
  if (!span) return next;
  const stride = Math.max(Math.ceil((span.to - span.from) / period / OCCURRENCES), 1);
  const last = Math.floor(span.to / period) * period;
  return next <= last ? Math.min(next + (stride - 1) * period, last) : next;
}

import { addTimer, type Timers } from "./timers.ts";

/** How often at most one advance runs a schedule that never says when it is next needed: a day of minutes, and some. */
const OCCURRENCES = 1_500;

/** Epoch ms of the next thing that will be due, if the run knows it. */
// biome-ignore lint/suspicious/noConfusingVoidType: a run that says nothing is a plain async function.
export type Due = number | void;

type Schedule = { period: number; run: () => Promise<Due>; cancel: () => void; hint: number | undefined };

type Span = { from: number; to: number };

/**
 * Schedules aligned to their period, as EventBridge's rates are. Within an advance, a run that resolves with the
 * instant at which the next thing is due lets the empty occurrences before it be skipped; any other timer that ran or
 * was set since makes that word stale. One that says nothing runs at each occurrence, thinned evenly beyond
 * `OCCURRENCES`, the last one before the end included.
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

/** After an advance every schedule is due at its next occurrence, whatever it said: anything may happen meanwhile. */
export function endSpan(schedules: Schedules): void {
  schedules.span = undefined;
  for (const schedule of schedules.all) planAfter(schedules, { schedule, after: schedules.timers.now() });
}

/** Takes the word of the runs that just ended. */
export function skipEmpty(schedules: Schedules): void {
  for (const schedule of schedules.all) {
    if (schedule.hint === undefined) continue;
    planAfter(schedules, { schedule, after: Math.max(schedule.hint - 1, schedules.timers.now()) });
  }
}

export function forgetHints(schedules: Schedules): void {
  for (const schedule of schedules.all) {
    if (schedule.hint === undefined) continue;
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

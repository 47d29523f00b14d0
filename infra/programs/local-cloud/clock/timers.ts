/** Node's timers overflow beyond 2^31 - 1 ms (24.8 days) and then fire at once. */
const LONGEST_SLEEP = 2 ** 31 - 1;

type Timer = { at: number; run: () => Promise<void>; scheduled?: true };

/**
 * Timers start as real time passes. While paused, only an advance starts them, step by step. By a clock that stands still, real
 * time starts only what is due already.
 */
type Timers = {
  now: () => number;
  isStill: boolean;
  waiting: Set<Timer>;
  running: Set<Promise<void>>;
  sleep: NodeJS.Timeout | undefined;
  paused: boolean;
  /** How many timers were ever added, without those of schedules. An advance compares it to see whether a run added one. */
  added: number;
};

export function createTimers(now: () => number, { isStill }: Pick<Timers, "isStill">): Timers {
  return { now, isStill, waiting: new Set(), running: new Set(), sleep: undefined, paused: false, added: 0 };
}

export function addTimer(timers: Timers, timer: Timer): () => void {
  if (!timer.scheduled) timers.added += 1;
  timers.waiting.add(timer);
  if (earliest(timers) === timer) setTimer(timers);
  return () => void timers.waiting.delete(timer);
}

function earliest({ waiting }: Timers): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of waiting) if (!first || timer.at < first.at) first = timer;
  return first;
}

/** Starts all due timers in order, and returns them. */
function fireDue(timers: Timers): Timer[] {
  const due = [...timers.waiting].filter((timer) => timer.at <= timers.now()).sort((a, b) => a.at - b.at);
  for (const timer of due) timers.waiting.delete(timer);
  for (const timer of due) start(timers, timer);
  return due;
}

/** After this, timers no longer start as real time passes; only an advance starts them. */
function pause(timers: Timers): void {
  timers.paused = true;
  setTimer(timers);
}

function resume(timers: Timers): void {
  timers.paused = false;
  setTimer(timers);
}

async function allEnded({ running }: Timers): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

function start(timers: Timers, timer: Timer): void {
  const run = timer.run().catch((error: unknown) => console.error("What was due on the clock failed:", error));
  timers.running.add(run);
  void run.then(() => timers.running.delete(run));
}

function setTimer(timers: Timers): void {
  clearTimeout(timers.sleep);
  const next = timers.paused ? undefined : earliest(timers);
  if (!next || (timers.isStill && next.at > timers.now())) return;
  timers.sleep = setTimeout(() => onWakeUp(timers), Math.min(Math.max(next.at - timers.now(), 0), LONGEST_SLEEP));
  timers.sleep.unref();
}

function onWakeUp(timers: Timers): void {
  fireDue(timers);
  setTimer(timers);
}

/** The most runs of a schedule in one advance, if its runs give no hint: every minute of a day, and some more. */
const OCCURRENCES = 1_500;

/**
 * Functions that run every minute react to what people do. Functions that run less often depend on the calendar: nothing
 * that happens during an advance makes them due earlier. The exception is `render-page`, every five minutes: it is skipped
 * although figures published during an advance would change the page, because nobody reads the page of a skipped day.
 */
const MINUTE = 60_000;

/**
 * The result of a run: the instant, in epoch ms, at which it will next have work, infinity where only something that happens can
 * bring work, or nothing.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a run without a hint is a plain async function.
export type NextDue = number | void;

/** `phase`: how long after each multiple of the period it runs, in ms. */
type Schedule = {
  period: number;
  phase: number;
  run: () => Promise<NextDue>;
  cancel: () => void;
  hint: number | undefined;
};

type Span = { from: number; to: number };

/**
 * Schedules run at multiples of their period, like EventBridge's rates, or at the same time after each. Only an advance skips runs:
 * - A run may return a hint: the instant at which it will next have work. The schedule is skipped until then. The hint of a
 *   schedule of every minute, and a hint of infinity, is dropped if another timer ran or was added, or if an engine processed
 *   anything.
 * - Without a hint, a schedule runs at each occurrence. If an advance has more than `OCCURRENCES` of them, it runs only at every
 *   second, third and so on, and always at the last one.
 */
type Schedules = { timers: Timers; all: Set<Schedule>; advancedSpan: Span | undefined };

export function createSchedules(timers: Timers): Schedules {
  return { timers, all: new Set(), advancedSpan: undefined };
}

export function addSchedule(
  schedules: Schedules,
  { period, phase = 0, run }: { period: number; phase?: number; run: () => Promise<NextDue> },
): () => void {
  if (!(period > 0)) throw new RangeError("A schedule's period must be longer than nothing.");
  const schedule: Schedule = { period, phase, run, cancel: () => {}, hint: undefined };
  schedules.all.add(schedule);
  planAfter(schedules, { schedule, after: schedules.timers.now() });
  return () => {
    schedules.all.delete(schedule);
    schedule.cancel();
  };
}

function beginSpan(schedules: Schedules, span: Span): void {
  schedules.advancedSpan = span;
}

/** After an advance all hints are dropped, and every schedule is due at its next occurrence. */
function endSpan(schedules: Schedules): void {
  schedules.advancedSpan = undefined;
  for (const schedule of schedules.all) {
    schedule.hint = undefined;
    planAfter(schedules, { schedule, after: schedules.timers.now() });
  }
}

/** Moves each schedule that has a hint to the hinted instant. */
function skipEmpty(schedules: Schedules): void {
  for (const schedule of schedules.all) {
    if (schedule.hint === undefined) continue;
    planAfter(schedules, { schedule, after: Math.max(schedule.hint - 1, schedules.timers.now()) });
  }
}

/**
 * Drops the hints of schedules of every minute, and of all that have work only if something happens: they are due again at their
 * next occurrence.
 */
function forgetHints(schedules: Schedules): void {
  for (const schedule of schedules.all) {
    if (schedule.hint === undefined || (schedule.period > MINUTE && schedule.hint !== Number.POSITIVE_INFINITY))
      continue;
    schedule.hint = undefined;
    planAfter(schedules, { schedule, after: schedules.timers.now() });
  }
}

function planAfter(schedules: Schedules, { schedule, after }: { schedule: Schedule; after: number }): void {
  plan(schedules, { schedule, at: alignedAfter(schedule, after) });
}

function plan(schedules: Schedules, { schedule, at }: { schedule: Schedule; at: number }): void {
  schedule.cancel();
  if (!schedules.all.has(schedule)) return;
  schedule.cancel = addTimer(schedules.timers, { at, run: () => occur(schedules, schedule), scheduled: true });
}

async function occur(schedules: Schedules, schedule: Schedule): Promise<void> {
  schedule.hint = undefined;
  plan(schedules, { schedule, at: nextOccurrence(schedules, schedule) });
  const hint = await schedule.run();
  if (typeof hint === "number") schedule.hint = hint;
}

type Rhythm = Pick<Schedule, "period" | "phase">;

function alignedAfter({ period, phase }: Rhythm, instant: number): number {
  return (Math.floor((instant - phase) / period) + 1) * period + phase;
}

function nextOccurrence({ timers, advancedSpan }: Schedules, { period, phase }: Rhythm): number {
  const next = alignedAfter({ period, phase }, timers.now());
  if (!advancedSpan) return next;
  const stride = Math.max(Math.ceil((advancedSpan.to - advancedSpan.from) / period / OCCURRENCES), 1);
  const last = Math.floor((advancedSpan.to - phase) / period) * period + phase;
  return next <= last ? Math.min(next + (stride - 1) * period, last) : next;
}

/** How many rounds in a row must find nothing new: one engine may give work to another that was found quiet before. */
const CALM_ROUNDS = 2;

/**
 * Resolves once an engine has nothing to do. The result is the number of items that it has processed so far, or always 0 if
 * it does not count them. `isFirst`: the first question of an advance; before it, clients may have written anything.
 */
export type Probe = (asked: { isFirst: boolean }) => Promise<number>;

type AdvanceContext = {
  now: () => number;
  shiftTo: (instant: number) => void;
  timers: Timers;
  schedules: Schedules;
  probes: Probe[];
};

/** Moves time from one due instant to the next. At each it waits until all runs and their consequences have ended. */
export async function passTime(advance: AdvanceContext, ms: number): Promise<number> {
  const { now, timers, schedules } = advance;
  pause(timers);
  try {
    await advanceTo(advance, now() + ms);
  } finally {
    endSpan(schedules);
    resume(timers);
  }
  return now();
}

async function advanceTo(advance: AdvanceContext, target: number): Promise<void> {
  const { now, shiftTo, timers, schedules } = advance;
  beginSpan(schedules, { from: now(), to: target });
  let processed = await waitUntilQuiet(advance, { isFirst: true });
  for (let next = earliest(timers); next && next.at <= target; next = earliest(timers)) {
    shiftTo(next.at);
    processed = await runAllDue(advance, processed);
  }
  shiftTo(target);
}

/** `before` and the result: the number of items that all engines had processed before and after. */
async function runAllDue(advance: AdvanceContext, before: number): Promise<number> {
  const { timers, schedules } = advance;
  const { added } = timers;
  const fired = fireDue(timers);
  const processed = await waitUntilQuiet(advance, { isFirst: false });
  const isStale = timers.added !== added || processed !== before || fired.some((timer) => !timer.scheduled);
  if (isStale) forgetHints(schedules);
  skipEmpty(schedules);
  return processed;
}

async function waitUntilQuiet({ timers, probes }: AdvanceContext, asked: { isFirst: boolean }): Promise<number> {
  let processed = 0;
  for (let calm = 0; calm < CALM_ROUNDS; ) {
    const before = timers.added;
    await allEnded(timers);
    processed = 0;
    for (const probe of probes) processed += await probe(asked);
    calm = timers.added === before ? calm + 1 : 0;
  }
  return processed;
}

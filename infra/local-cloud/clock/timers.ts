/** Node's timers overflow beyond 2^31 - 1 ms (24.8 days) and then fire at once. */
const LONGEST_SLEEP = 2 ** 31 - 1;

type Timer = { at: number; run: () => Promise<void>; scheduled?: true };

/**
 * What is to run, and when. It is started as real time passes or, while
 * paused, by an advance that goes through it step by step.
 */
export type Timers = {
  now: () => number;
  waiting: Set<Timer>;
  running: Set<Promise<void>>;
  sleep: NodeJS.Timeout | undefined;
  paused: boolean;
  /**
   * How many timers were ever added, those of schedules aside: an
   * advance compares it to see whether a run set a new one.
   */
  added: number;
};

export function createTimers(now: () => number): Timers {
  return { now, waiting: new Set(), running: new Set(), sleep: undefined, paused: false, added: 0 };
}

export function addTimer(timers: Timers, timer: Timer): () => void {
  if (!timer.scheduled) timers.added += 1;
  timers.waiting.add(timer);
  if (earliest(timers) === timer) setTimer(timers);
  return () => void timers.waiting.delete(timer);
}

export function earliest({ waiting }: Timers): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of waiting) if (!first || timer.at < first.at) first = timer;
  return first;
}

/** Starts everything that is due, in order, and returns it. */
export function fireDue(timers: Timers): Timer[] {
  const due = [...timers.waiting].filter((timer) => timer.at <= timers.now()).sort((a, b) => a.at - b.at);
  for (const timer of due) timers.waiting.delete(timer);
  for (const timer of due) start(timers, timer);
  return due;
}

/** From here on nothing starts because real time passes: an advance alone decides the order. */
export function pause(timers: Timers): void {
  timers.paused = true;
  setTimer(timers);
}

export function resume(timers: Timers): void {
  timers.paused = false;
  setTimer(timers);
}

export async function allEnded({ running }: Timers): Promise<void> {
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
  if (!next) return;
  timers.sleep = setTimeout(() => scheduleWakeUp(timers), Math.min(Math.max(next.at - timers.now(), 0), LONGEST_SLEEP));
  timers.sleep.unref();
}

function scheduleWakeUp(timers: Timers): void {
  fireDue(timers);
  setTimer(timers);
}

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
export type NextDue = number | void;

type Schedule = { period: number; run: () => Promise<NextDue>; cancel: () => void; hint: number | undefined };

type Span = { from: number; to: number };

/**
 * Schedules that run at multiples of their period, as EventBridge's rates do. Only an advance skips runs:
 * - A run that says when it will next have something to do is not run again before that. If any other timer has run or
 *   been set meanwhile, or anything went through an engine, what a run of every minute said may no longer hold, and it runs
 *   at its next occurrence.
 * - A run that says nothing runs at each occurrence. If an advance holds more than `OCCURRENCES`, it runs at every second,
 *   every third and so on instead, and always at the last one.
 */
export type Schedules = { timers: Timers; all: Set<Schedule>; advancedSpan: Span | undefined };

export function createSchedules(timers: Timers): Schedules {
  return { timers, all: new Set(), advancedSpan: undefined };
}

export function addSchedule(
  schedules: Schedules,
  { period, run }: { period: number; run: () => Promise<NextDue> },
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
  schedules.advancedSpan = span;
}

/** After an advance every schedule is due at its next occurrence, whatever it said: real time may bring anything. */
export function endSpan(schedules: Schedules): void {
  schedules.advancedSpan = undefined;
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

function nextOccurrence({ timers, advancedSpan }: Schedules, period: number): number {
  const next = alignedAfter(period, timers.now());
  if (!advancedSpan) return next;
  const stride = Math.max(Math.ceil((advancedSpan.to - advancedSpan.from) / period / OCCURRENCES), 1);
  const last = Math.floor(advancedSpan.to / period) * period;
  return next <= last ? Math.min(next + (stride - 1) * period, last) : next;
}

/**
 * How often in a row all probes must find nothing new: one engine may
 * give work to another that was already found quiet.
 */
const CALM_ROUNDS = 2;

/**
 * Resolves once an engine has nothing to do, with how much went through it so far; 0 from one that counts nothing.
 * `isFirst`: at the beginning of an advance, before which anybody may have written anything anywhere.
 */
export type Probe = (asked: { isFirst: boolean }) => Promise<number>;

type AdvanceContext = {
  now: () => number;
  shiftTo: (instant: number) => void;
  timers: Timers;
  schedules: Schedules;
  probes: Probe[];
};

/**
 * Moves time from one due instant to the next; at each it waits until
 * all that runs there, and follows from it, has ended.
 */
export async function passTime(passage: AdvanceContext, ms: number): Promise<number> {
  const { now, timers, schedules } = passage;
  pause(timers);
  try {
    await advanceTo(passage, now() + ms);
  } finally {
    endSpan(schedules);
    resume(timers);
  }
  return now();
}

async function advanceTo(passage: AdvanceContext, target: number): Promise<void> {
  const { now, shiftTo, timers, schedules } = passage;
  beginSpan(schedules, { from: now(), to: target });
  let through = await waitUntilQuiet(passage, { isFirst: true });
  for (let next = earliest(timers); next && next.at <= target; next = earliest(timers)) {
    shiftTo(next.at);
    through = await runAllDue(passage, through);
  }
  shiftTo(target);
}

/** `before` and what it resolves with: how much went through all engines until then. */
async function runAllDue(passage: AdvanceContext, before: number): Promise<number> {
  const { timers, schedules } = passage;
  const { added } = timers;
  const fired = fireDue(timers);
  const through = await waitUntilQuiet(passage, { isFirst: false });
  const isStale = timers.added !== added || through !== before || fired.some((timer) => !timer.scheduled);
  if (isStale) forgetHints(schedules);
  skipEmpty(schedules);
  return through;
}

async function waitUntilQuiet({ timers, probes }: AdvanceContext, asked: { isFirst: boolean }): Promise<number> {
  let through = 0;
  for (let calm = 0; calm < CALM_ROUNDS; ) {
    const before = timers.added;
    await allEnded(timers);
    through = 0;
    for (const probe of probes) through += await probe(asked);
    calm = timers.added === before ? calm + 1 : 0;
  }
  return through;
}

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
  if (earliest(timers) === timer) arm(timers);
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
  arm(timers);
}

export function resume(timers: Timers): void {
  timers.paused = false;
  arm(timers);
}

export async function allEnded({ running }: Timers): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

function start(timers: Timers, timer: Timer): void {
  const run = timer.run().catch((error: unknown) => console.error("What was due on the clock failed:", error));
  timers.running.add(run);
  void run.then(() => timers.running.delete(run));
}

function arm(timers: Timers): void {
  clearTimeout(timers.sleep);
  const next = timers.paused ? undefined : earliest(timers);
  if (!next) return;
  timers.sleep = setTimeout(() => wake(timers), Math.min(Math.max(next.at - timers.now(), 0), LONGEST_SLEEP));
  timers.sleep.unref();
}

function wake(timers: Timers): void {
  fireDue(timers);
  arm(timers);
}

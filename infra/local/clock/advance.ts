import { beginSpan, endSpan, forgetHints, type Schedules, skipEmpty } from "./schedules.ts";
import { allEnded, earliest, fireDue, pause, resume, type Timers } from "./timers.ts";

/**
 * How often in a row all probes must find nothing new: one engine may
 * give work to another that was already found quiet.
 */
const CALM_ROUNDS = 2;

/** `isFirst`: at the beginning of an advance, before which anybody may have written anything anywhere. */
export type Probe = (asked: { isFirst: boolean }) => Promise<void>;

type Passage = {
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
export async function passTime(passage: Passage, ms: number): Promise<number> {
  const { now, timers, schedules } = passage;
  pause(timers);
  try {
    await walk(passage, now() + ms);
  } finally {
    endSpan(schedules);
    resume(timers);
  }
  return now();
}

async function walk(passage: Passage, target: number): Promise<void> {
  const { now, shiftTo, timers, schedules } = passage;
  beginSpan(schedules, { from: now(), to: target });
  await quiet(passage, { isFirst: true });
  for (let next = earliest(timers); next && next.at <= target; next = earliest(timers)) {
    shiftTo(next.at);
    await step(passage);
  }
  shiftTo(target);
}

async function step(passage: Passage): Promise<void> {
  const { timers, schedules } = passage;
  const before = timers.added;
  const fired = fireDue(timers);
  await quiet(passage, { isFirst: false });
  const stale = timers.added !== before || fired.some((timer) => !timer.scheduled);
  if (stale) forgetHints(schedules);
  skipEmpty(schedules);
}

async function quiet({ timers, probes }: Passage, asked: { isFirst: boolean }): Promise<void> {
  for (let calm = 0; calm < CALM_ROUNDS; ) {
    const before = timers.added;
    await allEnded(timers);
    for (const probe of probes) await probe(asked);
    calm = timers.added === before ? calm + 1 : 0;
  }
}

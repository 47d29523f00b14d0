import { beginSpan, endSpan, forgetHints, type Schedules, skipEmpty } from "./schedules.ts";
import { allEnded, earliest, fireDue, pause, resume, type Timers } from "./timers.ts";

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
  let through = await quiet(passage, { isFirst: true });
  for (let next = earliest(timers); next && next.at <= target; next = earliest(timers)) {
    shiftTo(next.at);
    through = await step(passage, through);
  }
  shiftTo(target);
}

/** `before` and what it resolves with: how much went through all engines until then. */
async function step(passage: Passage, before: number): Promise<number> {
  const { timers, schedules } = passage;
  const { added } = timers;
  const fired = fireDue(timers);
  const through = await quiet(passage, { isFirst: false });
  const isStale = timers.added !== added || through !== before || fired.some((timer) => !timer.scheduled);
  if (isStale) forgetHints(schedules);
  skipEmpty(schedules);
  return through;
}

async function quiet({ timers, probes }: Passage, asked: { isFirst: boolean }): Promise<number> {
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

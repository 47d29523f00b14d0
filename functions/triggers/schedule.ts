import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { addMilliseconds, dayMs } from "#shared/domain/time/duration.ts";
import { failureName, log } from "#shared/runtime/log.ts";

/** One run of a function that runs again and again. */
export type Run = {
  now: string;
  /** When to stop, by `performance.now()`; the next run goes on where this one stopped. */
  until: number;
};

type ScheduledWork = {
  /** How long a run may take before it leaves the rest to the next; absent where it does all or, killed, starts anew. */
  budgetMs?: number;
  /**
   * Returns when there is something to do again: only the local cloud goes by it, to skip runs that would find nothing.
   */
  run: (run: Run) => Promise<string>;
};

/** The pipeline of every function that runs again and again. */
export function scheduled({ budgetMs = Number.POSITIVE_INFINITY, run }: ScheduledWork) {
  return middy(async () => {
    const now = new Date().toISOString();
    return { nextDueAt: await run({ now, until: performance.now() + budgetMs }) };
  }).use(injectLambdaContext(log));
}

const concurrency = 8;

type ConcurrentWork<T> = { message: string; processOne: (one: T) => Promise<void> };

/**
 * Attends to all items, eight at a time, and returns how many failed. One that fails is logged under `message` and
 * keeps no other from its turn; to try it again is up to the caller.
 */
export async function processConcurrently<T extends { id: string }>(
  all: T[],
  { message, processOne }: ConcurrentWork<T>,
): Promise<number> {
  const remaining = all.values();
  let failures = 0;
  const serve = async () => {
    for (const one of remaining)
      await processOne(one).catch((error: unknown) => {
        failures++;
        log.error(message, { id: one.id, failure: failureName(error) });
      });
  };
  await Promise.all(Array.from({ length: concurrency }, serve));
  return failures;
}

type PendingWork<T> = { list: () => Promise<T[]>; message: string; processOne: (one: T) => Promise<void> };

/**
 * Attends to the pending items that are due, one after the other. One that fails is logged under `message`, keeps no
 * other from its turn and is tried again in the next run. Returns when there is something to do again.
 */
export async function processPending<T extends { dueAt: string }>(
  { now, until }: Run,
  { list, message, processOne }: PendingWork<T>,
): Promise<string> {
  const pending = await list();
  for (const one of pending.filter(({ dueAt }) => dueAt <= now)) {
    await processOne(one).catch((error: unknown) => log.error(message, { ...one, failure: failureName(error) }));
    if (performance.now() > until) break;
  }
  const [next] = pending.length > 0 ? await list() : [];
  // Nothing is pending, and only a request can change that; the function runs again every minute anyway.
  return next?.dueAt ?? addMilliseconds(now, dayMs);
}

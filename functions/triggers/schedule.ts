import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { errorName, log } from "#shared/runtime/log.ts";

/** One run of a scheduled function. */
export type Run = {
  now: string;
  /** When to stop, on the scale of `performance.now()`. The next run continues where this one stopped. */
  until: number;
};

type ScheduledWork = {
  /**
   * How long a run may take before it leaves the rest to the next run. Absent if a run always does all its work, and a run
   * that was killed is simply repeated.
   */
  budgetMs?: number;
  /**
   * Returns the time at which there is work again: `now` if the next run has work, `nothingPending` where only a request or
   * another function can bring work. Only the local cloud uses it, to skip runs that would find no work.
   */
  run: (run: Run) => Promise<string>;
};

/** Comes after every time. */
export const nothingPending = "9999-12-31T23:59:59.999Z";

/** The pipeline of every scheduled function. */
export function scheduled({ budgetMs = Number.POSITIVE_INFINITY, run }: ScheduledWork) {
  return middy(async () => {
    const now = new Date().toISOString();
    return { nextDueAt: await run({ now, until: performance.now() + budgetMs }) };
  }).use(injectLambdaContext(log));
}

const concurrency = 8;

type ConcurrentWork<T> = { message: string; processOne: (item: T) => Promise<void> };

/**
 * Processes all items, eight at a time, and returns how many failed. A failure is logged under `message` and does not stop the
 * other items. The caller decides whether a failed item is tried again.
 */
export async function processConcurrently<T extends { id: string }>(
  all: T[],
  { message, processOne }: ConcurrentWork<T>,
): Promise<number> {
  const remaining = all.values();
  let failures = 0;
  const processRemaining = async () => {
    for (const item of remaining)
      await processOne(item).catch((error: unknown) => {
        failures++;
        log.error(message, { id: item.id, errorName: errorName(error) });
      });
  };
  await Promise.all(Array.from({ length: concurrency }, processRemaining));
  return failures;
}

/** An item may have texts and persons, which no log may have. */
const idsOf = (item: object) =>
  Object.fromEntries(Object.entries(item).filter(([name]) => name === "id" || name === "dueAt" || name.endsWith("Id")));

type PendingWork<T> = { list: () => Promise<T[]>; message: string; processOne: (item: T) => Promise<void> };

/**
 * Processes the pending items that are due, one after the other. A failure is logged under `message` and does not stop the
 * other items; the next run tries the item again. Returns the time at which there is work again.
 */
export async function processPending<T extends { dueAt: string }>(
  { now, until }: Run,
  { list, message, processOne }: PendingWork<T>,
): Promise<string> {
  const pending = await list();
  for (const item of pending.filter(({ dueAt }) => dueAt <= now)) {
    await processOne(item).catch((error: unknown) =>
      log.error(message, { ...idsOf(item), errorName: errorName(error) }),
    );
    if (performance.now() > until) break;
  }
  const [next] = pending.length > 0 ? await list() : [];
  return next?.dueAt ?? nothingPending;
}

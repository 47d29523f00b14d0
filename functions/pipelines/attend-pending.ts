import { dayMs, later } from "#shared/domain/time/duration.ts";
import { failureOf, log } from "#shared/runtime/log.ts";

import type { Run } from "./scheduled.ts";

type Attending<T> = { list: () => Promise<T[]>; message: string; attendTo: (one: T) => Promise<void> };

/**
 * Attends to the pending items that are due, one after the other. One that fails is logged under `message`, keeps no
 * other from its turn and is tried again in the next run. Returns when there is something to do again.
 */
export async function attendPending<T extends { dueAt: string }>(
  { now, until }: Run,
  { list, message, attendTo }: Attending<T>,
): Promise<string> {
  const pending = await list();
  for (const one of pending.filter(({ dueAt }) => dueAt <= now)) {
    await attendTo(one).catch((error: unknown) => log.error(message, { ...one, failure: failureOf(error) }));
    if (performance.now() > until) break;
  }
  const [next] = pending.length > 0 ? await list() : [];
  // Nothing is pending, and only a request can change that; the function runs again every minute anyway.
  return next?.dueAt ?? later(now, dayMs);
}

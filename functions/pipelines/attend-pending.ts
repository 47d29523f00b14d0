import { later } from "#shared/domain/time/duration.ts";
import { failureOf, log } from "#shared/runtime/log.ts";

import type { Run } from "./scheduled.ts";

const dayMs = 24 * 60 * 60_000;

type Pending<T> = { list: () => Promise<T[]>; message: string; attendTo: (one: T) => Promise<void> };

/**
 * Attends to what is due of what is pending, one after the other. One that fails stays as it is, keeps no other from its
 * turn, is logged under the message and tried again in a minute. Returns when there is something to do again.
 */
export async function attendPending<T extends { dueAt: string }>(
  { now, until }: Run,
  { list, message, attendTo }: Pending<T>,
): Promise<string> {
  const pending = await list();
  for (const one of pending.filter(({ dueAt }) => dueAt <= now)) {
    await attendTo(one).catch((error: unknown) => log.error(message, { ...one, failure: failureOf(error) }));
    if (performance.now() > until) break;
  }
  const [next] = pending.length > 0 ? await list() : [];
  // Where nothing is pending, only a request makes it so.
  return next?.dueAt ?? later(now, dayMs);
}

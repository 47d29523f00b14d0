import { later } from "#shared/domain/time/duration.ts";
import { log } from "#shared/runtime/log.ts";

const dayMs = 24 * 60 * 60_000;

export type Run = {
  now: string;
  /** When to stop, as `performance.now()` counts. */
  until: number;
};

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
    await attendTo(one).catch((error: unknown) =>
      log.error(message, { ...one, failure: error instanceof Error ? error.name : "unknown" }),
    );
    if (performance.now() > until) break;
  }
  const [next] = pending.length > 0 ? await list() : [];
  // Where nothing is pending, only a request makes it so.
  return next?.dueAt ?? later(now, dayMs);
}

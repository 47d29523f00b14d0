import { dayMs, later } from "#shared/domain/time/duration.ts";
import { countDeadLetters, countWaiting } from "#shared/messaging/agency-queues.ts";
import { agencyIds, queueConsumers } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { countedBack } from "#shared/store/events/feeds.ts";
import { inTurns } from "../pipelines/in-turns.ts";
import { type Run, scheduled } from "../pipelines/scheduled.ts";

/** Every hour: what agencies have not taken out of their queues and since when, and what they could not consume. */
export const handler = scheduled({ run: watchQueues });

/** What one agency has left; an agency that reads its feed leaves its queue full, so its queue is not looked at. */
type Left = { agencyId: string; waiting: number; oldestSeconds: number; deadLetters: number };

export async function watchQueues({ now }: Run): Promise<string> {
  const all: Left[] = [];
  const failed = await inTurns(
    agencyIds.map((id) => ({ id })),
    {
      message: "agency queues not read",
      async attendTo({ id }) {
        all.push({ agencyId: id, ...(await leftIn(id, now)), deadLetters: await countDeadLetters(id) });
      },
    },
  );
  log.info(logEvents.queuesWatched, {
    oldestSeconds: Math.max(0, ...all.map(({ oldestSeconds }) => oldestSeconds)),
    deadLetters: all.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
    left: all.filter(({ waiting, deadLetters }) => waiting + deadLetters > 0),
  });
  if (failed > 0) throw new Error(`the queues of ${failed} agencies could not be read`);
  return later(now, dayMs);
}

/**
 * SQS tells how many messages wait, and nothing of their age. Those that wait are different events of the agency's feed,
 * so the oldest of seven is at least as old as the feed's seventh from its end.
 */
async function leftIn(agencyId: string, now: string): Promise<Pick<Left, "waiting" | "oldestSeconds">> {
  const waiting = queueConsumers.includes(agencyId) ? await countWaiting(agencyId) : 0;
  const at = waiting > 0 ? await countedBack(agencyId, waiting) : undefined;
  const age = at === undefined ? 0 : Date.parse(now) - Date.parse(at);
  return { waiting, oldestSeconds: Math.max(0, Math.round(age / 1_000)) };
}

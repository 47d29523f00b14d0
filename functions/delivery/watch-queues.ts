import { addMilliseconds, dayMs } from "#shared/domain/time/duration.ts";
import { countDeadLetters, countQueuedMessages } from "#shared/messaging/queues.ts";
import { timeOfNthLastEvent } from "#shared/persistence/delivery/feeds.ts";
import { agencyIds, queueConsumers } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";

/** Every hour: what agencies have not taken out of their queues and since when, and what they could not consume. */
export const handler = scheduled({ run: monitorQueues });

/** What one agency has left; an agency that reads its feed leaves its queue full, so its queue is not looked at. */
type QueueBacklog = { agencyId: string; waiting: number; oldestSeconds: number; deadLetters: number };

export async function monitorQueues({ now }: Run): Promise<string> {
  const all: QueueBacklog[] = [];
  const failed = await processConcurrently(
    agencyIds.map((id) => ({ id })),
    {
      message: "agency queues not read",
      async processOne({ id }) {
        all.push({ agencyId: id, ...(await readBacklog(id, now)), deadLetters: await countDeadLetters(id) });
      },
    },
  );
  log.info(logEvents.queuesMonitored, {
    oldestSeconds: Math.max(0, ...all.map(({ oldestSeconds }) => oldestSeconds)),
    deadLetters: all.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
    left: all.filter(({ waiting, deadLetters }) => waiting + deadLetters > 0),
  });
  if (failed > 0) throw new Error(`the queues of ${failed} agencies could not be read`);
  return addMilliseconds(now, dayMs);
}

/**
 * SQS tells how many messages wait, and nothing of their age. Those that wait are different events of the agency's feed,
 * so the oldest of seven is at least as old as the feed's seventh from its end.
 */
async function readBacklog(agencyId: string, now: string): Promise<Pick<QueueBacklog, "waiting" | "oldestSeconds">> {
  const waiting = queueConsumers.includes(agencyId) ? await countQueuedMessages(agencyId) : 0;
  const at = waiting > 0 ? await timeOfNthLastEvent(agencyId, waiting) : undefined;
  const age = at === undefined ? 0 : Date.parse(now) - Date.parse(at);
  return { waiting, oldestSeconds: Math.max(0, Math.round(age / 1_000)) };
}

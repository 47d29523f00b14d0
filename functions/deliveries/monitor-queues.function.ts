import { agencyIds, queueConsumers } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { nothingPending, processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { timeOfNthLastEvent } from "./feeds.store.ts";
import { countDeadLetters, countQueuedMessages } from "./queues.job.ts";

/**
 * Every hour: logs for each agency how many messages wait in its queue, for how long, and how many dead letters it has.
 */
export const handler = scheduled({ run: monitorQueues });

/** The backlog of one agency. An agency that reads its feed never empties its queue, so its queue is not counted. */
type QueueBacklog = { agencyId: string; waiting: number; oldestSeconds: number; deadLetters: number };

export async function monitorQueues({ now }: Run): Promise<string> {
  const all: QueueBacklog[] = [];
  const failed = await processConcurrently(
    agencyIds.map((id) => ({ id })),
    {
      message: "agency queues monitoring failed",
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
  // Messages that wait grow older.
  const isAnyWaiting = all.some(({ waiting, deadLetters }) => waiting + deadLetters > 0);
  return isAnyWaiting ? addMilliseconds(now, dayMs) : nothingPending;
}

/**
 * SQS counts the waiting messages, but does not give their age. The waiting messages are different events of the agency's
 * feed. So the oldest of seven waiting messages is at least as old as the seventh event from the end of the feed.
 */
async function readBacklog(agencyId: string, now: string): Promise<Pick<QueueBacklog, "waiting" | "oldestSeconds">> {
  const waiting = queueConsumers.includes(agencyId) ? await countQueuedMessages(agencyId) : 0;
  const at = waiting > 0 ? await timeOfNthLastEvent(agencyId, waiting) : undefined;
  const age = at === undefined ? 0 : Date.parse(now) - Date.parse(at);
  return { waiting, oldestSeconds: Math.max(0, Math.round(age / 1_000)) };
}

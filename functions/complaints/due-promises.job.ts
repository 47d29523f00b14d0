import { executeClockMove } from "#shared/complaints/clock-moves.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { listDuePromises, unlistFirstReminder } from "#shared/complaints/promises.store.ts";
import { remindOfPromises } from "#shared/complaints/promises.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { nothingPending, processConcurrently, type Run } from "../triggers/schedule.ts";

/** Reminds agencies of promised actions of the next days. Returns when the next reminder is due. */
export async function remindOfDuePromises({ now }: Pick<Run, "now">): Promise<string> {
  const { due, next } = await listDuePromises(now);
  await processConcurrently(due, {
    message: logEvents.dueNotProcessed,
    processOne: async (entry) => {
      const decide = (complaint: Complaint, at: string) => remindOfPromises(complaint, { now: at });
      await executeClockMove({ id: entry.id, now, decide });
      await unlistFirstReminder(entry);
    },
  });
  return due.length > 0 ? now : (next ?? nothingPending);
}

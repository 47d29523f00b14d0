import { executeClockMove } from "#shared/complaints/clock-moves.store.ts";
import { type DueComplaint, listDue } from "#shared/complaints/due-complaints.store.ts";
import { expire } from "#shared/complaints/lifecycle.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { nothingPending, processConcurrently, type Run } from "../triggers/schedule.ts";
import { startEscalation, startExecution } from "./start-escalation.job.ts";

/**
 * Starts an execution for each late complaint, and closes each complaint whose citizen did not react to the answer in time. The index
 * alone decides which complaints are due: those that one run did not reach are still due in the next. Returns when the next complaint is
 * due: now where this run found one, since it may still be due afterwards.
 */
export async function processDueComplaints({ now, until }: Run): Promise<string> {
  const message = logEvents.dueNotProcessed;
  let found = 0;
  const nexts: string[] = [];
  for await (const { due, next } of listDue(now)) {
    const failed = await processConcurrently(due, {
      message,
      processOne: (complaint) => processDueComplaint(complaint, now),
    });
    if (due.length > 0) log.info("due complaints processed", { found: due.length, failed });
    found += due.length;
    if (next) nexts.push(next);
    if (performance.now() > until) break;
  }
  return found > 0 ? now : (nexts.sort()[0] ?? nothingPending);
}

async function processDueComplaint({ dueAt, ...complaint }: DueComplaint, now: string): Promise<void> {
  const { id, status } = complaint;
  if (status === "answered") {
    await executeClockMove({ id, now, decide: (current, at) => expire(current, { now: at }) });
    return;
  }
  await startEscalation("complaint", complaint, { dueAt, now, start: startExecution });
}

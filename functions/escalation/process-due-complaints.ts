import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expire } from "#shared/domain/complaint/lifecycle.ts";
import { executionNameFor } from "#shared/domain/deadlines/escalation.ts";
import { calendarEndState } from "#shared/domain/time/office-hours.ts";
import { executeClockMove } from "#shared/persistence/complaints/clock-moves.ts";
import { type DueComplaint, listDue } from "#shared/persistence/due.ts";
import { calendarUntil } from "#shared/province/slices.static.ts";
import { clientTimeouts, env } from "#shared/runtime/environment.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { nothingPending, processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { processDueIssues } from "./due-issues.ts";
import { queueDueLateMails } from "./due-late-mails.ts";
import { remindOfDuePromises } from "./due-promises.ts";
import { processDueVisits } from "./overdue-visits.ts";

const stepFunctions = new SFNClient({ requestHandler: clientTimeouts(2_000) });

/** The input of an execution: the complaint or issue, and the time at which its next level is due. */
export type Escalation = { complaintId: string; dueAt: string };

/** Starts an execution. Does nothing where an execution of this name runs or has ended (see `executionNameFor`). */
export async function startEscalation({ name, escalation }: { name: string; escalation: Escalation }): Promise<void> {
  const start = new StartExecutionCommand({
    stateMachineArn: env("ESCALATION_MACHINE"),
    name,
    input: JSON.stringify(escalation),
  });
  await stepFunctions.send(start).catch((error: unknown) => {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  });
}

/**
 * Every minute: starts an execution for each late complaint, closes each complaint whose citizen did not react to the
 * answer in time, does the same for issues, notes visits that were not reported in time, reminds agencies of what they promised, and
 * has officials mailed about late complaints that wait. The
 * index alone decides which complaints are due. After an outage, complaints that one run did not reach are still due in the
 * next run.
 */
export const handler = scheduled({
  budgetMs: 7_000,
  async run({ now, until }) {
    warnOfCalendarEnd(now);
    const nexts = [
      await processDueComplaints({ now, until }),
      await processDueIssues(now, startEscalation),
      await processDueVisits(now),
      await remindOfDuePromises(now),
      await queueDueLateMails(now),
    ];
    return nexts.sort()[0] ?? now;
  },
});

/** Warns once an hour, though the function runs every minute: the log stays readable. */
function warnOfCalendarEnd(now: string): void {
  const { ended, endsSoon } = calendarEndState(calendarUntil, now);
  if (!endsSoon || now.slice(14, 16) !== "00") return;
  log.warn(logEvents.calendarEnds, { until: calendarUntil, ended });
}

/** Returns when the next complaint is due: now where this run found one, since it may still be due afterwards. */
async function processDueComplaints({ now, until }: Run): Promise<string> {
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
  const name = executionNameFor({ ...complaint, dueAt }, now);
  if (name) await startEscalation({ name, escalation: { complaintId: id, dueAt } });
}

import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { expire } from "#shared/domain/complaint/lifecycle.ts";
import { executionFor } from "#shared/domain/escalation/watch.ts";
import { calendarEnd } from "#shared/domain/time/calendar-end.ts";
import { dayMs, later, minuteMs } from "#shared/domain/time/duration.ts";
import { startEscalation } from "#shared/messaging/escalations.ts";
import { calendarUntil } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { moveByClock } from "#shared/store/complaints/clock-moves.ts";
import { type DueComplaint, listDue } from "#shared/store/complaints/due.ts";
import { inTurns } from "../pipelines/in-turns.ts";

/**
 * Every minute: starts an execution for each late complaint, and closes answers that the citizen did not react to. Goes
 * by the index alone, so an outage heals itself: what one sweep does not reach is still due for the next.
 */
export const handler = scheduled({
  budgetMs: 7_000,
  async run({ now, until }) {
    tellOfCalendar(now);
    const { found, next } = await attendDue({ now, until });
    // Complaints that were due are looked at again in a minute, until they are due no more.
    return found > 0 ? later(now, minuteMs) : (next ?? later(now, dayMs));
  },
});

/** Once an hour, so that the log stays readable: the sweep runs every minute anyway. */
function tellOfCalendar(now: string): void {
  const { ended, endsSoon } = calendarEnd(calendarUntil, now);
  if (!endsSoon || now.slice(14, 16) !== "00") return;
  log.warn(logEvents.calendarEnds, { until: calendarUntil, ended });
}

async function attendDue({ now, until }: Run): Promise<{ found: number; next: string | undefined }> {
  const message = logEvents.dueNotAttended;
  let found = 0;
  const nexts: string[] = [];
  for await (const { due, next } of listDue(now)) {
    const failed = await inTurns(due, { message, attendTo: (complaint) => attend(complaint, now) });
    if (due.length > 0) log.info("due complaints attended", { found: due.length, failed });
    found += due.length;
    if (next) nexts.push(next);
    if (performance.now() > until) break;
  }
  return { found, next: nexts.sort()[0] };
}

async function attend({ dueAt, ...complaint }: DueComplaint, now: string): Promise<void> {
  const { id, status } = complaint;
  if (status === "answered") {
    await moveByClock({ id, now, decide: (current, at) => expire(current, { now: at }) });
    return;
  }
  const name = executionFor({ ...complaint, dueAt }, now);
  if (name) await startEscalation({ name, escalation: { id, due: dueAt } });
}

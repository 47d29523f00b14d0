import { calendarEndState } from "#shared/hours/office-hours.ts";
import { calendarUntil } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { remindOfDuePromises } from "../complaints/due-promises.job.ts";
import { processDueVisits } from "../complaints/due-visits.job.ts";
import { nothingPending, type Run, scheduled } from "../triggers/schedule.ts";
import { processDueComplaints } from "./due-complaints.job.ts";
import { processDueIssues } from "./due-issues.job.ts";
import { queueDueLateMails } from "./due-late-mails.job.ts";

/** The jobs of each minute, in this order. Each job returns when it has something to do next. */
const jobs: readonly ((run: Run) => Promise<string>)[] = [
  warnOfCalendarEnd,
  processDueComplaints,
  processDueIssues,
  processDueVisits,
  remindOfDuePromises,
  queueDueLateMails,
];

export const handler = scheduled({
  budgetMs: 7_000,
  async run(run) {
    const nexts: string[] = [];
    for (const job of jobs) nexts.push(await job(run));
    return nexts.sort()[0] ?? run.now;
  },
});

/** Warns once an hour, though the function runs every minute: the log stays readable. */
async function warnOfCalendarEnd({ now }: Run): Promise<string> {
  const { ended, endsSoon } = calendarEndState(calendarUntil, now);
  if (endsSoon && now.slice(14, 16) === "00") log.warn(logEvents.calendarEnds, { until: calendarUntil, ended });
  return nothingPending;
}

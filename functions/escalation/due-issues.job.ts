import type * as z from "zod";
import { escalationLevels } from "#shared/province/slices.static.ts";
import { pendingIssueKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPending } from "#shared/storage/due.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Issue } from "../issues/issue.ts";
import { nextLevelDue, passIssueTime } from "../issues/issue-clock.ts";
import { executeIssueCommand } from "../issues/issue-commands.store.ts";
import { nothingPending, processConcurrently, type Run } from "../triggers/schedule.ts";
import { startEscalation, startExecution } from "./start-escalation.job.ts";

const DueIssue = Issue.extend({ dueAt: Instant });
type DueIssue = z.infer<typeof DueIssue>;

/**
 * Looks at each issue that is due: starts an execution where the agency is late, and writes what time alone has done. Returns when the
 * next issue is due.
 */
export async function processDueIssues({ now }: Pick<Run, "now">, start = startExecution): Promise<string> {
  const all = await listPending({ dueKey: pendingIssueKey, schema: DueIssue, failure: logEvents.dueUnreadable });
  const due = all.filter(({ dueAt }) => dueAt <= now);
  await processConcurrently(due, {
    message: logEvents.dueNotProcessed,
    processOne: (issue) => processDueIssue(issue, { now, start }),
  });
  if (due.length > 0) return now;
  return all.find(({ dueAt }) => dueAt > now)?.dueAt ?? nothingPending;
}

async function processDueIssue(
  issue: DueIssue,
  { now, start }: { now: string; start: typeof startExecution },
): Promise<void> {
  if (passIssueTime(issue, now).events.length > 0)
    await executeIssueCommand({ issueId: issue.id, now }, (found, at) => {
      const passed = passIssueTime(found, at);
      return passed.events.length > 0 ? passed : undefined;
    });
  const level = nextLevelDue(issue, escalationLevels);
  if (level !== undefined && level <= now) await startEscalation("issue", issue, { dueAt: level, now, start });
}

import type * as z from "zod";
import { executionNameFor } from "#shared/domain/deadlines/escalation.ts";
import { Issue } from "#shared/domain/issues/issue.ts";
import { nextLevelDue, passIssueTime } from "#shared/domain/issues/issue-clock.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { listPending } from "#shared/persistence/due.ts";
import { executeIssueCommand } from "#shared/persistence/issues/commands.ts";
import { escalationLevels } from "#shared/province/slices.static.ts";
import { pendingIssueKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { nothingPending, processConcurrently } from "../triggers/schedule.ts";

const DueIssue = Issue.extend({ dueAt: Instant });
type DueIssue = z.infer<typeof DueIssue>;

/** Starts the execution that escalates an issue, under a name that starts one execution only. */
type Start = (execution: { name: string; escalation: { complaintId: string; dueAt: string } }) => Promise<void>;

/**
 * Looks at each issue that is due: starts an execution where the agency is late, and writes what time alone has done. Returns when the
 * next issue is due.
 */
export async function processDueIssues(now: string, start: Start): Promise<string> {
  const all = await listPending({ dueKey: pendingIssueKey, schema: DueIssue, failure: logEvents.dueUnreadable });
  const due = all.filter(({ dueAt }) => dueAt <= now);
  await processConcurrently(due, {
    message: logEvents.dueNotProcessed,
    processOne: (issue) => processDueIssue(issue, { now, start }),
  });
  if (due.length > 0) return now;
  return all.find(({ dueAt }) => dueAt > now)?.dueAt ?? nothingPending;
}

async function processDueIssue(issue: DueIssue, { now, start }: { now: string; start: Start }): Promise<void> {
  if (passIssueTime(issue, now).events.length > 0)
    await executeIssueCommand({ issueId: issue.id, now }, (found, at) => {
      const passed = passIssueTime(found, at);
      return passed.events.length > 0 ? passed : undefined;
    });
  const level = nextLevelDue(issue, escalationLevels);
  if (level === undefined || level > now) return;
  const name = executionNameFor({ ...issue, dueAt: level }, now);
  if (name) await start({ name, escalation: { complaintId: issue.id, dueAt: level } });
}

import { escalationLevels } from "#shared/province/slices.static.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { countyOfHours, escalateIssue } from "../issues/issue-clock.ts";
import { executeIssueCommand } from "../issues/issue-commands.store.ts";
import type { DueLevel, Raised } from "./subject.ts";

/** Raises an issue to the level that is due, if the agency is still late. */
export async function raiseIssue({ id: issueId, dueAt, execution, now }: DueLevel): Promise<Raised> {
  const calendarOf = await readCalendars({ from: dueAt });
  let level: number | undefined;
  const { nextLevelAt, escalationExecution } = await executeIssueCommand({ issueId, now }, (found, at) => {
    const input = { due: dueAt, execution, now: at, levels: escalationLevels };
    const change = escalateIssue(found, { ...input, calendar: calendarOf(countyOfHours(found)) });
    level = change?.issue.level;
    return change;
  });
  return { level, nextLevelAt, escalationExecution };
}

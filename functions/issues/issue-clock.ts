import { levelAbove, nextLevelAfter } from "#shared/complaints/level-above.ts";
import { type Calendar, deadlineAfter, endOfOfficeDay, startOfDay } from "#shared/hours/office-clock.ts";
import {
  issuePlanDays,
  issueReadingDays,
  issueResultHour,
  issueResultMayBeLateHours,
  issueVerificationWeeks,
  outagePlanTime,
} from "#shared/policy-numbers.ts";
import type { EscalationLevels } from "#shared/province/terms.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs, hourMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import type { Authority } from "#shared/vocabulary.ts";
import type { Issue, IssuePayload } from "./issue.ts";
import { addIssueEvent, type IssueChange } from "./issue-events.ts";

type Starting = { start: Instant; calendar: Calendar };

/** Until when the agency must plan: five office days, or three office hours of an outage. */
export function planDeadline({ outage }: Pick<Issue, "outage">, { start, calendar }: Starting): Instant {
  if (!outage) return endOfOfficeDay({ start, days: issuePlanDays, calendar });
  return deadlineAfter({ start, policy: { clock: "office-hours", duration: outagePlanTime }, calendar });
}

/** Until when an inspector must read a text of the agency. */
export const readingDeadline = ({ start, calendar }: Starting): Instant =>
  endOfOfficeDay({ start, days: issueReadingDays, calendar });

/** The county whose office hours count: that of the issue, or, of several, none, so that the province's hours count. */
export const countyOfHours = ({ countyIds }: Pick<Issue, "countyIds">): string | undefined =>
  countyIds.length === 1 ? countyIds[0] : undefined;

/** The same time of the day so many weeks later. */
export const weeksAfter = (at: Instant, weeks: number): Instant => addMilliseconds(at, weeks * 7 * dayMs);

/** The next Saturday morning (Tehran) on which results are published: what is known of a mended issue by then. */
export function nextResultMorning(at: Instant): Instant {
  const date = localDate(at);
  // Saturday is day 6. Noon in UTC is the same day in Tehran.
  const daysAhead = (6 - new Date(`${date}T12:00:00.000Z`).getUTCDay() + 7) % 7;
  const morning = addMilliseconds(startOfDay(date), daysAhead * dayMs + issueResultHour * hourMs);
  return morning < at ? weeksAfter(morning, 1) : morning;
}

/**
 * Until when a mended issue can be verified before it counts as not confirmed: some hours after the last Saturday morning that can
 * bring the result of a visit in its twelve weeks.
 */
export const verifyBy = ({ doneAt }: Pick<Issue, "doneAt">): Instant | undefined =>
  doneAt &&
  addMilliseconds(nextResultMorning(weeksAfter(doneAt, issueVerificationWeeks)), issueResultMayBeLateHours * hourMs);

/** The next step of the agency, and its deadline; undefined if no step of the agency is due. */
export function owedStep({ status, planBy, promisedBy }: Issue): { step: "plan" | "proof"; by: Instant } | undefined {
  if (status === "open" || status === "recurred") return { step: "plan", by: planBy };
  return status === "planned" && promisedBy ? { step: "proof", by: promisedBy } : undefined;
}

/** When the next escalation level is due; undefined if no step of the agency is due or the highest level is reached. */
export function nextLevelDue(issue: Issue, levels: EscalationLevels): Instant | undefined {
  const owed = owedStep(issue);
  return owed && issue.level < levels.length ? (issue.nextLevelAt ?? owed.by) : undefined;
}

type TimedEvent = { at: Instant; payload: IssuePayload };

/** The next change that time alone makes to an issue, besides escalation: a text stays unread, or nobody verifies the issue. */
function nextTimedEvent({ status, unread, ...issue }: Issue): TimedEvent | undefined {
  const events: TimedEvent[] = [];
  if (unread && !unread.overdue)
    events.push({ at: unread.readBy, payload: { type: "reading-overdue", number: unread.number } });
  const verified = verifyBy(issue);
  if (status === "done" && verified) events.push({ at: verified, payload: { type: "unconfirmed" } });
  return events.sort((one, other) => (one.at < other.at ? -1 : 1))[0];
}

/** When the clock must act on an issue next. */
export function nextIssueDue(issue: Issue, levels: EscalationLevels): Instant | undefined {
  return [nextLevelDue(issue, levels), nextTimedEvent(issue)?.at].filter((at) => at !== undefined).sort()[0];
}

/** The issue as it is now, with what time has done since its last event. Every command and every view begins with this. */
export function passIssueTime(issue: Issue, now: Instant): IssueChange {
  let change: IssueChange = { issue, events: [] };
  for (let due = nextTimedEvent(issue); due && due.at <= now; due = nextTimedEvent(change.issue))
    change = addIssueEvent(change, { by: "system", ...due });
  return change;
}

/** Who is informed first: the governor of one county, or the governor-general where an issue concerns several. */
const firstAuthority = ({ countyIds }: Pick<Issue, "countyIds">): Authority =>
  countyIds.length === 1 ? "county-governor" : "governor-general";

const nextLevel = (issue: Issue, levels: EscalationLevels) =>
  levelAbove({ level: issue.level, first: firstAuthority(issue) }, levels);

type EscalationInput = {
  /** When the level to raise was due, as the execution knows it. If `nextLevelDue` differs, the issue has changed. */
  due: Instant;
  /** Name of the state machine's execution that raises the issue. */
  execution: string;
  now: Instant;
  levels: EscalationLevels;
  calendar: Calendar;
};

/**
 * Raises an issue whose agency is late by one escalation level. Returns undefined if the issue changed meanwhile or has reached
 * this level already. The wait for the next level counts from the instant `due`, not from `now`.
 */
export function escalateIssue(
  stored: Issue,
  { due, execution, now, levels, calendar }: EscalationInput,
): IssueChange | undefined {
  const change = passIssueTime(stored, now);
  const { issue } = change;
  const owed = owedStep(issue);
  if (!owed || nextLevelDue(issue, levels) !== due || now < due) return undefined;
  const reached = nextLevel(issue, levels);
  if (!reached) return undefined;
  const { level, authority } = reached;
  const nextLevelAt = nextLevelAfter(level, { levels, due, calendar });
  const raised = addIssueEvent(change, {
    by: "system",
    at: now,
    payload: { type: "escalated", level, authority, step: owed.step, dueAt: due, nextLevelAt },
  });
  return { ...raised, issue: { ...raised.issue, escalationExecution: nextLevelAt && execution } };
}

/** After a recurrence: one level up at once, unless the highest level is reached. The new plan's deadline starts the next wait. */
export function escalateRecurred(
  change: IssueChange,
  { now, levels }: Pick<EscalationInput, "now" | "levels">,
): IssueChange {
  const reached = nextLevel(change.issue, levels);
  if (!reached) return change;
  const payload = { type: "escalated" as const, level: reached.level, authority: reached.authority, dueAt: now };
  return addIssueEvent(change, { by: "system", at: now, payload });
}

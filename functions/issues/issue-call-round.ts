import type { IssueCall } from "#shared/complaints/issue-calls.ts";
import { fewestIssueAnswers, issueCallWeeks, shareOfYesForVerified } from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { Issue } from "./issue.ts";
import { nextResultMorning, passIssueTime, weeksAfter } from "./issue-clock.ts";
import { addIssueEvent, type IssueChange } from "./issue-events.ts";

/**
 * The round of calls about a mended issue. Citizens are called from `from` until `before`. Their answers are taken until `resultAt`, the
 * first Saturday morning after the round: the result then says nothing about the day of the last answer.
 */
export type CallRound = { from: Instant; before: Instant; resultAt: Instant };

/** The round that follows when the agency says that an issue is mended. Another proof begins another round. */
export function callRound(doneAt: Instant): CallRound {
  const from = weeksAfter(doneAt, issueCallWeeks.from);
  const before = weeksAfter(doneAt, issueCallWeeks.until);
  return { from, before, resultAt: nextResultMorning(before) };
}

/**
 * The issue's id and title and the times of the call round that began at `doneAt`. Undefined if the round is over. A published
 * visit, a recurrence, a withdrawal or a returned proof ends a round early. A visit that is not published yet ends nothing: who calls
 * must not learn of it.
 */
export function issueCallOf(stored: Issue, { doneAt, now }: { doneAt: Instant; now: Instant }): IssueCall | undefined {
  const { issue } = passIssueTime(stored, now);
  const { from, before, resultAt } = callRound(doneAt);
  if (!isAwaitingResult(issue, doneAt) || now >= resultAt) return undefined;
  return { issueId: issue.id, issueTitle: issue.title, doneAt, from, before };
}

const isAwaitingResult = (issue: Issue, doneAt: Instant) => issue.status === "done" && issue.doneAt === doneAt;

/** How many citizens said in a round that the issue is mended, and how many that it is not. */
export type IssueAnswers = { yes: number; no: number };

/** Whether the answers of a round verify the issue: enough citizens answered, and enough of them said yes. */
export function doAnswersVerify({ yes, no }: IssueAnswers): boolean {
  const answers = yes + no;
  return answers >= fewestIssueAnswers && yes / answers >= shareOfYesForVerified;
}

type Result = IssueAnswers & { doneAt: Instant; now: Instant };

/** Verifies the issue by the answers of its round. Undefined if they do not verify it, or if the round is over. */
export function verifyByCalls(stored: Issue, { doneAt, now, ...answers }: Result): IssueChange | undefined {
  const change = passIssueTime(stored, now);
  if (!isAwaitingResult(change.issue, doneAt) || now < callRound(doneAt).resultAt) return undefined;
  if (!doAnswersVerify(answers)) return undefined;
  return addIssueEvent(change, { by: "system", at: now, payload: { type: "verified" } });
}

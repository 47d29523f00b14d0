import * as z from "zod";
import { mostDaysWithoutContact } from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import { callsFor, daysWithoutContact, isWithoutContact } from "./answer-notices.ts";
import type { Complaint } from "./complaint.ts";
import type { ConfidentialEntry } from "./confidential-log.ts";

/** Whether the citizen says that the issue is mended. */
export const IssueAnswer = z.enum(["yes", "no"]);
export type IssueAnswer = z.infer<typeof IssueAnswer>;

/**
 * A round of calls about a mended issue, as a call about one linked complaint needs it. `doneAt` names the round: it is when the agency
 * said that the issue is mended. Citizens are called from `from` until `before`.
 */
export type IssueCall = { issueId: string; issueTitle: string; doneAt: Instant; from: Instant; before: Instant };

type CallsOfRound = { confidentialLog: readonly ConfidentialEntry[]; since: Instant };

/** All entries since the round began: an earlier round about the same complaint does not count. */
export const entriesSince = ({ confidentialLog, since }: CallsOfRound) =>
  confidentialLog.filter(({ at }) => at >= since);

/** Whether the citizen is not called again in this round: the citizen answered or declined, or was not reached on too many days. */
export function areIssueCallsOver(round: CallsOfRound): boolean {
  const log = entriesSince(round);
  const isReached = !callsFor(log, "issue").every(isWithoutContact);
  return isReached || daysWithoutContact(log, "issue") >= mostDaysWithoutContact;
}

type IssueCallQuestion = {
  confidentialLog: readonly ConfidentialEntry[];
  now: Instant;
  issueCall: IssueCall | undefined;
};

/** The call about an issue that is due now. A complaint that is not linked to it any more does not share its cause. */
export function issueCallDue({ issueId }: Complaint, { confidentialLog, now, issueCall }: IssueCallQuestion) {
  if (!issueCall || issueCall.issueId !== issueId) return undefined;
  const { from: since, before } = issueCall;
  if (now < since || now >= before || areIssueCallsOver({ confidentialLog, since })) return undefined;
  const daysTried = daysWithoutContact(entriesSince({ confidentialLog, since }), "issue");
  return { purpose: "issue" as const, daysTried };
}

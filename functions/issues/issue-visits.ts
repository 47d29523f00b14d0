import * as z from "zod";
import { IssueId } from "#shared/identifier.ts";
import { Instant } from "#shared/time/calendar.ts";
import type { Issue } from "./issue.ts";
import { nextResultMorning, passIssueTime } from "./issue-clock.ts";
import { addIssueEvent, type IssueChange } from "./issue-events.ts";
import { issueMoveRules } from "./issue-lifecycle.ts";
import { type ActingOnIssue, checkIssueMove } from "./issue-moves.ts";

/**
 * A visit that found an issue mended. Inspectors alone read it. At `publishAt` the issue becomes `verified`, in one word, as it does by
 * the answers of called citizens: nobody learns whether an inspector came. `doneAt` names the proof that was looked at.
 */
export const IssueVisit = z.object({
  issueId: IssueId,
  doneAt: Instant,
  reportedAt: Instant,
  person: z.string(),
  arrivedAt: Instant,
  text: z.string(),
  publishAt: Instant,
});
export type IssueVisit = z.infer<typeof IssueVisit>;

type Reported = { now: Instant; person: string; arrivedAt: Instant; text: string };

/**
 * An inspector has seen at the office that the issue is mended: what time alone has changed until then. The visit itself
 * changes nothing before it is published.
 */
export const reportVisit = (
  issue: Issue,
  { now, actor, arrivedAt }: ActingOnIssue & { arrivedAt: Instant },
): IssueChange => checkIssueMove(issue, "verify", { now, actor, facts: { arrivedAt } });

/** The visit to keep, of an issue that may be verified. */
export const visitOf = ({ id: issueId, doneAt = "" }: Issue, { now, ...report }: Reported): IssueVisit => ({
  issueId,
  doneAt,
  ...report,
  reportedAt: now,
  publishAt: nextResultMorning(now),
});

/** Verifies the issue by a visit. Undefined if the visit is not due yet, or the proof that was looked at does not stand any more. */
export function publishVisit(
  stored: Issue,
  { doneAt, publishAt, now }: Pick<IssueVisit, "doneAt" | "publishAt"> & { now: Instant },
): IssueChange | undefined {
  const change = passIssueTime(stored, now);
  const { status, doneAt: standing } = change.issue;
  const mayBePublished = issueMoveRules["publish-visit"].from.includes(status) && standing === doneAt;
  if (!mayBePublished || now < publishAt) return undefined;
  return addIssueEvent(change, { by: "system", at: now, payload: { type: "verified" } });
}

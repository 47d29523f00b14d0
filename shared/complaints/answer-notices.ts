import * as z from "zod";
import { Fault } from "../fault.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { mostDaysWithoutContact, noticeCallsAfterDays } from "../policy-numbers.ts";
import { isSandbox } from "../province/directory.ts";
import { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import { type Complaint, lateDisputeBy } from "./complaint.ts";
import type { CallPurpose, ConfidentialEntry, NewEntry } from "./confidential-log.ts";
import { secretRestsUntil } from "./refusals.ts";

/**
 * A notice of the answer, as it is stored: a mail that was accepted, an SMS that was delivered, or the citizen's own look at
 * the case. `addressDigest`: the digest of the mailed address, since the mail may still bounce.
 */
export const AnswerNotice = z.object({
  way: z.enum(["mail", "sms", "view"]),
  at: Instant,
  addressDigest: z.string().optional(),
});
export type AnswerNotice = z.infer<typeof AnswerNotice>;

/**
 * Whether a call informed the citizen of the answer, or the call centre read the answered case to the citizen. A reading while a renewed
 * secret rests does not count: the person on the telephone may be another.
 */
export function wasInformedByPhone(
  { answeredAt }: Pick<Complaint, "answeredAt">,
  confidentialLog: readonly ConfidentialEntry[],
): boolean {
  const calls = [...callsFor(confidentialLog, "opinion"), ...callsFor(confidentialLog, "notice")];
  const renewals = confidentialLog.filter(({ type }) => type === "secret-renewed");
  const wasRead = ({ type, at }: ConfidentialEntry) =>
    type === "read-to-citizen" &&
    answeredAt !== undefined &&
    at >= answeredAt &&
    !renewals.some((renewed) => renewed.at <= at && at < secretRestsUntil(renewed.at));
  return calls.some(({ outcome }) => outcome === "answered" || outcome === "informed") || confidentialLog.some(wasRead);
}

type ReadingToCitizen = CommandContext<PrincipalOf<"front-end">> & { confidentialLog: readonly ConfidentialEntry[] };

/** Records that a front end reads the case to its citizen. All reads of a day share one entry: then returns undefined. */
export function recordReadToCitizen(
  complaint: Complaint,
  { by, now, confidentialLog }: ReadingToCitizen,
): NewEntry | undefined {
  // The caller knows the secret, so access is not asked: citizens of retaliation reports hear their case too.
  if (by.caller !== "front-end") throw new Fault("not-allowed");
  const last = confidentialLog.findLast(({ type }) => type === "read-to-citizen");
  const isAnswerNew = complaint.answeredAt !== undefined && last !== undefined && last.at < complaint.answeredAt;
  if (last && localDate(last.at) === localDate(now) && !isAnswerNew) return undefined;
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "read-to-citizen" } });
}

/**
 * The period in which a citizen whom no notice reached is called: from the fourth day after the answer, while the citizen may
 * accept or dispute it. Undefined if there is no answer. Nobody calls about a report of retaliation.
 */
export function noticeCallWindow(complaint: Complaint): { from: Instant; before: Instant } | undefined {
  const { status, answeredAt, confirmBy, retaliationFor } = complaint;
  const before = status === "answered" ? confirmBy : lateDisputeBy(complaint);
  if (!answeredAt || !before || retaliationFor || isSandbox(complaint)) return undefined;
  const from = addMilliseconds(answeredAt, noticeCallsAfterDays * dayMs);
  return from < before ? { from, before } : undefined;
}

/** The number of days on which calls for a purpose did not reach the citizen. */
export function daysWithoutContact(confidentialLog: readonly ConfidentialEntry[], purpose: CallPurpose): number {
  const failed = callsFor(confidentialLog, purpose).filter(isWithoutContact);
  return new Set(failed.map(({ at }) => localDate(at))).size;
}

/** Whether the call failed: nobody answered, or somebody asked to be called later. */
export const isWithoutContact = ({ outcome }: { outcome: string }) => outcome === "no-contact" || outcome === "later";

/** Whether nobody calls for this complaint any more, until its citizen agrees again. */
export const endsCalls = ({ outcome }: { outcome: string }) => outcome === "declined" || outcome === "wrong-person";

const callEntries = { notice: "notice-call-recorded", issue: "issue-call-recorded", opinion: "call-recorded" } as const;

/**
 * The calls for a purpose, also those that did not reach the citizen. After the citizen agrees again, of the earlier calls only
 * those that were answered with the digits count: somebody else may have picked up the phone in the others.
 */
export function callsFor(confidentialLog: readonly ConfidentialEntry[], purpose: CallPurpose) {
  const agreed = confidentialLog.findLastIndex(({ type }) => type === "call-consent-given");
  return confidentialLog.flatMap((one, n) => {
    if (!("outcome" in one) || one.type !== callEntries[purpose]) return [];
    return n > agreed || one.outcome === "answered" ? [one] : [];
  });
}

/** Whether no further call about the answer is made: the citizen heard of it by phone, or calls failed on too many days. */
export function areNoticeCallsOver(complaint: Complaint, confidentialLog: readonly ConfidentialEntry[]): boolean {
  return (
    wasInformedByPhone(complaint, confidentialLog) ||
    daysWithoutContact(confidentialLog, "notice") >= mostDaysWithoutContact
  );
}

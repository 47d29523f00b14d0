import { hmac } from "../digest.ts";
import { Fault, invalidFault } from "../fault.ts";
import { mostDaysWithoutContact, opinionPeriodDays, silentCitizensCalledLastDays } from "../policy-numbers.ts";
import { isSandbox } from "../province/directory.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import { assertCaller } from "./access.ts";
import {
  areNoticeCallsOver,
  callsFor,
  daysWithoutContact,
  endsCalls,
  isWithoutContact,
  noticeCallWindow,
} from "./answer-notices.ts";
import { areCallsAllowed, hasCallDigits } from "./call-consent.ts";
import {
  assertCallUnderWay,
  assertOpenedCall,
  type CallCentreContext,
  lastPhoneRead,
  purposeOf,
} from "./call-opening.ts";
import { attributionOf, createEntry } from "./change.ts";
import type { Closure, Complaint } from "./complaint.ts";
import type {
  CallGroup,
  CallPurpose,
  ConfidentialEntry,
  EntryPayload,
  NewEntry,
  Opinion,
  OutcomeWithoutOpinion,
} from "./confidential-log.ts";
import { areIssueCallsOver, entriesSince, type IssueCall, issueCallDue } from "./issue-calls.ts";

/**
 * Draws a complaint for a call with the given probability (0 to 1). The result depends only on the pepper and the id, so
 * nobody can repeat the draw until it selects a wanted complaint.
 */
export function isSelectedForCall({
  pepper,
  id,
  probability,
}: {
  pepper: string;
  id: string;
  probability: number;
}): boolean {
  return hmac(pepper, "call", id).readUInt32BE(0) / 2 ** 32 < probability;
}

type WithConfidentialLog = { confidentialLog: readonly ConfidentialEntry[] };

/**
 * The period in which a drawn citizen is called for an opinion. Undefined if there is nothing to ask yet. Also undefined
 * where the confirmation window ended without a reaction of the citizen: the figures count only calls inside the window.
 */
export function callWindow(complaint: Complaint): { from: Instant; before: Instant } | undefined {
  const { status, confirmBy, closure, closedAt, retaliationFor } = complaint;
  if (retaliationFor) return undefined;
  if (status === "answered" && confirmBy)
    return { from: addMilliseconds(confirmBy, -silentCitizensCalledLastDays * dayMs), before: confirmBy };
  if (!closedAt || closure === "expired") return undefined;
  return { from: closedAt, before: addMilliseconds(closedAt, opinionPeriodDays * dayMs) };
}

const callGroupByClosure: Record<Closure, CallGroup> = {
  accepted: "accepted",
  expired: "silent",
  decided: "other",
  withdrawn: "other",
  "out-of-scope": "other",
  "not-a-complaint": "other",
};

/** The citizen's reaction before the call. A dispute during the call leaves the citizen in the group `silent`. */
function callGroupOf({ closure }: Complaint): CallGroup {
  return closure ? callGroupByClosure[closure] : "silent";
}

/** Whether the citizen is not called for an opinion again: the citizen answered, refused, or was not reached on too many days. */
export function areOpinionCallsOver(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return isCitizenReached(confidentialLog) || daysWithoutContact(confidentialLog, "opinion") >= mostDaysWithoutContact;
}

function isCitizenReached(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return !callsFor(confidentialLog, "opinion").every(isWithoutContact);
}

/** Whether anybody is ever called about such a complaint. If not, there is no reason to store the phone number for calls. */
export const isEverCalled = (complaint: Complaint): boolean => !complaint.retaliationFor && !isSandbox(complaint);

/** Whether a call is possible now or later, for an opinion or to announce the answer. */
export function isCallStillPossible(complaint: Complaint, now: Instant): boolean {
  const { status, closedAt } = complaint;
  if (!isEverCalled(complaint)) return false;
  // A case that closes in silence may still be disputed, so its citizen may hear of the answer afterwards.
  if (status !== "closed") return true;
  return closedAt !== undefined && now < addMilliseconds(closedAt, opinionPeriodDays * dayMs);
}

/**
 * What decides whether a call is due. `isDrawn`: the complaint was drawn for a call. `isInformed`: a notice of the answer has
 * reached the citizen. `issueCall`: the citizen is asked about the issue to which the complaint is linked.
 */
export type CallQuestion = WithConfidentialLog & {
  now: Instant;
  isDrawn: boolean;
  isInformed: boolean;
  issueCall?: IssueCall | undefined;
};

/**
 * A call that is due now: the days without contact and, for an opinion, the citizen's group.
 */
export type DueCall = { daysTried: number } & (
  | { purpose: "opinion"; group: CallGroup }
  | { purpose: "notice" | "issue" }
);

/**
 * The call that is due now; undefined if none is. Only a drawn citizen is called for an opinion. That call comes first: it
 * also announces the answer. A call about an issue comes last, since its round is the longest.
 */
export function callDueNow(complaint: Complaint, question: CallQuestion): DueCall | undefined {
  const { confidentialLog, now, isDrawn, isInformed, issueCall } = question;
  if (!areCallsAllowed(confidentialLog)) return undefined;
  return (
    (isDrawn ? opinionCallDue(complaint, { confidentialLog, now }) : undefined) ??
    (isInformed ? undefined : noticeCallDue(complaint, { confidentialLog, now })) ??
    issueCallDue(complaint, { confidentialLog, now, issueCall })
  );
}

type LinkedSince = WithConfidentialLog & { linkedAt: Instant; from: Instant };

/**
 * Whether a linked citizen is asked about the issue in the round that begins at `from`: the link stood by then, and the citizen agrees
 * to be called and has digits to answer with, which no wrong tries have ended. A citizen without an identity cannot agree. Nobody is
 * asked who reported retaliation, or about a trial complaint.
 */
export function isAskedAboutIssue(complaint: Complaint, { linkedAt, from, confidentialLog }: LinkedSince): boolean {
  const canAnswer = areCallsAllowed(confidentialLog) && hasCallDigits(confidentialLog);
  return isEverCalled(complaint) && linkedAt <= from && canAnswer;
}

type WithTime = WithConfidentialLog & { now: Instant };
type Period = { from: Instant; before: Instant };
const isWithin = (period: Period | undefined, now: Instant): period is Period =>
  period !== undefined && period.from <= now && now < period.before;

function opinionCallDue(complaint: Complaint, { confidentialLog, now }: WithTime): DueCall | undefined {
  const window = callWindow(complaint);
  if (!isWithin(window, now) || areOpinionCallsOver(confidentialLog)) return undefined;
  const daysTried = daysWithoutContact(confidentialLog, "opinion");
  return { purpose: "opinion", daysTried, group: callGroupOf(complaint) };
}

function noticeCallDue(complaint: Complaint, { confidentialLog, now }: WithTime): DueCall | undefined {
  const window = noticeCallWindow(complaint);
  if (!isWithin(window, now) || areNoticeCallsOver(complaint, confidentialLog)) return undefined;
  return { purpose: "notice", daysTried: daysWithoutContact(confidentialLog, "notice") };
}

/**
 * The period in which the complaint stands on the call list: that of the notice call, else that of the call for an opinion. Undefined
 * if it does not stand there. A notice call to a citizen who is informed is left out only while its period runs: before it, a mail may
 * still bounce.
 */
export function callListPeriod(complaint: Complaint, question: CallQuestion): Period | undefined {
  const { confidentialLog, now, isDrawn, isInformed } = question;
  if (!areCallsAllowed(confidentialLog)) return undefined;
  const notice = areNoticeCallsOver(complaint, confidentialLog) ? undefined : noticeCallWindow(complaint);
  const opinion = isDrawn && !areOpinionCallsOver(confidentialLog) ? callWindow(complaint) : undefined;
  return (isInformed && isWithin(notice, now) ? undefined : notice) ?? opinion;
}

/**
 * Records that the call centre reads the citizen's phone number for a call. The citizen sees the entry. All reads of a day
 * share one entry, unless the purpose or the citizen's group has changed since: returns undefined if the entry exists.
 */
export function recordPhoneRead(
  complaint: Complaint,
  { by, now, confidentialLog, due }: CallCentreContext & { due: DueCall },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["front-end"] });
  if (isPhoneReadRecorded(due, { confidentialLog, now })) return undefined;
  const purpose = due.purpose === "opinion" ? { group: due.group } : { purpose: due.purpose };
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "phone-read", ...purpose } });
}

/** Returns the last entry of today that says that the call centre read the phone number, of any purpose; undefined if there is none. */
export function phoneReadToday({ confidentialLog, now }: WithTime) {
  const last = lastPhoneRead(confidentialLog);
  return last && localDate(last.at) === localDate(now) ? last : undefined;
}

function isPhoneReadRecorded(due: DueCall, time: WithTime): boolean {
  const last = phoneReadToday(time);
  if (!last || purposeOf(last) !== due.purpose) return false;
  return due.purpose !== "opinion" || (last.group ?? due.group) === due.group;
}

/** The result of one call. */
export type CallResult = { outcome: "answered"; opinion: Opinion } | { outcome: OutcomeWithoutOpinion };

type WithIssueCall = { issueCall?: IssueCall | undefined };
type RecordCallCommand = CallCentreContext &
  WithIssueCall & { callResult: CallResult; probability: number | undefined };

/**
 * Records the result of a call, by the purpose for which the phone number was read. The outcomes `declined` and `wrong-person` also end the
 * citizen's agreement to be called. Returns no entry for a failed call that does not count: the second of a day, or one after the
 * last allowed day. Throws `invalid` for an opinion in a call with another purpose: the answer about an issue has a request of its own.
 */
export function recordCall(complaint: Complaint, command: RecordCallCommand): NewEntry[] {
  const { by, now, confidentialLog, callResult, issueCall } = command;
  assertCaller(complaint, { by, callers: ["front-end"] });
  const { outcome } = callResult;
  const needsDigits = outcome === "answered" || (outcome === "informed" && hasCallDigits(confidentialLog));
  // The digits are checked before the purpose: a refusal for the purpose would reveal it.
  const assertCall = needsDigits ? assertOpenedCall : assertCallUnderWay;
  const purpose = purposeOf(assertCall({ confidentialLog, now }));
  const { isDone, isOver, failures } = callsSoFar(complaint, { confidentialLog, purpose, issueCall });
  // A citizen who was never reached may still ring back. A citizen who answered or declined is not asked twice.
  if (isDone) throw new Fault("not-found");
  if (outcome === "answered" && purpose !== "opinion") throw invalidFault("outcome", "other-call");
  const wasCalledToday = failures.some(({ at }) => localDate(at) === localDate(now));
  if (isWithoutContact(callResult) && (wasCalledToday || isOver)) return [];
  const payloads = [callPayload(complaint, command)];
  if (endsCalls(callResult)) payloads.push({ type: "call-consent-withdrawn" });
  return payloads.map((one) => createEntry(complaint, { now, by: attributionOf(by), payload: one }));
}

function callPayload(
  complaint: Complaint,
  { confidentialLog, callResult, probability }: RecordCallCommand,
): EntryPayload {
  const { outcome } = callResult;
  const last = lastPhoneRead(confidentialLog);
  if (last?.purpose === "issue") return { type: "issue-call-recorded", outcome };
  if (last?.purpose === "notice" && outcome !== "answered") return { type: "notice-call-recorded", outcome };
  // Only drawn citizens are called for an opinion.
  if (probability === undefined) throw new Fault("not-found");
  const opinion = outcome === "answered" ? callResult.opinion : {};
  return { type: "call-recorded", outcome, group: last?.group ?? callGroupOf(complaint), probability, ...opinion };
}

/** How far the calls for one purpose have come. `failures`: the calls that did not reach the citizen. */
function callsSoFar(
  complaint: Complaint,
  { confidentialLog, purpose, issueCall }: WithConfidentialLog & WithIssueCall & { purpose: CallPurpose },
) {
  // Where the round has ended meanwhile, only the call that is under way counts.
  const since = issueCall?.from ?? lastPhoneRead(confidentialLog, "issue")?.at ?? "";
  const areOver: Record<CallPurpose, () => boolean> = {
    opinion: () => areOpinionCallsOver(confidentialLog),
    notice: () => areNoticeCallsOver(complaint, confidentialLog),
    issue: () => areIssueCallsOver({ confidentialLog, since }),
  };
  const log = purpose === "issue" ? entriesSince({ confidentialLog, since }) : confidentialLog;
  const calls = callsFor(log, purpose);
  const failures = calls.filter(isWithoutContact);
  return { isDone: calls.length > failures.length, isOver: areOver[purpose](), failures };
}

/**
 * Records that the citizen answered whether the issue is mended, once in each round. The entry does not have the answer. Throws
 * `not-found`, as for an unknown complaint, where the citizen is not being called about an issue or the round has ended.
 */
export function recordIssueAnswer(
  complaint: Complaint,
  { by, now, confidentialLog, issueCall }: CallCentreContext & WithIssueCall,
): NewEntry {
  assertCaller(complaint, { by, callers: ["front-end"] });
  assertOpenedCall({ confidentialLog, now });
  // Only now: before the digits are given, this refusal would reveal the purpose.
  assertCallUnderWay({ confidentialLog, now }, "issue");
  const isLinked = issueCall !== undefined && issueCall.issueId === complaint.issueId;
  if (!isLinked || callsSoFar(complaint, { confidentialLog, purpose: "issue", issueCall }).isDone)
    throw new Fault("not-found");
  const payload = { type: "issue-call-recorded", outcome: "answered" } as const;
  return createEntry(complaint, { now, by: attributionOf(by), payload });
}

/** The result of a call for the call centre: the days without contact, and whether another call may follow. */
export function callProgress(complaint: Complaint, question: CallQuestion): { daysTried: number; callAgain: boolean } {
  const { confidentialLog, now, issueCall } = question;
  const purpose = purposeOf(lastPhoneRead(confidentialLog) ?? {});
  if (purpose === "issue") {
    const { failures } = callsSoFar(complaint, { confidentialLog, purpose, issueCall });
    const daysTried = daysWithoutContact(failures, purpose);
    const isAgreed = areCallsAllowed(confidentialLog);
    return {
      daysTried,
      callAgain: isAgreed && issueCallDue(complaint, { confidentialLog, now, issueCall }) !== undefined,
    };
  }
  const period = callListPeriod(complaint, question);
  // Without a period yet, a case may still be answered and closed, and its citizen asked for an opinion.
  const isAskedLater = purpose === "opinion" && !complaint.closedAt && !areOpinionCallsOver(confidentialLog);
  const isPossible = period ? now < period.before : areCallsAllowed(confidentialLog) && isAskedLater;
  return { daysTried: daysWithoutContact(confidentialLog, purpose), callAgain: isPossible };
}

/** Records that the call centre lodges a dispute for the citizen. The dispute itself is a command of the citizen. */
export function recordDisputeByPhone(complaint: Complaint, { by, now, confidentialLog }: CallCentreContext): NewEntry {
  assertCaller(complaint, { by, callers: ["front-end"] });
  assertOpenedCall({ confidentialLog, now });
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "dispute-lodged-by-phone" } });
}

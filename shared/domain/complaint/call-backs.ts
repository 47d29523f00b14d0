import { hmac } from "../digest.ts";
import { Fault } from "../fault.ts";
import {
  mostConsents,
  mostDaysWithoutContact,
  opinionPeriodDays,
  silentCitizensCalledLastDays,
} from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import { assertCaller } from "./access.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import type { Closure, Complaint } from "./complaint.ts";
import type { CallGroup, ConfidentialEntry, EntryPayload, NewEntry, Opinion } from "./confidential-log.ts";
import type { PrincipalOf } from "./principal.ts";
import { wrongStateFault } from "./refusals.ts";

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

type CitizenContext = CommandContext<PrincipalOf<"citizen">> & { confidentialLog: readonly ConfidentialEntry[] };

/**
 * The citizen agrees to be called. Returns undefined where the citizen has agreed already. Throws where no phone number is
 * stored or the agreements are used up.
 */
export function allowCalls(
  complaint: Complaint,
  { by, now, confidentialLog, hasPhone }: CitizenContext & { hasPhone: boolean },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (areCallsAllowed(confidentialLog)) return undefined;
  if (!hasPhone) throw wrongStateFault(complaint, "phone-missing");
  // Agreement at filing does not count towards the limit. It carries the front end's client id.
  const allowed = confidentialLog.filter(({ type, clientId }) => type === "call-consent-given" && !clientId);
  if (allowed.length >= mostConsents) throw new Fault("consent-limit");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "call-consent-given" } });
}

/** The citizen no longer agrees to be called. Returns undefined where the citizen does not agree now. */
export function endCalls(complaint: Complaint, { by, now, confidentialLog }: CitizenContext): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (!areCallsAllowed(confidentialLog)) return undefined;
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "call-consent-withdrawn" } });
}

const entriesThatDecideOnCalls: readonly ConfidentialEntry["type"][] = [
  "call-consent-given",
  "call-consent-withdrawn",
  "identity-erased",
];

/** Whether the citizen agrees to be called now. Erasing the identity ends the agreement: the phone number is erased too. */
export function areCallsAllowed(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return confidentialLog.findLast(({ type }) => entriesThatDecideOnCalls.includes(type))?.type === "call-consent-given";
}

/** Whether the citizen ever agreed to be called. */
export const wereCallsEverAllowed = (confidentialLog: readonly ConfidentialEntry[]) =>
  confidentialLog.some(({ type }) => type === "call-consent-given");

type WithConfidentialLog = { confidentialLog: readonly ConfidentialEntry[] };

/**
 * The period in which a drawn citizen is called. Undefined where there is nothing to ask yet. Also undefined where the
 * confirmation window ended without a reaction of the citizen: a dispute is no longer possible then.
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

/** The number of days on which calls did not reach the citizen. */
export function daysWithoutContact(confidentialLog: readonly ConfidentialEntry[]): number {
  const failedCalls = confidentialLog.filter((one) => one.type === "call-recorded" && one.outcome === "no-contact");
  return new Set(failedCalls.map(({ at }) => localDate(at))).size;
}

/** Whether the citizen is not called again: the citizen answered, refused, or was not reached on too many days. */
export function isCallingOver(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return isCitizenReached(confidentialLog) || daysWithoutContact(confidentialLog) >= mostDaysWithoutContact;
}

function isCitizenReached(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return confidentialLog.some((one) => one.type === "call-recorded" && one.outcome !== "no-contact");
}

/** Whether a call is possible now or later. If not, there is no reason left to store the phone number for calls. */
export function isCallStillPossible(
  complaint: Complaint,
  { confidentialLog, now }: WithConfidentialLog & { now: Instant },
): boolean {
  if (isCallingOver(confidentialLog)) return false;
  const window = callWindow(complaint);
  if (window) return now < window.before;
  return !complaint.closedAt && !complaint.retaliationFor;
}

/**
 * The call that is due now: the end of its period, the number of days without contact, and the citizen's group. Undefined
 * where no call is due.
 */
export function callDueNow(complaint: Complaint, { confidentialLog, now }: WithConfidentialLog & { now: Instant }) {
  const window = callWindow(complaint);
  if (!window || now < window.from || now >= window.before) return undefined;
  if (!areCallsAllowed(confidentialLog) || isCallingOver(confidentialLog)) return undefined;
  return { callBefore: window.before, daysTried: daysWithoutContact(confidentialLog), group: callGroupOf(complaint) };
}

type CallCentreContext = CommandContext<PrincipalOf<"front-end">> & WithConfidentialLog;

/**
 * Records that the call centre reads the citizen's phone number. The citizen sees the entry. All reads of a day share one
 * entry, unless the citizen's group has changed since: returns undefined where the entry exists.
 */
export function recordPhoneRead(
  complaint: Complaint,
  { by, now, confidentialLog }: CallCentreContext,
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["front-end"] });
  if (isPhoneReadRecorded(complaint, { confidentialLog, now })) return undefined;
  const payload = { type: "phone-read" as const, group: callGroupOf(complaint) };
  return createEntry(complaint, { now, by: attributionOf(by), payload });
}

/** Whether a call is due now and nobody has read the phone number today. */
export function isPhoneNotReadToday(complaint: Complaint, input: WithConfidentialLog & { now: Instant }): boolean {
  return callDueNow(complaint, input) !== undefined && !isPhoneReadRecorded(complaint, input);
}

function isPhoneReadRecorded(
  complaint: Complaint,
  { confidentialLog, now }: WithConfidentialLog & { now: Instant },
): boolean {
  const group = callGroupOf(complaint);
  const last = lastPhoneRead(confidentialLog);
  return last !== undefined && localDate(last.at) === localDate(now) && (last.group ?? group) === group;
}

function lastPhoneRead(confidentialLog: readonly ConfidentialEntry[]) {
  return confidentialLog.findLast((one) => one.type === "phone-read");
}

/** The result of one call. */
export type CallResult = { outcome: "answered"; opinion: Opinion } | { outcome: "refused" } | { outcome: "no-contact" };

type RecordCallCommand = CallCentreContext & { callResult: CallResult; probability: number };

/**
 * Records the result of a call, with the citizen's group at the time of the call list. A refusal also ends the citizen's
 * agreement to be called. Returns no entry for a failed call that does not count: the second of a day, or one after the
 * last allowed day.
 */
export function recordCall(complaint: Complaint, command: RecordCallCommand): NewEntry[] {
  const { by, now, confidentialLog, callResult, probability } = command;
  assertCaller(complaint, { by, callers: ["front-end"] });
  assertCallUnderWay({ confidentialLog, now });
  // A citizen who was never reached may still ring back. A citizen who answered or refused is not asked twice.
  if (isCitizenReached(confidentialLog)) throw new Fault("not-found");
  const { outcome } = callResult;
  const wasCalledToday = confidentialLog.some(
    (one) => one.type === "call-recorded" && localDate(one.at) === localDate(now),
  );
  if (outcome === "no-contact" && (wasCalledToday || isCallingOver(confidentialLog))) return [];
  const opinion = outcome === "answered" ? callResult.opinion : {};
  const group = lastPhoneRead(confidentialLog)?.group ?? callGroupOf(complaint);
  const payloads: EntryPayload[] = [{ type: "call-recorded", outcome, group, probability, ...opinion }];
  if (outcome === "refused") payloads.push({ type: "call-consent-withdrawn" });
  return payloads.map((one) => createEntry(complaint, { now, by: attributionOf(by), payload: one }));
}

/** Records that the call centre lodges a dispute for the citizen. The dispute itself is a command of the citizen. */
export function recordDisputeByPhone(complaint: Complaint, { by, now, confidentialLog }: CallCentreContext): NewEntry {
  assertCaller(complaint, { by, callers: ["front-end"] });
  assertCallUnderWay({ confidentialLog, now });
  if (confidentialLog.some((one) => one.type === "call-recorded" && one.outcome === "refused"))
    throw new Fault("not-found");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "dispute-lodged-by-phone" } });
}

/**
 * Throws `not-found`, as for an unknown complaint, unless the citizen was on the call list today or yesterday. The entry
 * `phone-read` is written at a day's first list. A call that starts late on that day may end on the next day, whatever
 * happens to the complaint meanwhile.
 */
function assertCallUnderWay({ confidentialLog, now }: WithConfidentialLog & { now: Instant }): void {
  const phoneRead = lastPhoneRead(confidentialLog);
  if (!phoneRead || localDate(now) > dayAfter(phoneRead.at) || !areCallsAllowed(confidentialLog))
    throw new Fault("not-found");
}

const dayAfter = (at: Instant) => localDate(addMilliseconds(at, dayMs));

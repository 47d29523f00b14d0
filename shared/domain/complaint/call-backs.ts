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

/** Whether a complaint is drawn; always the same, so that nobody can be drawn again until the lot falls right. */
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

/** The citizen may be called and asked; undefined where that is so already. Nobody can be called who left no phone. */
export function allowCalls(
  complaint: Complaint,
  { by, now, confidentialLog, hasPhone }: CitizenContext & { hasPhone: boolean },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (areCallsAllowed(confidentialLog)) return undefined;
  if (!hasPhone) throw wrongStateFault(complaint, "phone-missing");
  // What was agreed at filing is no change of mind.
  const allowed = confidentialLog.filter(({ type, client }) => type === "calls-allowed" && !client);
  if (allowed.length >= mostConsents) throw new Fault("consent-limit");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "calls-allowed" } });
}

/** Never refused; undefined where there is nothing to take back. */
export function endCalls(complaint: Complaint, { by, now, confidentialLog }: CitizenContext): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (!areCallsAllowed(confidentialLog)) return undefined;
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "calls-ended" } });
}

const entriesThatDecideOnCalls: readonly ConfidentialEntry["type"][] = [
  "calls-allowed",
  "calls-ended",
  "identity-erased",
];

/** Whether the citizen may be called: whoever is erased has no phone any more. */
export function areCallsAllowed(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return confidentialLog.findLast(({ type }) => entriesThatDecideOnCalls.includes(type))?.type === "calls-allowed";
}

/** Whether the citizen ever agreed to be called. */
export const wereCallsEverAllowed = (confidentialLog: readonly ConfidentialEntry[]) =>
  confidentialLog.some(({ type }) => type === "calls-allowed");

type WithConfidentialLog = { confidentialLog: readonly ConfidentialEntry[] };

/**
 * When a drawn citizen is called; undefined where there is nothing to ask yet, or nobody to ask any more: whoever stayed
 * silent to the end is not called after it, since nothing could be disputed then.
 */
export function callWindow(complaint: Complaint): { from: Instant; before: Instant } | undefined {
  const { status, confirmBy, closure, closedAt, retaliationFor } = complaint;
  if (retaliationFor) return undefined;
  if (status === "answered" && confirmBy)
    return { from: addMilliseconds(confirmBy, -silentCitizensCalledLastDays * dayMs), before: confirmBy };
  if (!closedAt || closure === "unconfirmed") return undefined;
  return { from: closedAt, before: addMilliseconds(closedAt, opinionPeriodDays * dayMs) };
}

const callGroupByClosure: Record<Closure, CallGroup> = {
  confirmed: "accepted",
  unconfirmed: "silent",
  decided: "other",
  withdrawn: "other",
  "out-of-scope": "other",
  "not-a-complaint": "other",
};

/** What the citizen had done when called; a dispute that came of the call does not unmake the silence. */
function callGroupOf({ closure }: Complaint): CallGroup {
  return closure ? callGroupByClosure[closure] : "silent";
}

/** On how many days the citizen was rung in vain. */
export function daysWithoutContact(confidentialLog: readonly ConfidentialEntry[]): number {
  const inVain = confidentialLog.filter((one) => one.type === "called" && one.outcome === "no-contact");
  return new Set(inVain.map(({ at }) => localDate(at))).size;
}

/** Whether the citizen is called no more: they answered, refused, or could not be reached. */
export function isCallingOver(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return isCitizenReached(confidentialLog) || daysWithoutContact(confidentialLog) >= mostDaysWithoutContact;
}

function isCitizenReached(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return confidentialLog.some((one) => one.type === "called" && one.outcome !== "no-contact");
}

/** Whether a call may come yet, now or later: whoever keeps a phone for it without that keeps it for nothing. */
export function isCallStillPossible(
  complaint: Complaint,
  { confidentialLog, now }: WithConfidentialLog & { now: Instant },
): boolean {
  const window = callWindow(complaint);
  return (
    !isCallingOver(confidentialLog) && (window ? now < window.before : !complaint.closedAt && !complaint.retaliationFor)
  );
}

/** A citizen who is to be called now, before when, and how often they were rung in vain; undefined for anybody else. */
export function callDueNow(complaint: Complaint, { confidentialLog, now }: WithConfidentialLog & { now: Instant }) {
  const window = callWindow(complaint);
  if (!window || now < window.from || now >= window.before) return undefined;
  if (!areCallsAllowed(confidentialLog) || isCallingOver(confidentialLog)) return undefined;
  return { callBefore: window.before, tries: daysWithoutContact(confidentialLog), group: callGroupOf(complaint) };
}

type CallCentreContext = CommandContext<PrincipalOf<"front-end">> & WithConfidentialLog;

/**
 * The phone of a citizen who is to be called is read, which the citizen sees; one note for all reads of a day, and
 * another where the citizen is no more in the group that the first one says.
 */
export function recordPhoneRead(
  complaint: Complaint,
  { by, now, confidentialLog }: CallCentreContext,
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["front-end"] });
  const payload = { type: "phone-read" as const, group: callGroupOf(complaint) };
  return isPhoneReadRecorded(complaint, { confidentialLog, now })
    ? undefined
    : createEntry(complaint, { now, by: attributionOf(by), payload: payload });
}

/** Whether a citizen is to be called now whose phone nobody has read today. */
export function isPhoneNotReadToday(complaint: Complaint, known: WithConfidentialLog & { now: Instant }): boolean {
  return callDueNow(complaint, known) !== undefined && !isPhoneReadRecorded(complaint, known);
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

/** What came of ringing somebody. */
export type CallResult = { outcome: "answered"; opinion: Opinion } | { outcome: "refused" } | { outcome: "no-contact" };

type CallRecording = CallCentreContext & { callResult: CallResult; probability: number };

/**
 * What came of a call, of whom the citizen was when listed, whatever they did during it; none for a call in vain that
 * counts for nothing: a second one on one day, or after the last. Who refuses has also taken back that they may be called.
 */
export function recordCall(complaint: Complaint, recording: CallRecording): NewEntry[] {
  const { by, now, confidentialLog, callResult, probability } = recording;
  assertCaller(complaint, { by, callers: ["front-end"] });
  assertCallUnderWay({ confidentialLog, now });
  // Who was not reached in three days may still ring back.
  if (isCitizenReached(confidentialLog)) throw new Fault("not-found");
  const { outcome } = callResult;
  const isAgain = confidentialLog.some((one) => one.type === "called" && localDate(one.at) === localDate(now));
  if (outcome === "no-contact" && (isAgain || isCallingOver(confidentialLog))) return [];
  const opinion = outcome === "answered" ? callResult.opinion : {};
  const group = lastPhoneRead(confidentialLog)?.group ?? callGroupOf(complaint);
  const payloads: EntryPayload[] = [{ type: "called", outcome, group, probability, ...opinion }];
  if (outcome === "refused") payloads.push({ type: "calls-ended" });
  return payloads.map((one) => createEntry(complaint, { now, by: attributionOf(by), payload: one }));
}

/** Through whom the citizen disputes; the dispute itself is the citizen's, and made as such. */
export function recordDisputeByPhone(complaint: Complaint, { by, now, confidentialLog }: CallCentreContext): NewEntry {
  assertCaller(complaint, { by, callers: ["front-end"] });
  assertCallUnderWay({ confidentialLog, now });
  if (confidentialLog.some((one) => one.type === "called" && one.outcome === "refused")) throw new Fault("not-found");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "dispute-carried" } });
}

/**
 * Refuses whom nobody is calling: who was not listed lately looks as one does who is unknown. The note is of a day's
 * first list, so whoever was listed at the end of that day is in the call until the end of the next, whatever happens
 * meanwhile.
 */
function assertCallUnderWay({ confidentialLog, now }: WithConfidentialLog & { now: Instant }): void {
  const read = lastPhoneRead(confidentialLog);
  if (!read || localDate(now) > dayAfter(read.at) || !areCallsAllowed(confidentialLog)) throw new Fault("not-found");
}

const dayAfter = (at: Instant) => localDate(addMilliseconds(at, dayMs));

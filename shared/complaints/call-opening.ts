import { Fault } from "../fault.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { openedCallHours } from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs, hourMs } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import { assertCaller } from "./access.ts";
import { areCallsAllowed, entriesThatDecideOnDigits } from "./call-consent.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import type { CallPurpose, ConfidentialEntry, NewEntry } from "./confidential-log.ts";

type WithTime = { confidentialLog: readonly ConfidentialEntry[]; now: Instant };
/** What a command of the call centre knows: the log, beside who calls and when. */
export type CallCentreContext = CommandContext<PrincipalOf<"front-end">> & WithTime;

/** The last reading of the phone number; with a purpose, the last for it. */
export function lastPhoneRead(confidentialLog: readonly ConfidentialEntry[], purpose?: CallPurpose) {
  const reads = confidentialLog.filter((one) => one.type === "phone-read");
  return reads.findLast((one) => purpose === undefined || purposeOf(one) === purpose);
}

/** Why the citizen is called; entries without a purpose are of calls for an opinion. */
export const purposeOf = ({ purpose }: { purpose?: CallPurpose | undefined }) => purpose ?? "opinion";

/**
 * Throws `not-found`, as for an unknown complaint, unless the phone number was read today or yesterday and the citizen may still be called.
 * A call that starts late on one day may end on the next day; a move of the complaint does not end it. Returns the entry `phone-read`; with
 * a purpose, the last one for it.
 */
export function assertCallUnderWay({ confidentialLog, now }: WithTime, purpose?: CallPurpose) {
  const phoneRead = lastPhoneRead(confidentialLog, purpose);
  if (!phoneRead || localDate(now) > dayAfter(phoneRead.at) || !areCallsAllowed(confidentialLog))
    throw new Fault("not-found");
  return phoneRead;
}

/**
 * Records that somebody gave the citizen's digits in a call, or wrong ones. `areDigitsRight` is undefined if the citizen has chosen none.
 * Right digits in an open call add no entry. Wrong digits are always recorded, in an open call too, and do not close it. Throws
 * `not-found` unless a call is under way, and `call-digits-none`.
 */
export function openCall(
  complaint: Complaint,
  { by, now, confidentialLog, areDigitsRight }: CallCentreContext & { areDigitsRight: boolean | undefined },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["front-end"] });
  const purpose = purposeOf(assertCallUnderWay({ confidentialLog, now }));
  if (areDigitsRight === undefined) throw new Fault("call-digits-none");
  if (areDigitsRight && isCallOpen({ confidentialLog, now })) return undefined;
  const type = areDigitsRight ? "call-opened" : "call-digits-wrong";
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type, purpose } });
}

/** Whether the citizen's digits were given in the last hours, and still hold. A call takes so long, with the time to type in its result. */
function isCallOpen({ confidentialLog, now }: WithTime): boolean {
  const since = addMilliseconds(now, -openedCallHours * hourMs);
  const last = confidentialLog.findLast(
    ({ type }) => type === "call-opened" || entriesThatDecideOnDigits.includes(type),
  );
  return last?.type === "call-opened" && last.at > since;
}

/**
 * Throws `not-found` unless a call is under way, and then `call-not-opened` unless the citizen's digits were given in it. Returns the entry
 * `phone-read`.
 */
export function assertOpenedCall(time: WithTime) {
  const phoneRead = assertCallUnderWay(time);
  if (!isCallOpen(time)) throw new Fault("call-not-opened");
  return phoneRead;
}

const dayAfter = (at: Instant) => localDate(addMilliseconds(at, dayMs));

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
 * Throws `not-found`, as for an unknown complaint, unless the citizen was on the call list today or yesterday. The entry
 * `phone-read` is written at a day's first list. A call that starts late on that day may end on the next day, whatever
 * happens to the complaint meanwhile. Returns that entry; with a purpose, the last entry for it.
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
 * `not-found` if nobody calls now.
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

/** Whether somebody gave the citizen's digits in the last hours: so long a call may take, and its result may be typed in later. */
function isCallOpen({ confidentialLog, now }: WithTime): boolean {
  const since = addMilliseconds(now, -openedCallHours * hourMs);
  const last = confidentialLog.findLast(
    ({ type }) => type === "call-opened" || entriesThatDecideOnDigits.includes(type),
  );
  return last?.type === "call-opened" && last.at > since;
}

/** Throws `call-not-opened` unless the citizen's digits were given for this complaint in the last hours. */
export function assertCallOpened(time: WithTime): void {
  if (!isCallOpen(time)) throw new Fault("call-not-opened");
}

const dayAfter = (at: Instant) => localDate(addMilliseconds(at, dayMs));

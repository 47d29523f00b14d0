import { hmacHex } from "../digest.ts";
import { Fault } from "../fault.ts";
import type { StoredCallContact } from "../identities/identity.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { mostConsents, mostWrongDigits } from "../policy-numbers.ts";
import { assertCaller } from "./access.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import type { ConfidentialEntry, NewEntry } from "./confidential-log.ts";
import { assertSecretRested, wrongStateFault } from "./refusals.ts";

type CitizenContext = CommandContext<PrincipalOf<"citizen">> & { confidentialLog: readonly ConfidentialEntry[] };

/**
 * The citizen agrees to be called. Returns undefined if the citizen has agreed already. Throws if no phone number is
 * stored, the agreements are used up, or the secret was renewed lately; also if wrong digits ended the calls and no new ones are
 * chosen.
 */
export function allowCalls(
  complaint: Complaint,
  {
    by,
    now,
    confidentialLog,
    hasPhone,
    choosesDigits,
  }: CitizenContext & { hasPhone: boolean; choosesDigits?: boolean },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (areCallsBlocked(confidentialLog) && !choosesDigits) throw wrongStateFault(complaint, "call-digits-missing");
  if (isCallConsentGiven(confidentialLog)) return undefined;
  assertSecretRested(complaint, { now });
  if (!hasPhone) throw wrongStateFault(complaint, "phone-missing");
  // Agreement at filing does not count towards the limit. It carries the front end's client id.
  const allowed = confidentialLog.filter(({ type, clientId }) => type === "call-consent-given" && !clientId);
  if (allowed.length >= mostConsents) throw new Fault("consent-limit");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "call-consent-given" } });
}

/**
 * The citizen chooses the digits that open what a call is about, in place of earlier ones. `isAgreeing`: the same request agrees to be
 * called. Throws if the citizen does not agree to be called, the choices are used up, or the secret was renewed lately.
 */
export function chooseCallDigits(
  complaint: Complaint,
  { by, now, confidentialLog, isAgreeing }: CitizenContext & { isAgreeing: boolean },
): NewEntry {
  assertCaller(complaint, { by, callers: ["citizen"] });
  assertSecretRested(complaint, { now });
  if (!isAgreeing && !isCallConsentGiven(confidentialLog)) throw wrongStateFault(complaint, "calls-not-allowed");
  const chosen = confidentialLog.filter(({ type, clientId }) => type === "call-digits-chosen" && !clientId);
  if (chosen.length >= mostConsents) throw new Fault("consent-limit");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "call-digits-chosen" } });
}

/**
 * The citizen no longer agrees to be called. Returns undefined if the citizen does not agree now. Throws if the secret was renewed
 * lately: a call may be what tells the citizen of the renewal.
 */
export function endCalls(complaint: Complaint, { by, now, confidentialLog }: CitizenContext): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (!isCallConsentGiven(confidentialLog)) return undefined;
  assertSecretRested(complaint, { now });
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "call-consent-withdrawn" } });
}

const entriesThatDecideOnCalls: readonly ConfidentialEntry["type"][] = [
  "call-consent-given",
  "call-consent-withdrawn",
  "identity-erased",
];

/** Whether the citizen agrees to be called now. Erasing the identity ends the agreement: the phone number is erased too. */
export function isCallConsentGiven(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return confidentialLog.findLast(({ type }) => entriesThatDecideOnCalls.includes(type))?.type === "call-consent-given";
}

/** Whether the citizen may be called now: the citizen agrees, and wrong digits have not ended the calls. */
export const areCallsAllowed = (confidentialLog: readonly ConfidentialEntry[]): boolean =>
  isCallConsentGiven(confidentialLog) && !areCallsBlocked(confidentialLog);

/** Whether the citizen ever agreed to be called. */
export const wereCallsEverAllowed = (confidentialLog: readonly ConfidentialEntry[]) =>
  confidentialLog.some(({ type }) => type === "call-consent-given");

type Log = readonly ConfidentialEntry[];

/**
 * The keyed digest of the four digits by which a citizen who is called shows that the call reached the citizen and nobody else. With
 * digest and key all ten thousand can be tried, so the key lies in Secrets Manager, and the digest with the phone number.
 */
export const callDigitsMac = (key: string, id: string, digits: string): string =>
  hmacHex(key, "call-digits", id, digits);

/** Of these the last decides whether digits hold. Each also closes a call that was opened with earlier digits. */
export const entriesThatDecideOnDigits: readonly ConfidentialEntry["type"][] = [
  "call-digits-chosen",
  "call-consent-withdrawn",
  // Somebody who had the secret may have chosen them.
  "secret-renewed",
  "identity-erased",
];

/** Whether the citizen's last choice of digits still holds: the consent and the identity are still there, and the secret is the same. */
export const hasCallDigits = (confidentialLog: Log): boolean =>
  confidentialLog.findLast(({ type }) => entriesThatDecideOnDigits.includes(type))?.type === "call-digits-chosen";

/** The digest with which said digits are compared; undefined if no choice holds. The contact may still have that of an earlier one. */
export const digitsMacThatHolds = (contact: StoredCallContact | undefined, confidentialLog: Log) =>
  hasCallDigits(confidentialLog) ? contact?.digitsMac : undefined;

/** Whether wrong digits ended the calls. The count begins again with new digits. */
export function areCallsBlocked(confidentialLog: Log): boolean {
  const chosen = confidentialLog.findLastIndex(({ type }) => type === "call-digits-chosen");
  const tries = confidentialLog.slice(chosen + 1).filter(({ type }) => type === "call-digits-wrong");
  return tries.length >= mostWrongDigits;
}

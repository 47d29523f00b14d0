import { Fault, invalidFault } from "../fault.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { mostConsents } from "../policy-numbers.ts";
import { assertCaller } from "./access.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import type { ConfidentialEntry, NewEntry } from "./confidential-log.ts";
import { assertSecretRested, wrongStateFault } from "./refusals.ts";

/** Refuses consent to messages in a province that sends none. `path`: the field that gives the consent. */
export function refuseSmsNotOffered(
  notifyBySms: boolean | undefined,
  { isOffered, path }: { isOffered: boolean; path: string },
): Fault | undefined {
  return notifyBySms && !isOffered ? invalidFault(path, "sms-not-offered") : undefined;
}

type CitizenContext = CommandContext<PrincipalOf<"citizen">> & { confidentialLog: readonly ConfidentialEntry[] };

/**
 * The citizen agrees to get messages. Returns undefined if the citizen has agreed already. Throws if no mobile
 * number is stored, the agreements are used up, or the secret was renewed lately.
 */
export function allowSms(
  complaint: Complaint,
  { by, now, confidentialLog, hasMobile }: CitizenContext & { hasMobile: boolean },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (isSmsAllowed(confidentialLog)) return undefined;
  assertSecretRested(complaint, { now });
  if (!hasMobile) throw wrongStateFault(complaint, "mobile-missing");
  // Agreement at filing does not count towards the limit. It carries the front end's client id.
  const allowed = confidentialLog.filter(({ type, clientId }) => type === "sms-consent-given" && !clientId);
  if (allowed.length >= mostConsents) throw new Fault("consent-limit");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "sms-consent-given" } });
}

/**
 * The citizen no longer agrees to get messages. Returns undefined if the citizen does not agree now. Throws if the secret was renewed
 * lately: a message tells the citizen of the renewal.
 */
export function endSms(complaint: Complaint, { by, now, confidentialLog }: CitizenContext): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (!isSmsAllowed(confidentialLog)) return undefined;
  assertSecretRested(complaint, { now });
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "sms-consent-withdrawn" } });
}

const entriesThatDecide: readonly ConfidentialEntry["type"][] = [
  "sms-consent-given",
  "sms-consent-withdrawn",
  "identity-erased",
];

/** Whether the citizen agrees to get messages now. Erasing the identity ends the agreement: the phone is erased too. */
export function isSmsAllowed(confidentialLog: readonly ConfidentialEntry[]): boolean {
  return confidentialLog.findLast(({ type }) => entriesThatDecide.includes(type))?.type === "sms-consent-given";
}

/** Whether the citizen ever agreed to get messages. */
export const wasSmsEverAllowed = (confidentialLog: readonly ConfidentialEntry[]) =>
  confidentialLog.some(({ type }) => type === "sms-consent-given");

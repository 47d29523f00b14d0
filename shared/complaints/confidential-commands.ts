import { Fault } from "../fault.ts";
import type { Identity } from "../identities/identity.ts";
import type { PrincipalOf } from "../people/principal.ts";
import {
  mostConsents,
  mostOpinions,
  mostSecretGenerations,
  opinionPeriodDays,
  renewalsByOneInspector,
  secondInspectorMinutes,
} from "../policy-numbers.ts";
import { addMilliseconds, dayMs, minuteMs } from "../time/duration.ts";
import { assertCaller } from "./access.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import { type Complaint, isAnsweredByAgency } from "./complaint.ts";
import type { ConfidentialEntry, NewEntry, Opinion } from "./confidential-log.ts";
import { assertNotClosed, assertSecretRested, wrongStateFault } from "./refusals.ts";

/**
 * Whether an admin's order forbids erasing anything of a complaint. `since` is the time of the first order in force,
 * `reason` the reason of the last.
 */
export type Hold = { held: true; since: string; reason: string } | { held: false };

type ConfidentialLog = readonly ConfidentialEntry[];
type HoldCommand = { by: PrincipalOf<"admin">; now: string; confidentialLog: ConfidentialLog; reason: string };

/** Sets a hold, or changes its reason. Returns undefined if the same hold is in force already. */
export function setHold(
  complaint: Complaint,
  { confidentialLog, reason, ...order }: HoldCommand,
): NewEntry | undefined {
  const hold = holdOf(confidentialLog);
  if (hold.held && hold.reason === reason) return undefined;
  return createEntry(complaint, { ...adminAttribution(order), payload: { type: "hold-set", reason } });
}

/** Lifts a hold. Returns undefined if no hold is in force. */
export function liftHold(
  complaint: Complaint,
  { confidentialLog, reason, ...order }: HoldCommand,
): NewEntry | undefined {
  if (!holdOf(confidentialLog).held) return undefined;
  return createEntry(complaint, { ...adminAttribution(order), payload: { type: "hold-lifted", reason } });
}

function adminAttribution({ by: { clientId, person }, now }: Pick<HoldCommand, "by" | "now">) {
  return { now, by: { by: "admin" as const, clientId, person } };
}

/** The hold in force after the last entry. */
export function holdOf(confidentialLog: ConfidentialLog): Hold {
  const lifted = confidentialLog.findLastIndex(({ type }) => type === "hold-lifted");
  const orders = confidentialLog.slice(lifted + 1).filter((one) => one.type === "hold-set");
  const [first, last] = [orders[0], orders.at(-1)];
  return first && last ? { held: true, since: first.at, reason: last.reason } : { held: false };
}

type OpinionCommand = CommandContext<PrincipalOf<"citizen">> & {
  confidentialLog: readonly ConfidentialEntry[];
  opinion: Opinion;
};

/**
 * The citizen gives an opinion on the handling, again or for the first time. It is possible from the answer or the closing
 * until `opinionPeriodDays` after closing. Throws if the secret was renewed lately: an opinion counts in figures and can take back a
 * report of pressure.
 */
export function giveOpinion(complaint: Complaint, { by, now, confidentialLog, opinion }: OpinionCommand): NewEntry {
  assertCaller(complaint, { by, callers: ["citizen"] });
  assertOpinionPeriod(complaint, now);
  if (opinionsIn(confidentialLog).length >= mostOpinions) throw wrongStateFault(complaint, "opinion-limit");
  assertSecretRested(complaint, { now });
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "opinion-given", ...opinion } });
}

function assertOpinionPeriod(complaint: Complaint, now: string): void {
  const { closedAt } = complaint;
  if (!isAnsweredByAgency(complaint) && !closedAt) throw wrongStateFault(complaint);
  if (closedAt && now >= addMilliseconds(closedAt, opinionPeriodDays * dayMs))
    throw wrongStateFault(complaint, "closed-long-ago");
}

/**
 * The time of the first report, still standing, that somebody pressured the citizen. Undefined if no report stands. A
 * citizen reports it in an opinion or in a call. An opinion without the report withdraws all earlier reports. A call without
 * the report withdraws only the reports of earlier calls.
 */
export function pressuredSince(confidentialLog: readonly ConfidentialEntry[]): string | undefined {
  const lastDenialByOpinion = confidentialLog.findLastIndex((one) => one.type === "opinion-given" && !one.pressured);
  const standing = confidentialLog.slice(lastDenialByOpinion + 1);
  const calls = standing.filter((one) => one.type === "call-recorded" && one.outcome === "answered");
  const lastDenialByCall = calls.findLastIndex((one) => !("pressured" in one && one.pressured));
  const reports = [...calls.slice(lastDenialByCall + 1), ...opinionsIn(standing)];
  return reports.map(({ at }) => at).sort()[0];
}

/** Every opinion that the citizen gave without being called. */
function opinionsIn(confidentialLog: readonly ConfidentialEntry[]) {
  return confidentialLog.filter((one) => one.type === "opinion-given");
}

type InspectorContext = CommandContext<PrincipalOf<"inspector">>;
type CitizenContext = CommandContext<PrincipalOf<"citizen">>;

/** Records that an inspector reads the citizen's identity. The citizen sees this entry and the inspector's name. */
export function recordIdentityRead(
  complaint: Complaint,
  { by, now, name, comparedText }: InspectorContext & { name: string; comparedText?: true },
): NewEntry {
  assertCaller(complaint, { by, callers: ["inspector"] });
  return createEntry(complaint, {
    now,
    by: attributionOf(by),
    payload: { type: "identity-read", inspector: by.person, name, comparedText },
  });
}

type RenewalCommand = InspectorContext & {
  name: string;
  /** The national id that the inspector read on the citizen's card. */
  nationalId: string;
  confidentialLog: ConfidentialLog;
  /** The national id that the citizen gave at filing, if it is stored. */
  declared: Pick<Identity, "name" | "nationalId"> | undefined;
};

/** Throws if the secret cannot be renewed: the filing names nobody, or every generation was used. */
export function assertRenewable(complaint: Complaint, declared: RenewalCommand["declared"]): void {
  if (!declared?.name || !declared.nationalId) throw wrongStateFault(complaint, "national-id-missing");
  if (nextSecretGeneration(complaint) >= mostSecretGenerations) throw new Fault("renewal-limit");
}

/** The generation of the secret after the next renewal. */
export const nextSecretGeneration = ({ secretGeneration = 0 }: Pick<Complaint, "secretGeneration">) =>
  secretGeneration + 1;

type Renewal = Extract<NewEntry, { type: "secret-renewed" }>;
type RenewalRequest = Extract<NewEntry, { type: "renewal-requested" }>;

/**
 * An inspector who saw the citizen's card gives the complaint its next secret. After several renewals a second inspector has to do the
 * same within some minutes: the first one's request is then an entry of its own. Throws if the national id is not the one that the
 * citizen declared, and the faults of `assertRenewable`.
 */
export function renewSecret(
  complaint: Complaint,
  { by, now, name, nationalId, declared, confidentialLog }: RenewalCommand,
): Renewal | RenewalRequest {
  assertCaller(complaint, { by, callers: ["inspector"] });
  assertRenewable(complaint, declared);
  if (declared?.nationalId !== nationalId) throw new Fault("national-id-differs");
  if (needsSecondInspector(complaint) && !isRequestedByAnother(confidentialLog, { by, now })) {
    const payload = { type: "renewal-requested" as const, inspector: by.person, name };
    return { ...createEntry(complaint, { now, by: attributionOf(by), payload }), ...payload };
  }
  const payload = { type: "secret-renewed", generation: nextSecretGeneration(complaint) } as const;
  const entry = createEntry(complaint, {
    now,
    by: attributionOf(by),
    payload: { ...payload, inspector: by.person, name },
  });
  return { ...entry, ...payload };
}

const needsSecondInspector = (complaint: Complaint) => nextSecretGeneration(complaint) > renewalsByOneInspector;

/** Whether another inspector asked for this renewal some minutes ago. */
function isRequestedByAnother(
  confidentialLog: ConfidentialLog,
  { by, now }: Pick<InspectorContext, "by" | "now">,
): boolean {
  const renewed = confidentialLog.findLastIndex(({ type }) => type === "secret-renewed");
  const since = addMilliseconds(now, -secondInspectorMinutes * minuteMs);
  return confidentialLog
    .slice(renewed + 1)
    .some((one) => one.type === "renewal-requested" && one.inspector !== by.person && one.at >= since);
}

/** The generation of the secret that opens the complaint, as the confidential log tells; undefined for the first. */
export function secretGenerationIn(confidentialLog: ConfidentialLog): number | undefined {
  const generations = confidentialLog.flatMap((one) => (one.type === "secret-renewed" ? one.generation : []));
  return generations.length > 0 ? Math.max(...generations) : undefined;
}

type ConsentCommand = CitizenContext & { confidentialLog: readonly ConfidentialEntry[]; hasIdentity: boolean };

/**
 * The citizen shares the identity with the agency that holds the complaint. Returns undefined if it is shared already.
 * Throws if the complaint is closed, no agency holds it, no identity is stored, or the consents are used up.
 */
export function giveConsent(
  complaint: Complaint,
  { by, now, confidentialLog, hasIdentity }: ConsentCommand,
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (isIdentityShared(complaint, confidentialLog)) return undefined;
  assertSecretRested(complaint, { now });
  assertNotClosed(complaint);
  if (complaint.retaliationFor) throw wrongStateFault(complaint, "agency-missing");
  if (!hasIdentity) throw wrongStateFault(complaint, "identity-missing");
  // Consent at filing does not count towards the limit. It carries the front end's client id.
  const given = confidentialLog.filter(({ type, clientId }) => type === "consent-given" && !clientId);
  if (given.length >= mostConsents) throw new Fault("consent-limit");
  return consentEntry(complaint, { by: attributionOf(by), now });
}

/**
 * Consent for the agency that holds the complaint now. The entry keeps the number of transfers, so that the next transfer
 * ends the consent.
 */
export function consentEntry(
  complaint: Complaint,
  { by, now }: { by: Parameters<typeof createEntry>[1]["by"]; now: string },
) {
  const { agencyId, transferCount } = complaint;
  return createEntry(complaint, { now, by, payload: { type: "consent-given", agencyId, transferCount } });
}

/** The citizen takes back every consent, also after closing. Returns undefined if no consent is in force. */
export function withdrawConsent(
  complaint: Complaint,
  { by, now, confidentialLog }: CitizenContext & { confidentialLog: readonly ConfidentialEntry[] },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (agenciesWithConsent(confidentialLog).length === 0) return undefined;
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "consent-withdrawn" } });
}

/**
 * The citizen has the stored identity erased. Returns undefined if no identity is stored. Throws `legal-hold` while a hold is
 * in force, and `wrong-state` where the secret was renewed lately.
 */
export function eraseIdentity(
  complaint: Complaint,
  { by, now, confidentialLog, hasIdentity }: ConsentCommand,
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (!hasIdentity) return undefined;
  assertSecretRested(complaint, { now });
  if (holdOf(confidentialLog).held) throw new Fault("legal-hold");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "identity-erased" } });
}

/** The consents after the last entry that ended all earlier consents. */
function validConsents(confidentialLog: readonly ConfidentialEntry[]) {
  const ended = confidentialLog.findLastIndex(({ type }) => type === "consent-withdrawn" || type === "identity-erased");
  return confidentialLog.slice(ended + 1).filter((one) => one.type === "consent-given");
}

/** Whether the agency that holds the complaint may know the citizen. */
export function isIdentityShared(
  { agencyId, transferCount }: Complaint,
  confidentialLog: readonly ConfidentialEntry[],
): boolean {
  const last = validConsents(confidentialLog).at(-1);
  return last?.agencyId === agencyId && last.transferCount === transferCount;
}

/** The agencies for which a copy of the identity is stored. */
export function agenciesWithConsent(confidentialLog: readonly ConfidentialEntry[]): string[] {
  return [...new Set(validConsents(confidentialLog).map(({ agencyId }) => agencyId))];
}

import { Fault, invalidFault } from "../fault.ts";
import { mostConsents, mostOpinions, mostVisits, opinionPeriodDays } from "../policy-numbers.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { assertCaller } from "./access.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import { type Complaint, isAnsweredByAgency } from "./complaint.ts";
import type { ConfidentialEntry, NewEntry, Opinion } from "./confidential-log.ts";
import type { PrincipalOf } from "./principal.ts";
import { assertNotClosed, wrongStateFault } from "./refusals.ts";

/** An admin's order that nothing of a complaint is erased; `since`: when it was first given, `reason`: the last one. */
export type Hold = { held: true; since: string; reason: string } | { held: false };

type ConfidentialLog = readonly ConfidentialEntry[];
type HoldCommand = { by: PrincipalOf<"admin">; now: string; confidentialLog: ConfidentialLog; reason: string };

export function setHold(
  complaint: Complaint,
  { confidentialLog, reason, ...order }: HoldCommand,
): NewEntry | undefined {
  const before = holdOf(confidentialLog);
  if (before.held && before.reason === reason) return undefined;
  return createEntry(complaint, { ...adminAttribution(order), payload: { type: "hold-set", reason } });
}

export function liftHold(
  complaint: Complaint,
  { confidentialLog, reason, ...order }: HoldCommand,
): NewEntry | undefined {
  if (!holdOf(confidentialLog).held) return undefined;
  return createEntry(complaint, { ...adminAttribution(order), payload: { type: "hold-lifted", reason } });
}

function adminAttribution({ by: { clientId, person }, now }: Pick<HoldCommand, "by" | "now">) {
  return { now, by: { by: "admin" as const, client: clientId, person } };
}

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

/** The citizen says, or says anew, what to think of it: from the answer, or from closing, until 30 days after closing. */
export function giveOpinion(complaint: Complaint, { by, now, confidentialLog, opinion }: OpinionCommand): NewEntry {
  assertCaller(complaint, { by, callers: ["citizen"] });
  assertOpinionPeriod(complaint, now);
  if (opinionsIn(confidentialLog).length >= mostOpinions) throw wrongStateFault(complaint, "opinion-limit");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "opinion-given", ...opinion } });
}

function assertOpinionPeriod(complaint: Complaint, now: string): void {
  const { closedAt } = complaint;
  if (!isAnsweredByAgency(complaint) && !closedAt) throw wrongStateFault(complaint);
  if (closedAt && now >= addMilliseconds(closedAt, opinionPeriodDays * dayMs))
    throw wrongStateFault(complaint, "closed-long-ago");
}

/**
 * Since when the citizen says, in writing or called, that somebody pressed; undefined where nobody does any more. What the
 * citizen writes unsays all before it; what a caller writes down unsays nothing that the citizen wrote.
 */
export function pressedAt(confidentialLog: readonly ConfidentialEntry[]): string | undefined {
  const entriesSinceDenied = confidentialLog.slice(
    confidentialLog.findLastIndex((one) => one.type === "opinion-given" && !one.pressed) + 1,
  );
  const calls = entriesSinceDenied.filter((one) => one.type === "called" && one.outcome === "answered");
  const called = calls.slice(calls.findLastIndex((one) => !("pressed" in one && one.pressed)) + 1);
  return [...called, ...opinionsIn(entriesSinceDenied)].map(({ at }) => at).sort()[0];
}

/** Every opinion that the citizen gave unasked; the last one counts. */
function opinionsIn(confidentialLog: readonly ConfidentialEntry[]) {
  return confidentialLog.filter((one) => one.type === "opinion-given");
}

type InspectorContext = CommandContext<PrincipalOf<"inspector">>;
type CitizenContext = CommandContext<PrincipalOf<"citizen">>;

type VisitOrder = InspectorContext & {
  confidentialLog: readonly ConfidentialEntry[];
  visitId: string;
  plannedAt: string;
};

/** An inspector will go and look. */
export function orderVisit(
  complaint: Complaint,
  { by, now, confidentialLog, visitId, plannedAt }: VisitOrder,
): NewEntry {
  assertCaller(complaint, { by, callers: ["inspector"] });
  assertNotClosed(complaint);
  const ordered = confidentialLog.filter(({ type }) => type === "visit-ordered");
  if (ordered.length >= mostVisits) throw wrongStateFault(complaint, "visit-limit");
  if (plannedAt < now) throw invalidFault("plannedAt", "in-the-past");
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "visit-ordered", visitId, plannedAt } });
}

/** An inspector reads who complains; the citizen sees that, and by whom. */
export function recordIdentityRead(complaint: Complaint, { by, now }: InspectorContext): NewEntry {
  assertCaller(complaint, { by, callers: ["inspector"] });
  return createEntry(complaint, {
    now,
    by: attributionOf(by),
    payload: { type: "identity-read", inspector: by.person },
  });
}

type ConsentCommand = CitizenContext & { confidentialLog: readonly ConfidentialEntry[]; hasIdentity: boolean };

/**
 * The citizen lets the agency that holds the complaint know who complains; undefined where it may know already. Nobody
 * can consent where no agency holds the case, nobody is named, or it is over.
 */
export function giveConsent(
  complaint: Complaint,
  { by, now, confidentialLog, hasIdentity }: ConsentCommand,
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (isIdentityShared(complaint, confidentialLog)) return undefined;
  assertNotClosed(complaint);
  if (complaint.retaliationFor) throw wrongStateFault(complaint, "agency-missing");
  if (!hasIdentity) throw wrongStateFault(complaint, "identity-missing");
  // What was agreed at filing is no change of mind.
  const given = confidentialLog.filter(({ type, client }) => type === "consent-given" && !client);
  if (given.length >= mostConsents) throw new Fault("consent-limit");
  return consentEntry(complaint, { by: attributionOf(by), now });
}

/** Consent to the agency that holds the complaint, for as long as it does: every transfer changes the number. */
export function consentEntry(
  complaint: Complaint,
  { by, now }: { by: Parameters<typeof createEntry>[1]["by"]; now: string },
) {
  const { agencyId, transfers } = complaint;
  return createEntry(complaint, { now, by, payload: { type: "consent-given", agencyId, transfers } });
}

/** Never refused, also of a closed complaint; undefined where there is nothing to take back. */
export function withdrawConsent(
  complaint: Complaint,
  { by, now, confidentialLog }: CitizenContext & { confidentialLog: readonly ConfidentialEntry[] },
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (agenciesWithConsent(confidentialLog).length === 0) return undefined;
  return createEntry(complaint, { now, by: attributionOf(by), payload: { type: "consent-taken-back" } });
}

/** Who complains is kept no longer; refused only while a hold keeps all of it. Undefined where nobody is kept. */
export function eraseIdentity(
  complaint: Complaint,
  { by, now, confidentialLog, hasIdentity }: ConsentCommand,
): NewEntry | undefined {
  assertCaller(complaint, { by, callers: ["citizen"] });
  if (hasIdentity && holdOf(confidentialLog).held) throw new Fault("held");
  return hasIdentity
    ? createEntry(complaint, { now, by: attributionOf(by), payload: { type: "identity-erased" } })
    : undefined;
}

/** Every consent since it was last taken back, or the identity erased. */
function validConsents(confidentialLog: readonly ConfidentialEntry[]) {
  const ended = confidentialLog.findLastIndex(
    ({ type }) => type === "consent-taken-back" || type === "identity-erased",
  );
  return confidentialLog.slice(ended + 1).filter((one) => one.type === "consent-given");
}

/** Whether the agency that holds the complaint may know who complains. */
export function isIdentityShared(
  { agencyId, transfers }: Complaint,
  confidentialLog: readonly ConfidentialEntry[],
): boolean {
  const last = validConsents(confidentialLog).at(-1);
  return last?.agencyId === agencyId && last.transfers === transfers;
}

/** The agencies that a copy of the identity was kept for. */
export function agenciesWithConsent(confidentialLog: readonly ConfidentialEntry[]): string[] {
  return [...new Set(validConsents(confidentialLog).map(({ agencyId }) => agencyId))];
}

import { Fault, invalid } from "../fault.ts";
import { mostConsents, mostVisits } from "../policy-numbers.ts";
import { mustBe } from "./access.ts";
import { note, type Stage, signature } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import { isClosed, mustPass, wrongState } from "./guards.ts";
import { holdOf } from "./hold.ts";
import type { PrincipalOf } from "./principal.ts";
import type { Note, PrivateEvent } from "./private-series.ts";

type ByInspector = Stage<PrincipalOf<"inspector">>;
type ByCitizen = Stage<PrincipalOf<"citizen">>;

type Order = ByInspector & { series: readonly PrivateEvent[]; visitId: string; plannedAt: string };

/** An inspector will go and look. */
export function orderVisit(complaint: Complaint, { by, now, series, visitId, plannedAt }: Order): Note {
  mustBe("inspector", complaint, by);
  mustPass([isClosed], { complaint, act: {} });
  const ordered = series.filter(({ type }) => type === "visit-ordered");
  if (ordered.length >= mostVisits) throw wrongState(complaint, "visit-limit");
  if (plannedAt < now) throw invalid("plannedAt", "in-the-past");
  return note(complaint, { now, by: signature(by), says: { type: "visit-ordered", visitId, plannedAt } });
}

/** An inspector reads who complains; the citizen sees that, and by whom. */
export function readIdentity(complaint: Complaint, { by, now }: ByInspector): Note {
  mustBe("inspector", complaint, by);
  return note(complaint, { now, by: signature(by), says: { type: "identity-read", inspector: by.person } });
}

type Consent = ByCitizen & { series: readonly PrivateEvent[]; isNamed: boolean };

/**
 * The citizen lets the agency that holds the complaint know who complains; undefined where it may know already. Nobody
 * can consent where no agency holds the case, nobody is named, or it is over.
 */
export function giveConsent(complaint: Complaint, { by, now, series, isNamed }: Consent): Note | undefined {
  mustBe("citizen", complaint, by);
  if (isShared(complaint, series)) return undefined;
  mustPass([isClosed], { complaint, act: {} });
  if (complaint.retaliationFor) throw wrongState(complaint, "agency-missing");
  if (!isNamed) throw wrongState(complaint, "identity-missing");
  // What was agreed at filing is no change of mind.
  const given = series.filter(({ type, client }) => type === "consent-given" && !client);
  if (given.length >= mostConsents) throw new Fault("consent-limit");
  return consentTo(complaint, { by: signature(by), now });
}

/** Consent to the agency that holds the complaint, for as long as it does: every transfer changes the number. */
export function consentTo(complaint: Complaint, { by, now }: { by: Parameters<typeof note>[1]["by"]; now: string }) {
  const { agencyId, transfers } = complaint;
  return note(complaint, { now, by, says: { type: "consent-given", agencyId, transfers } });
}

/** Never refused, also of a closed complaint; undefined where there is nothing to take back. */
export function takeBackConsent(
  complaint: Complaint,
  { by, now, series }: ByCitizen & { series: readonly PrivateEvent[] },
): Note | undefined {
  mustBe("citizen", complaint, by);
  if (agenciesTrusted(series).length === 0) return undefined;
  return note(complaint, { now, by: signature(by), says: { type: "consent-taken-back" } });
}

/** Who complains is kept no longer; refused only while a hold keeps all of it. Undefined where nobody is kept. */
export function eraseIdentity(complaint: Complaint, { by, now, series, isNamed }: Consent): Note | undefined {
  mustBe("citizen", complaint, by);
  if (isNamed && holdOf(series).held) throw new Fault("held");
  return isNamed ? note(complaint, { now, by: signature(by), says: { type: "identity-erased" } }) : undefined;
}

/** Every consent since it was last taken back, or the identity erased. */
function consentsIn(series: readonly PrivateEvent[]) {
  const ended = series.findLastIndex(({ type }) => type === "consent-taken-back" || type === "identity-erased");
  return series.slice(ended + 1).filter((one) => one.type === "consent-given");
}

/** Whether the agency that holds the complaint may know who complains. */
export function isShared({ agencyId, transfers }: Complaint, series: readonly PrivateEvent[]): boolean {
  const last = consentsIn(series).at(-1);
  return last?.agencyId === agencyId && last.transfers === transfers;
}

/** The agencies that a copy of the identity was kept for. */
export function agenciesTrusted(series: readonly PrivateEvent[]): string[] {
  return [...new Set(consentsIn(series).map(({ agencyId }) => agencyId))];
}

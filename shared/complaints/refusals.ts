import { Fault, type FaultReason, invalidFault } from "../fault.ts";
import type { Refusal } from "../moves.ts";
import type { Officer } from "../people/people.ts";
import type { PrincipalOf } from "../people/principal.ts";
import {
  messagesKeptForCitizen,
  mostMessagesPerSide,
  mostTransfersByAgencies,
  renewedSecretRestsHours,
  statementPeriodDays,
  toleratedClockDifferenceMinutes,
} from "../policy-numbers.ts";
import type { TransferTarget } from "../province/directory.ts";
import { addMilliseconds, dayMs, hourMs, minuteMs } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import {
  type Complaint,
  type Finding,
  isAccused,
  isAnsweredByAgency,
  lateDisputeBy,
  type PromisedAction,
  type Visit,
} from "./complaint.ts";

/** One reason to refuse a command on a complaint. Each check declares only the fields of the command that it reads. */
export type RefusalCheck<Command> = Refusal<Complaint, Command>;

/** The fault for a command that the complaint's present state does not allow. */
export function wrongStateFault({ status }: Pick<Complaint, "status">, reason?: FaultReason): Fault {
  return new Fault("wrong-state", { values: { status }, reason });
}

/** The employee whom the complaint names must neither handle the complaint nor write to the citizen. */
export function refuseAccusedOfficer(
  complaint: Complaint,
  { officer }: { officer?: Officer | undefined },
): Fault | undefined {
  return officer && isAccused(complaint, officer) ? new Fault("conflict-of-interest") : undefined;
}

export function assertNotClosed(complaint: Complaint): void {
  if (complaint.status === "closed") throw wrongStateFault(complaint);
}

export function refuseUnknownTarget(
  { agencyId }: Complaint,
  { toAgencyId, exists, servesCounty }: TransferTarget,
): Fault | undefined {
  const refuse = (reason: FaultReason) => new Fault("unknown-agency", { reason, values: { agencyId: toAgencyId } });
  if (toAgencyId === agencyId) return refuse("receiver-has-complaint");
  if (!exists) return refuse("receiver-unknown");
  return servesCounty ? undefined : refuse("receiver-outside-county");
}

export function refuseRetiredTarget(_: Complaint, { retiredFault }: TransferTarget): Fault | undefined {
  return retiredFault;
}

export function refuseTransferToOperator(_: Complaint, { operatesFrontEnd }: TransferTarget): Fault | undefined {
  return operatesFrontEnd ? new Fault("not-allowed") : undefined;
}

export function refuseTooManyTransfers(
  { transferCount }: Complaint,
  { by }: { by: { caller: string } },
): Fault | undefined {
  return by.caller === "agency" && transferCount >= mostTransfersByAgencies ? new Fault("transfer-limit") : undefined;
}

/** A closed case is disputed only if it closed in silence, and only for a time. */
export function refuseDisputeOfClosed(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  if (complaint.status !== "closed") return undefined;
  const disputeBy = lateDisputeBy(complaint);
  if (!disputeBy) return wrongStateFault(complaint);
  return now >= disputeBy ? wrongStateFault(complaint, "closed-long-ago") : undefined;
}

export function refuseSecondExtension({ extended }: Complaint): Fault | undefined {
  return extended ? new Fault("already-extended") : undefined;
}

export function refuseOverdueExtension(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  return now >= complaint.answerBy ? wrongStateFault(complaint, "answer-overdue") : undefined;
}

/** When a secret that was renewed at an instant may act as any other secret. */
export const secretRestsUntil = (renewedAt: string): string =>
  addMilliseconds(renewedAt, renewedSecretRestsHours * hourMs);

/** Refuses a move for 48 hours after the secret was renewed. Reading, writing and disputing are not refused. */
export function refuseRenewedSecret(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  const { secretRenewedAt } = complaint;
  const rests = secretRenewedAt && now < secretRestsUntil(secretRenewedAt);
  return rests ? wrongStateFault(complaint, "secret-renewed-lately") : undefined;
}

/** Throws as `refuseRenewedSecret` returns. */
export function assertSecretRested(complaint: Complaint, { now }: { now: string }): void {
  const refusal = refuseRenewedSecret(complaint, { now });
  if (refusal) throw refusal;
}

/** A promised action cannot be due on a day that has passed. */
export function refusePastPromise(
  _: Complaint,
  { now, payload }: { now: string; payload: { actions: PromisedAction[] } },
): Fault | undefined {
  const today = localDate(now);
  const n = payload.actions.findIndex(({ dueOn }) => dueOn !== undefined && dueOn < today);
  return n < 0 ? undefined : invalidFault(`actions[${n}].dueOn`, "in-the-past");
}

/** The cause that an answer or a decision names. `causeFault` is present if the cause is not allowed (`refuseCause`). */
export type NamedCause = { cause: string; causeFault?: Fault | undefined };

export function refuseUnusableCause(_: Complaint, { causeFault }: Pick<NamedCause, "causeFault">): Fault | undefined {
  return causeFault;
}

/** A decision must contain `upholdsAnswer` where the agency has answered, and must not contain it otherwise. */
export function refuseWrongUpholdsAnswer(
  complaint: Complaint,
  { payload }: { payload: { upholdsAnswer?: boolean | undefined } },
): Fault | undefined {
  const answered = isAnsweredByAgency(complaint);
  if (answered === (payload.upholdsAnswer !== undefined)) return undefined;
  return invalidFault("upholdsAnswer", answered ? "judgement-missing" : "no-answer-to-judge");
}

/** The cause of a finding other than `founded`, if the province has no cause for it. */
const noCause = "none";

type DecidedFields = { finding: Finding; cause?: string | undefined; upholdsAnswer?: boolean | undefined };

/** A complaint that is `founded` has a cause, and an answer is upheld only by a decision with the same finding. */
export function refuseContradiction(
  { answerFinding }: Complaint,
  { payload: { finding, cause, upholdsAnswer } }: { payload: DecidedFields },
): Fault | undefined {
  if (finding === "founded" && cause === noCause) return invalidFault("cause", "founded-without-cause");
  return upholdsAnswer && finding !== answerFinding
    ? invalidFault("upholdsAnswer", "finding-of-answer-differs")
    : undefined;
}

export type DecidingInspector = {
  by: PrincipalOf<"inspector">;
  /** For a retaliation report: the inspector who decided or rejected the earlier complaint. */
  earlierInspector?: string | undefined;
  /** The agencies at which the inspector has a role, or had one in the two years before the filing. */
  ownAgencies?: readonly string[] | undefined;
  /** Whether one of these agencies has the complaint, or had it before a transfer. */
  wasAtOwnAgency?: boolean | undefined;
};

/** An official who moved from an agency to the inspection centre does not judge this agency. */
export function refuseOwnAgency(
  { agencyId }: Complaint,
  { ownAgencies = [], wasAtOwnAgency = false }: DecidingInspector,
): Fault | undefined {
  return wasAtOwnAgency || ownAgencies.includes(agencyId)
    ? new Fault("conflict-of-interest", { reason: "had-role-at-agency" })
    : undefined;
}

/** The inspector who ended a complaint must not judge whether the agency retaliated against its complainant. */
export function refuseEarlierJudge(_: Complaint, { by, earlierInspector }: DecidingInspector): Fault | undefined {
  return by.person === earlierInspector
    ? new Fault("conflict-of-interest", { reason: "decided-earlier-complaint" })
    : undefined;
}

export function refuseLateStatement(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  const { closedAt } = complaint;
  return closedAt && now >= addMilliseconds(closedAt, statementPeriodDays * dayMs)
    ? wrongStateFault(complaint, "closed-long-ago")
    : undefined;
}

/**
 * Each side has messages of its own, so nobody uses up those of the citizen. A lately renewed secret may be in other hands, so it leaves
 * the last messages to the citizen.
 */
export function refuseTooManyMessages(
  complaint: Complaint,
  { by, now }: { by: { caller: "citizen" | "agency" | "inspector" | "overseer" }; now: string },
): Fault | undefined {
  const count = complaint.messageCounts?.[by.caller] ?? 0;
  if (count >= mostMessagesPerSide) return wrongStateFault(complaint, "message-limit");
  const areKept = by.caller === "citizen" && count >= mostMessagesPerSide - messagesKeptForCitizen;
  return areKept && refuseRenewedSecret(complaint, { now }) ? wrongStateFault(complaint, "messages-kept") : undefined;
}

/** An arrival must lie between the filing and now. Both ends tolerate a device clock that is a few minutes off. */
export function refuseImpossibleArrival(
  { filedAt }: Complaint,
  { arrivedAt, now }: { arrivedAt: string; now: string },
): Fault | undefined {
  if (arrivedAt > addMilliseconds(now, toleratedClockDifferenceMinutes * minuteMs))
    return invalidFault("arrivedAt", "in-the-future");
  return arrivedAt < addMilliseconds(filedAt, -toleratedClockDifferenceMinutes * minuteMs)
    ? invalidFault("arrivedAt", "before-filing")
    : undefined;
}

/** A visit that was never ordered is `not-found`, like an unknown complaint. A visit is reported or cancelled once. */
export function refuseWithoutOpenVisit(
  complaint: Complaint,
  { visit }: { visit: Visit | undefined },
): Fault | undefined {
  if (!visit) return new Fault("not-found");
  if (visit.cancelledAt) return wrongStateFault(complaint, "visit-cancelled");
  return visit.reportedAt ? wrongStateFault(complaint, "visit-reported") : undefined;
}

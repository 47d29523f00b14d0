import { Fault, type FaultReason, invalidFault } from "../fault.ts";
import {
  mostMessagesPerSide,
  mostTransfersByAgencies,
  statementPeriodDays,
  toleratedClockDifferenceMinutes,
} from "../policy-numbers.ts";
import { addMilliseconds, dayMs, minuteMs } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import {
  type Complaint,
  isAccused,
  isAnsweredByAgency,
  type Officer,
  type PromisedAction,
  type Visit,
} from "./complaint.ts";
import type { PrincipalOf } from "./principal.ts";

/** Returns why a command is refused, or undefined. Guards are named for what they find. */
export type RefusalCheck<Command = never> = (complaint: Complaint, command: Command) => Fault | undefined;

/** The fields of a command that the guards of a rule ask for. */
export type RefusalInput<R extends { guards: readonly RefusalCheck[] }> = R["guards"][number] extends (
  complaint: Complaint,
  command: infer Command,
) => unknown
  ? Command
  : unknown;

export function wrongStateFault({ status }: Pick<Complaint, "status">, reason?: FaultReason): Fault {
  return new Fault("wrong-state", { values: { status }, reason });
}

/** Throws the fault of the first guard that returns one. */
export function applyRefusalChecks(
  guards: readonly RefusalCheck[],
  { complaint, command }: { complaint: Complaint; command: unknown },
): void {
  for (const refuse of guards) {
    const fault = refuse(complaint, command as never);
    if (fault) throw fault;
  }
}

/** An officer who is complained of neither works on the complaint nor writes to the citizen. */
export function refuseAccusedOfficer(
  complaint: Complaint,
  { officer }: { officer?: Officer | undefined },
): Fault | undefined {
  return officer && isAccused(complaint, officer) ? new Fault("same-person") : undefined;
}

export function refuseClosedComplaint(complaint: Complaint): Fault | undefined {
  return complaint.status === "closed" ? wrongStateFault(complaint) : undefined;
}

/** The agency that a complaint is to be transferred to. */
export type TransferTarget = {
  toAgencyId: string;
  /** Whether it is there and serves the complaint's county. */
  servesCounty: boolean;
  /** Where it takes nothing new any more: the refusal, which says what took its place. */
  retiredFault?: Fault | undefined;
  /** Whether it runs the front end that filed the complaint: it would then know the citizen's secret. */
  operatesFrontEnd: boolean;
};

export function refuseUnknownTarget(
  complaint: Complaint,
  { toAgencyId, servesCounty }: TransferTarget,
): Fault | undefined {
  if (toAgencyId !== complaint.agencyId && servesCounty) return undefined;
  return new Fault("unknown-agency", { reason: "unknown-receiver", values: { agencyId: toAgencyId } });
}

export function refuseRetiredTarget(_: Complaint, { retiredFault }: TransferTarget): Fault | undefined {
  return retiredFault;
}

export function refuseTransferToOperator(_: Complaint, { operatesFrontEnd }: TransferTarget): Fault | undefined {
  return operatesFrontEnd ? new Fault("not-allowed") : undefined;
}

export function refuseTooManyTransfers(
  { transfers }: Complaint,
  { by }: { by: { caller: string } },
): Fault | undefined {
  return by.caller === "agency" && transfers >= mostTransfersByAgencies ? new Fault("transfer-limit") : undefined;
}

export function refuseSecondExtension({ extended }: Complaint): Fault | undefined {
  return extended ? new Fault("already-extended") : undefined;
}

export function refuseOverdueExtension(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  return now >= complaint.answerBy ? wrongStateFault(complaint, "answer-overdue") : undefined;
}

/** What is promised for a day that has passed is no promise. */
export function refusePastPromise(
  _: Complaint,
  { now, payload }: { now: string; payload: { actions: PromisedAction[] } },
): Fault | undefined {
  const today = localDate(now);
  const n = payload.actions.findIndex(({ by }) => by !== undefined && by < today);
  return n < 0 ? undefined : invalidFault(`actions[${n}].by`, "in-the-past");
}

/** What an answer or a decision names as the cause; `causeFault` where it may not (`refuseCause`). */
export type NamedCause = { cause: string; causeFault?: Fault | undefined };

export function refuseUnusableCause(_: Complaint, { causeFault }: Pick<NamedCause, "causeFault">): Fault | undefined {
  return causeFault;
}

/** Whoever decides says whether the agency's answer is upheld, where there is one, and says nothing of it where not. */
export function refuseWrongUpholdsAnswer(
  complaint: Complaint,
  { payload }: { payload: { upholdsAnswer?: boolean | undefined } },
): Fault | undefined {
  const answered = isAnsweredByAgency(complaint);
  if (answered === (payload.upholdsAnswer !== undefined)) return undefined;
  return invalidFault("upholdsAnswer", answered ? "judgement-missing" : "no-answer-to-judge");
}

export type DecidingInspector = {
  by: PrincipalOf<"inspector">;
  /** For a retaliation report: the inspector who decided or rejected the earlier complaint. */
  decidedBefore?: string | undefined;
};

/** An inspector who ended a complaint does not judge whether the complainant was made to pay for it. */
export function refuseEarlierJudge(_: Complaint, { by, decidedBefore }: DecidingInspector): Fault | undefined {
  return by.person === decidedBefore ? new Fault("same-person", { reason: "decided-earlier-complaint" }) : undefined;
}

export function refuseLateStatement(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  const { closedAt } = complaint;
  return closedAt && now >= addMilliseconds(closedAt, statementPeriodDays * dayMs)
    ? wrongStateFault(complaint, "closed-long-ago")
    : undefined;
}

export function refuseTooManyMessages(
  complaint: Complaint,
  { by }: { by: { caller: "citizen" | "agency" | "inspector" } },
): Fault | undefined {
  const count = complaint.said?.[by.caller] ?? 0;
  return count >= mostMessagesPerSide ? wrongStateFault(complaint, "message-limit") : undefined;
}

/** Nobody arrives after reporting it, nor before there was a complaint. */
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

/** A visit that was never ordered is `not-found`, like an unknown complaint; an ordered one is reported once. */
export function refuseWithoutOpenVisit(
  complaint: Complaint,
  { visit }: { visit: Visit | undefined },
): Fault | undefined {
  if (!visit) return new Fault("not-found");
  return visit.reportedAt ? wrongStateFault(complaint, "visit-reported") : undefined;
}

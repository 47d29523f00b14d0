import { Fault, invalid, type Reason } from "../fault.ts";
import {
  clocksDifferMinutes,
  mostMessagesOfSide,
  mostTransfersByAgencies,
  statementTakenDays,
} from "../policy-numbers.ts";
import { dayMs, later, minuteMs } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import { type Complaint, isAccused, type Officer, type PromisedAction, type Visit, wasAnswered } from "./complaint.ts";
import type { PrincipalOf } from "./principal.ts";

/** Returns why an act is refused, or undefined. Guards are named for what they find. */
export type Guard<Act = never> = (complaint: Complaint, act: Act) => Fault | undefined;

/** The fields of an act that the guards of a rule ask for. */
export type AskedBy<R extends { refuses: readonly Guard[] }> = R["refuses"][number] extends (
  complaint: Complaint,
  act: infer Act,
) => unknown
  ? Act
  : unknown;

export function wrongState({ status }: Pick<Complaint, "status">, because?: Reason): Fault {
  return new Fault("wrong-state", { says: { status }, because });
}

/** Throws the fault of the first guard that returns one. */
export function mustPass(guards: readonly Guard[], { complaint, act }: { complaint: Complaint; act: unknown }): void {
  for (const refuses of guards) {
    const fault = refuses(complaint, act as never);
    if (fault) throw fault;
  }
}

/** An officer who is complained of neither works on the complaint nor writes to the citizen. */
export function anAccusedOfficer(
  complaint: Complaint,
  { officer }: { officer?: Officer | undefined },
): Fault | undefined {
  return officer && isAccused(complaint, officer) ? new Fault("same-person") : undefined;
}

export function isClosed(complaint: Complaint): Fault | undefined {
  return complaint.status === "closed" ? wrongState(complaint) : undefined;
}

/** The agency that a complaint is to be transferred to. */
export type Receiver = {
  toAgencyId: string;
  /** Whether it is there and serves the complaint's county. */
  servesTheCounty: boolean;
  /** Where it takes nothing new any more: the refusal, which says what took its place. */
  retired?: Fault | undefined;
  /** Whether it runs the front end that filed the complaint: it would then know the citizen's secret. */
  runsTheFrontEnd: boolean;
};

export function noReceiver(complaint: Complaint, { toAgencyId, servesTheCounty }: Receiver): Fault | undefined {
  if (toAgencyId !== complaint.agencyId && servesTheCounty) return undefined;
  return new Fault("unknown-agency", { because: "unknown-receiver", says: { agencyId: toAgencyId } });
}

export function aRetiredReceiver(_: Complaint, { retired }: Receiver): Fault | undefined {
  return retired;
}

export function theFilersAgency(_: Complaint, { runsTheFrontEnd }: Receiver): Fault | undefined {
  return runsTheFrontEnd ? new Fault("not-allowed") : undefined;
}

export function sentOnTooOften({ transfers }: Complaint, { by }: { by: { caller: string } }): Fault | undefined {
  return by.caller === "agency" && transfers >= mostTransfersByAgencies ? new Fault("transfer-limit") : undefined;
}

export function extendedBefore({ extended }: Complaint): Fault | undefined {
  return extended ? new Fault("already-extended") : undefined;
}

export function answerIsOverdue(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  return now >= complaint.answerBy ? wrongState(complaint, "answer-overdue") : undefined;
}

/** What is promised for a day that has passed is no promise. */
export function promisesThePast(
  _: Complaint,
  { now, says }: { now: string; says: { actions: PromisedAction[] } },
): Fault | undefined {
  const today = localDate(now);
  const n = says.actions.findIndex(({ by }) => by !== undefined && by < today);
  return n < 0 ? undefined : invalid(`actions[${n}].by`, "in-the-past");
}

/** What an answer or a decision names as the cause; `refusedCause` where it may not (`causeRefusal`). */
export type WithCause = { cause: string; refusedCause?: Fault | undefined };

export function aRefusedCause(_: Complaint, { refusedCause }: Pick<WithCause, "refusedCause">): Fault | undefined {
  return refusedCause;
}

/** Whoever decides says whether the agency's answer is upheld, where there is one, and says nothing of it where not. */
export function missesTheAnswer(
  complaint: Complaint,
  { says }: { says: { upholdsAnswer?: boolean | undefined } },
): Fault | undefined {
  const answered = wasAnswered(complaint);
  if (answered === (says.upholdsAnswer !== undefined)) return undefined;
  return invalid("upholdsAnswer", answered ? "judgement-missing" : "no-answer-to-judge");
}

export type Judging = {
  by: PrincipalOf<"inspector">;
  /** For a retaliation report: the inspector who decided or rejected the earlier complaint. */
  decidedBefore?: string | undefined;
};

/** An inspector who ended a complaint does not judge whether the complainant was made to pay for it. */
export function theEarlierJudge(_: Complaint, { by, decidedBefore }: Judging): Fault | undefined {
  return by.person === decidedBefore ? new Fault("same-person", { because: "decided-earlier-complaint" }) : undefined;
}

export function replyIsTooLate(complaint: Complaint, { now }: { now: string }): Fault | undefined {
  const { closedAt } = complaint;
  return closedAt && now >= later(closedAt, statementTakenDays * dayMs)
    ? wrongState(complaint, "closed-long-ago")
    : undefined;
}

export function saidEnough(
  complaint: Complaint,
  { by }: { by: { caller: "citizen" | "agency" | "inspector" } },
): Fault | undefined {
  const count = complaint.said?.[by.caller] ?? 0;
  return count >= mostMessagesOfSide ? wrongState(complaint, "message-limit") : undefined;
}

/** Nobody arrives after reporting it, nor before there was a complaint. */
export function couldNotArrive(
  { filedAt }: Complaint,
  { arrivedAt, now }: { arrivedAt: string; now: string },
): Fault | undefined {
  if (arrivedAt > later(now, clocksDifferMinutes * minuteMs)) return invalid("arrivedAt", "in-the-future");
  return arrivedAt < later(filedAt, -clocksDifferMinutes * minuteMs)
    ? invalid("arrivedAt", "before-filing")
    : undefined;
}

/** A visit that was never ordered is `not-found`, like an unknown complaint; an ordered one is reported once. */
export function noVisitToReport(complaint: Complaint, { visit }: { visit: Visit | undefined }): Fault | undefined {
  if (!visit) return new Fault("not-found");
  return visit.reportedAt ? wrongState(complaint, "visit-reported") : undefined;
}

import { Fault, type MovesNow } from "../fault.ts";
import { firstFault, type MoveRule, type Mover, movesIn, movesShape, refusalByState } from "../moves.ts";
import type { Officer } from "../people/people.ts";
import type { PrincipalOf } from "../people/principal.ts";
import type { TransferTarget } from "../province/directory.ts";
import { assertAccess } from "./access.ts";
import {
  applyEvents,
  attributionOf,
  type Change,
  type CommandSender,
  type SnapshotChanges,
  type WithMaskedTexts,
} from "./change.ts";
import { type Complaint, currentDeadline, type Status } from "./complaint.ts";
import type { EventPayload, EventType, NewEvent } from "./event.ts";
import {
  type DecidingInspector,
  type NamedCause,
  type RefusalCheck,
  refuseAccusedOfficer,
  refuseContradiction,
  refuseDisputeOfClosed,
  refuseEarlierJudge,
  refuseOverdueExtension,
  refuseOwnAgency,
  refusePastPromise,
  refuseRenewedSecret,
  refuseRetiredTarget,
  refuseSecondExtension,
  refuseTooManyTransfers,
  refuseTransferToOperator,
  refuseUnknownTarget,
  refuseUnusableCause,
  refuseWrongUpholdsAnswer,
  wrongStateFault,
} from "./refusals.ts";

/** Who makes a move: a caller by a request, or the clock. */
type MoveActor = CommandSender | { caller: "system" };

/**
 * One move: the type of the event that it writes, and the command that it takes. `Facts` are the fields that only the
 * refusal checks of the move read.
 */
type Move<Event extends EventType, By extends MoveActor, Facts = object> = {
  event: Event;
  command: WithMaskedTexts &
    Facts & {
      by: By;
      now: string;
      /** The fields of the event. */
      payload: EventPayload<Event>;
      /** Fields of the complaint that the move sets besides the status, such as deadlines. */
      changes?: SnapshotChanges;
    };
};

/** The officer who signed in, where one did. A program names an officer only to acknowledge and to answer. */
type SignedInOfficer = { officer?: Officer | undefined };

type Moves = {
  acknowledge: Move<"acknowledged", PrincipalOf<"agency">, { officer: Officer }>;
  transfer: Move<"transferred", PrincipalOf<"agency" | "inspector">, TransferTarget & SignedInOfficer>;
  extend: Move<"extended", PrincipalOf<"agency">, SignedInOfficer>;
  answer: Move<"answered", PrincipalOf<"agency">, { officer: Officer } & Pick<NamedCause, "causeFault">>;
  accept: Move<"accepted", PrincipalOf<"citizen">>;
  dispute: Move<"disputed", PrincipalOf<"citizen">>;
  decide: Move<"decided", PrincipalOf<"inspector">, Omit<DecidingInspector, "by"> & Pick<NamedCause, "causeFault">>;
  reject: Move<"rejected", PrincipalOf<"inspector">, Omit<DecidingInspector, "by">>;
  withdraw: Move<"withdrawn", PrincipalOf<"citizen">>;
  expire: Move<"expired", { caller: "system" }>;
};
export type LifecycleCommand = keyof Moves;

/** A row of the table. */
type ComplaintMoveRule<M extends Move<EventType, MoveActor>> = MoveRule<Complaint> & {
  by: readonly M["command"]["by"]["caller"][];
  /** The status after the move. */
  to: Status;
  /** The type of event that the move writes. */
  event: M["event"];
  /** Further checks that can refuse the move, in this order. */
  refusals: readonly RefusalCheck<M["command"]>[];
};

const openStatuses: readonly Status[] = ["filed", "acknowledged", "answered", "disputed"];
const unansweredStatuses: readonly Status[] = ["filed", "acknowledged"];

/** The lifecycle of a complaint. */
export const moveRules: { [Name in LifecycleCommand]: ComplaintMoveRule<Moves[Name]> } = {
  acknowledge: {
    by: ["agency"],
    from: ["filed"],
    to: "acknowledged",
    event: "acknowledged",
    refusals: [refuseAccusedOfficer],
  },
  transfer: {
    by: ["agency", "inspector"],
    from: unansweredStatuses,
    to: "filed",
    event: "transferred",
    // The transfer limit is checked before the operator. Otherwise the refusal would reveal which agency's application
    // filed the case.
    stateRefusals: [refuseTooManyTransfers],
    refusals: [refuseAccusedOfficer, refuseUnknownTarget, refuseRetiredTarget, refuseTransferToOperator],
  },
  extend: {
    by: ["agency"],
    from: ["acknowledged"],
    to: "acknowledged",
    event: "extended",
    stateRefusals: [refuseSecondExtension, refuseOverdueExtension],
    refusals: [refuseAccusedOfficer],
  },
  answer: {
    by: ["agency"],
    from: unansweredStatuses,
    to: "answered",
    event: "answered",
    refusals: [refusePastPromise, refuseAccusedOfficer, refuseUnusableCause],
  },
  accept: {
    by: ["citizen"],
    from: ["answered"],
    to: "closed",
    event: "accepted",
    stateRefusals: [refuseRenewedSecret],
    refusals: [],
  },
  dispute: {
    by: ["citizen"],
    from: ["answered", "closed"],
    to: "disputed",
    event: "disputed",
    stateRefusals: [refuseDisputeOfClosed],
    refusals: [],
  },
  decide: {
    by: ["inspector"],
    from: openStatuses,
    to: "closed",
    event: "decided",
    refusals: [
      refusePastPromise,
      refuseEarlierJudge,
      refuseOwnAgency,
      refuseUnusableCause,
      refuseWrongUpholdsAnswer,
      refuseContradiction,
    ],
  },
  reject: {
    by: ["inspector"],
    from: openStatuses,
    to: "closed",
    event: "rejected",
    refusals: [refuseEarlierJudge, refuseOwnAgency],
  },
  withdraw: {
    by: ["citizen"],
    from: openStatuses,
    to: "closed",
    event: "withdrawn",
    stateRefusals: [refuseRenewedSecret],
    refusals: [],
  },
  expire: { by: ["system"], from: ["answered"], to: "closed", event: "expired", refusals: [] },
};

/**
 * Makes a move. Throws `not-found` or `not-allowed` if this caller may not make it, `wrong-state` if the status does
 * not allow it, and the fault of the first check in `refusals` that returns one.
 */
export function applyMove<Name extends LifecycleCommand>(
  complaint: Complaint,
  name: Name,
  command: Moves[Name]["command"],
): Change {
  const rule = moveRules[name];
  const by: MoveActor = command.by;
  const { now, maskedTexts, changes, payload } = command;
  if (by.caller !== "system") assertAccess(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  const refusal =
    refusalByState(rule, questionAbout(complaint, { by, now })) ?? firstFault(rule.refusals, complaint, command);
  if (refusal) throw refusal;
  return applyEvents(complaint, {
    now,
    by: by.caller === "system" ? { by: "system" } : attributionOf(by),
    maskedTexts,
    changes: withNextEscalation(complaint, { ...changes, status: rule.to }, now),
    // Safe: `Moves` ties the payload to the event type of the same move.
    payloads: [{ type: rule.event, ...payload } as NewEvent],
  });
}

const questionAbout = (thing: Complaint, facts: Mover) => ({ thing, facts, wrongState: wrongStateFault });

/** The fields of a view of a complaint that tell its reader the moves. */
export const complaintMovesShape = movesShape(moveRules);

/** The moves of a caller on a complaint now. */
export const complaintMoves = (complaint: Complaint, mover: Mover): MovesNow<LifecycleCommand> =>
  movesIn(moveRules, questionAbout(complaint, mover));

/**
 * Closes an answered complaint whose confirmation window has ended without a reaction of the citizen. Returns undefined
 * where the complaint is not answered or its window has not ended.
 */
export function expire(complaint: Complaint, { now }: { now: string }): Change | undefined {
  const { status, confirmBy } = complaint;
  const isDue = moveRules.expire.from.some((one) => one === status) && confirmBy !== undefined && now >= confirmBy;
  return isDue ? applyMove(complaint, "expire", { by: { caller: "system" }, now, payload: {} }) : undefined;
}

/**
 * Adds `nextLevelAt` to the changes of a move. A move normally ends the escalation, which starts again at the next breach.
 * The escalation goes on where the next deadline has passed already or is the same instant as the present deadline: the
 * complaint is then still late. Otherwise an agency that acts late would be escalated sooner than one that does nothing.
 */
function withNextEscalation(before: Complaint, changes: SnapshotChanges, now: string): SnapshotChanges {
  const nextDeadline = currentDeadline({ ...before, ...changes });
  const keepsLevelClock =
    changes.status !== "closed" && (nextDeadline <= now || nextDeadline === currentDeadline(before));
  return { ...changes, nextLevelAt: keepsLevelClock ? before.nextLevelAt : undefined };
}

import { Fault } from "../fault.ts";
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
  applyRefusalChecks,
  type RefusalCheck,
  type RefusalInput,
  refuseAccusedOfficer,
  refuseEarlierJudge,
  refuseOverdueExtension,
  refusePastPromise,
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
type MoveActor = CommandSender | { caller: "clock" };

type Rule = {
  by: readonly MoveActor["caller"][];
  from: readonly Status[];
  to: Status;
  /** The type of event that the move writes. */
  event: EventType;
  /** What else the move is refused for, in this order. */
  guards: readonly RefusalCheck[];
};

const openStatuses = ["filed", "acknowledged", "answered", "disputed"] as const;
const unansweredStatuses = ["filed", "acknowledged"] as const;

/** Every move: who may make it, from which statuses to which, the event it writes, and what it is refused for. */
export const moveRules = {
  acknowledge: {
    by: ["agency"],
    from: ["filed"],
    to: "acknowledged",
    event: "acknowledged",
    guards: [refuseAccusedOfficer],
  },
  transfer: {
    by: ["agency", "inspector"],
    from: unansweredStatuses,
    to: "filed",
    event: "transferred",
    // After the last transfer every agency is answered alike: another answer would name the agency whose app filed the case.
    guards: [refuseUnknownTarget, refuseRetiredTarget, refuseTooManyTransfers, refuseTransferToOperator],
  },
  extend: {
    by: ["agency"],
    from: ["acknowledged"],
    to: "acknowledged",
    event: "extended",
    guards: [refuseSecondExtension, refuseOverdueExtension],
  },
  answer: {
    by: ["agency"],
    from: unansweredStatuses,
    to: "answered",
    event: "answered",
    guards: [refusePastPromise, refuseAccusedOfficer, refuseUnusableCause],
  },
  accept: { by: ["citizen"], from: ["answered"], to: "closed", event: "accepted", guards: [] },
  dispute: { by: ["citizen"], from: ["answered"], to: "disputed", event: "disputed", guards: [] },
  decide: {
    by: ["inspector"],
    from: openStatuses,
    to: "closed",
    event: "decided",
    guards: [refusePastPromise, refuseEarlierJudge, refuseUnusableCause, refuseWrongUpholdsAnswer],
  },
  reject: { by: ["inspector"], from: openStatuses, to: "closed", event: "rejected", guards: [refuseEarlierJudge] },
  withdraw: { by: ["citizen"], from: openStatuses, to: "closed", event: "withdrawn", guards: [] },
  expire: { by: ["clock"], from: ["answered"], to: "closed", event: "expired", guards: [] },
} as const satisfies Record<string, Rule>;
export type LifecycleCommand = keyof typeof moveRules;

/**
 * What `step` needs for a move: who and when, what the event says, what the guards ask for, and the deadlines it sets.
 */
type MoveCommand<M extends LifecycleCommand> = WithMaskedTexts &
  RefusalInput<(typeof moveRules)[M]> & {
    by: Extract<MoveActor, { caller: (typeof moveRules)[M]["by"][number] }>;
    now: string;
    payload: EventPayload<(typeof moveRules)[M]["event"]>;
    changes?: SnapshotChanges;
  };

/** Makes a move where its rule allows it: for this caller, from this status, past all guards. */
export function applyMove<M extends LifecycleCommand>(complaint: Complaint, move: M, command: MoveCommand<M>): Change {
  const rule: Rule = moveRules[move];
  const by: MoveActor = command.by;
  const { now, masked, changes, payload } = command;
  if (by.caller !== "clock") assertAccess(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  if (!rule.from.includes(complaint.status)) throw wrongStateFault(complaint);
  applyRefusalChecks(rule.guards, { complaint, command });
  return applyEvents(complaint, {
    now,
    by: by.caller === "clock" ? { by: "clock" } : attributionOf(by),
    masked,
    changes: withNextEscalation(complaint, { ...changes, status: rule.to }, now),
    // Safe: `Act` types `payload` by the same row of the table as the event.
    payloads: [{ type: rule.event, ...payload } as NewEvent],
  });
}

/** Closes an answered complaint whose confirmation window passed in silence; undefined where there is none to close. */
export function expire(complaint: Complaint, { now }: { now: string }): Change | undefined {
  const { status, confirmBy } = complaint;
  const isDue = moveRules.expire.from.some((one) => one === status) && confirmBy !== undefined && now >= confirmBy;
  return isDue ? applyMove(complaint, "expire", { by: { caller: "clock" }, now, payload: {} }) : undefined;
}

/**
 * The snapshot's changes, with `nextRungAt` settled: a move ends the climb, and the ladder waits for the next breach. Where what
 * is owed next was due at the same instant, or has been due before the move, the complaint never stopped being late: it goes on
 * climbing as it was, since who acts late must not be raised sooner than who does nothing.
 */
function withNextEscalation(before: Complaint, changes: SnapshotChanges, now: string): SnapshotChanges {
  const due = currentDeadline({ ...before, ...changes });
  const climbs = changes.status !== "closed" && (due <= now || due === currentDeadline(before));
  return { ...changes, nextRungAt: climbs ? before.nextRungAt : undefined };
}

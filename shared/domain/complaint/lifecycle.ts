import { Fault } from "../fault.ts";
import { mustConcern } from "./access.ts";
import { type Becomes, type Change, happen, type Masked, type Mover, signature } from "./change.ts";
import { type Complaint, owedBy, type Status } from "./complaint.ts";
import type { EventType, SaidBy, Spoken } from "./event.ts";
import {
  type AskedBy,
  anAccusedOfficer,
  answerIsOverdue,
  aRefusedCause,
  aRetiredReceiver,
  extendedBefore,
  type Guard,
  missesTheAnswer,
  mustPass,
  noReceiver,
  promisesThePast,
  sentOnTooOften,
  theEarlierJudge,
  theFilersAgency,
  wrongState,
} from "./guards.ts";

/** Who makes a move: a caller by a request, or the clock. */
type Hand = Mover | { caller: "clock" };

type Rule = {
  by: readonly Hand["caller"][];
  from: readonly Status[];
  to: Status;
  /** The type of event that the move writes. */
  event: EventType;
  /** What else the move is refused for, in this order. */
  refuses: readonly Guard[];
};

const open = ["filed", "acknowledged", "answered", "disputed"] as const;
const unanswered = ["filed", "acknowledged"] as const;

/** Every move: who may make it, from which statuses to which, the event it writes, and what it is refused for. */
export const rules = {
  acknowledge: {
    by: ["agency"],
    from: ["filed"],
    to: "acknowledged",
    event: "acknowledged",
    refuses: [anAccusedOfficer],
  },
  transfer: {
    by: ["agency", "inspector"],
    from: unanswered,
    to: "filed",
    event: "transferred",
    // After the last transfer every agency is answered alike: another answer would name the agency whose app filed the case.
    refuses: [noReceiver, aRetiredReceiver, sentOnTooOften, theFilersAgency],
  },
  extend: {
    by: ["agency"],
    from: ["acknowledged"],
    to: "acknowledged",
    event: "extended",
    refuses: [extendedBefore, answerIsOverdue],
  },
  answer: {
    by: ["agency"],
    from: unanswered,
    to: "answered",
    event: "answered",
    refuses: [promisesThePast, anAccusedOfficer, aRefusedCause],
  },
  accept: { by: ["citizen"], from: ["answered"], to: "closed", event: "accepted", refuses: [] },
  dispute: { by: ["citizen"], from: ["answered"], to: "disputed", event: "disputed", refuses: [] },
  decide: {
    by: ["inspector"],
    from: open,
    to: "closed",
    event: "decided",
    refuses: [promisesThePast, theEarlierJudge, aRefusedCause, missesTheAnswer],
  },
  reject: { by: ["inspector"], from: open, to: "closed", event: "rejected", refuses: [theEarlierJudge] },
  withdraw: { by: ["citizen"], from: open, to: "closed", event: "withdrawn", refuses: [] },
  expire: { by: ["clock"], from: ["answered"], to: "closed", event: "expired", refuses: [] },
} as const satisfies Record<string, Rule>;
export type Move = keyof typeof rules;

/**
 * What `step` needs for a move: who and when, what the event says, what the guards ask for, and the deadlines it sets.
 */
type Act<M extends Move> = Masked &
  AskedBy<(typeof rules)[M]> & {
    by: Extract<Hand, { caller: (typeof rules)[M]["by"][number] }>;
    now: string;
    says: SaidBy<(typeof rules)[M]["event"]>;
    becomes?: Becomes;
  };

/** Makes a move where its rule allows it: for this caller, from this status, past all guards. */
export function step<M extends Move>(complaint: Complaint, move: M, act: Act<M>): Change {
  const rule: Rule = rules[move];
  const by: Hand = act.by;
  const { now, masked, becomes, says } = act;
  if (by.caller !== "clock") mustConcern(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  if (!rule.from.includes(complaint.status)) throw wrongState(complaint);
  mustPass(rule.refuses, { complaint, act });
  return happen(complaint, {
    now,
    by: by.caller === "clock" ? { by: "clock" } : signature(by),
    masked,
    becomes: arrived(complaint, { ...becomes, status: rule.to }, now),
    // Safe: `Act` types `says` by the same row of the table as the event.
    says: [{ type: rule.event, ...says } as Spoken],
  });
}

/** Closes an answered complaint whose confirmation window passed in silence; undefined where there is none to close. */
export function expire(complaint: Complaint, { now }: { now: string }): Change | undefined {
  const { status, confirmBy } = complaint;
  const isDue = rules.expire.from.some((one) => one === status) && confirmBy !== undefined && now >= confirmBy;
  return isDue ? step(complaint, "expire", { by: { caller: "clock" }, now, says: {} }) : undefined;
}

/**
 * The snapshot's changes, with `nextRungAt` settled: a move ends the climb, and the ladder waits for the next breach. Where what
 * is owed next was due at the same instant, or has been due before the move, the complaint never stopped being late: it goes on
 * climbing as it was, since who acts late must not be raised sooner than who does nothing.
 */
function arrived(before: Complaint, becomes: Becomes, now: string): Becomes {
  const due = owedBy({ ...before, ...becomes });
  const climbs = becomes.status !== "closed" && (due <= now || due === owedBy(before));
  return { ...becomes, nextRungAt: climbs ? before.nextRungAt : undefined };
}

import { Fault, type Reason } from "../fault.ts";
import { mustConcern } from "./access.ts";
import { type Change, happen, type Masked, type Mover, type Stage, signature } from "./change.ts";
import { type Complaint, isAccused, owedBy, type Status } from "./complaint.ts";
import type { EventType, Spoken } from "./event.ts";

export type Move =
  | "acknowledge"
  | "transfer"
  | "extend"
  | "answer"
  | "accept"
  | "dispute"
  | "decide"
  | "reject"
  | "withdraw"
  | "expire";
type Rule = { by: readonly (Mover["caller"] | "clock")[]; from: readonly Status[]; to: Status; event: EventType };

const open: readonly Status[] = ["filed", "acknowledged", "answered", "disputed"];

/** Who may make which move, from where, to where, and the event it leaves. */
export const rules: Record<Move, Rule> = {
  acknowledge: { by: ["agency"], from: ["filed"], to: "acknowledged", event: "acknowledged" },
  transfer: { by: ["agency", "inspector"], from: ["filed", "acknowledged"], to: "filed", event: "transferred" },
  extend: { by: ["agency"], from: ["acknowledged"], to: "acknowledged", event: "extended" },
  answer: { by: ["agency"], from: ["filed", "acknowledged"], to: "answered", event: "answered" },
  accept: { by: ["citizen"], from: ["answered"], to: "closed", event: "accepted" },
  dispute: { by: ["citizen"], from: ["answered"], to: "disputed", event: "disputed" },
  decide: { by: ["inspector"], from: open, to: "closed", event: "decided" },
  reject: { by: ["inspector"], from: open, to: "closed", event: "rejected" },
  withdraw: { by: ["citizen"], from: open, to: "closed", event: "withdrawn" },
  expire: { by: ["clock"], from: ["answered"], to: "closed", event: "expired" },
};

type Step = Stage & Masked & { sets: Partial<Complaint>; event: Spoken };

/** Makes a move, if the table allows it to this caller in this state; an officer who is complained of never acts. */
export function step(complaint: Complaint, move: Move, { by, now, sets, masked, event }: Step): Change {
  const rule = rules[move];
  mustConcern(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  if (!rule.from.includes(complaint.status)) throw wrongState(complaint);
  if ("officer" in event && event.officer && isAccused(complaint, event.officer)) throw new Fault("same-person");
  return happen(complaint, {
    ...{ now, by: signature(by), masked, says: [event] },
    sets: arrived(complaint, { sets, to: rule.to, now }),
  });
}

/** The confirmation window passed in silence; undefined where it did not, or is over already. */
export function expire(complaint: Complaint, { now }: { now: string }): Change | undefined {
  const { confirmBy } = complaint;
  const { from, to } = rules.expire;
  if (!from.includes(complaint.status) || !confirmBy || now < confirmBy) return undefined;
  const sets = arrived(complaint, { sets: { closure: "unconfirmed" }, to, now });
  return happen(complaint, { sets, now, by: { by: "clock" }, says: [{ type: "expired" }] });
}

export function wrongState({ status }: Pick<Complaint, "status">, because?: Reason): Fault {
  return new Fault("wrong-state", { says: { status }, because });
}

/**
 * What a move sets, with the state it leads to. The ladder waits for the next breach, unless what is owed was due at the
 * same instant and is as late as before.
 */
function arrived(
  before: Complaint,
  { sets, to, now }: { sets: Partial<Complaint>; to: Status; now: string },
): Partial<Complaint> {
  const { nextRungAt, inCharge } = before;
  const after = { ...sets, status: to, ...(to === "closed" && { closedAt: now }) };
  const climbs = to !== "closed" && owedBy(before) === owedBy({ ...before, ...after });
  return { ...after, ...(climbs ? { nextRungAt, inCharge } : { nextRungAt: undefined, inCharge: undefined }) };
}

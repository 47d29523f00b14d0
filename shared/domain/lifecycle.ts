import type * as z from "zod";
import { mustConcern } from "./access.ts";
import {
  type Complaint,
  type Finding,
  isAccused,
  type Officer,
  type PromisedAction,
  type Status,
} from "./complaint.ts";
import { type ComplaintEvent, type EventType, type Says, Snapshot } from "./event.ts";
import { Fault } from "./fault.ts";
import type { PrincipalOf } from "./principal.ts";

type Mover = PrincipalOf<"citizen" | "agency">;
type Move = "acknowledge" | "answer" | "accept" | "withdraw";
type Rule = { by: readonly Mover["caller"][]; from: readonly Status[]; to: Status; event: EventType };

const open: readonly Status[] = ["filed", "acknowledged", "answered", "disputed"];

/** Who may make which move, from where, to where, and the event it leaves. */
export const rules: Record<Move, Rule> = {
  acknowledge: { by: ["agency"], from: ["filed"], to: "acknowledged", event: "acknowledged" },
  answer: { by: ["agency"], from: ["filed", "acknowledged"], to: "answered", event: "answered" },
  accept: { by: ["citizen"], from: ["answered"], to: "closed", event: "accepted" },
  withdraw: { by: ["citizen"], from: open, to: "closed", event: "withdrawn" },
};

/** What a move makes of a complaint: its new state and the one event that tells of it, to be written together. */
export type Change = { complaint: Complaint; event: ComplaintEvent };

/** Who moves, and when. */
type Stage<M extends Mover = Mover> = { by: M; now: string };
type Masked = { masked?: Record<string, string> | undefined };

export function acknowledge(
  complaint: Complaint,
  { by, now, officer }: Stage<PrincipalOf<"agency">> & { officer: Officer },
): Change {
  return step(complaint, "acknowledge", { by, now, sets: { officer }, event: { type: "acknowledged", officer } });
}

type Answer = { officer: Officer; finding: z.infer<typeof Finding>; text: string; actions: PromisedAction[] };

/** Starts the confirmation window, which ends at `confirmBy`. */
export function answer(
  complaint: Complaint,
  { by, now, confirmBy, ...says }: Stage<PrincipalOf<"agency">> & Answer & { confirmBy: string },
): Change {
  const sets = { officer: says.officer, confirmBy };
  return step(complaint, "answer", { by, now, sets, event: { type: "answered", ...says } });
}

export function accept(
  complaint: Complaint,
  {
    by,
    now,
    masked,
    ...says
  }: Stage<PrincipalOf<"citizen">> & Masked & { rating: number; comment?: string | undefined },
): Change {
  const sets = { closure: "confirmed" as const, rating: says.rating };
  return step(complaint, "accept", { by, now, sets, masked, event: { type: "accepted", ...says } });
}

export function withdraw(
  complaint: Complaint,
  { by, now, masked, ...says }: Stage<PrincipalOf<"citizen">> & Masked & { reason?: string | undefined },
): Change {
  return step(complaint, "withdraw", {
    by,
    now,
    sets: { closure: "withdrawn" },
    masked,
    event: { type: "withdrawn", ...says },
  });
}

type Spoken = { [T in EventType]: { type: T } & Says<T> }[EventType];
type Step = Stage & Masked & { sets: Partial<Complaint>; event: Spoken };

function step(complaint: Complaint, move: Move, { by, now, sets, masked, event }: Step): Change {
  const rule = rules[move];
  mustConcern(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  if (!rule.from.includes(complaint.status)) throw new Fault("wrong-state", { says: { status: complaint.status } });
  if ("officer" in event && isAccused(complaint, event.officer)) throw new Fault("same-person");
  const after = { ...complaint, ...sets, status: rule.to, version: complaint.version + 1 };
  return {
    complaint: after,
    event: { ...event, ...signature(by), version: after.version, at: now, after: Snapshot.parse(after), masked },
  };
}

function signature(by: Mover): { by: Mover["caller"]; client?: string } {
  return by.caller === "agency" ? { by: "agency", client: by.clientId } : { by: "citizen" };
}

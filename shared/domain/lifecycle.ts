import type * as z from "zod";
import { mustConcern } from "./access.ts";
import {
  type Complaint,
  type Finding,
  isAccused,
  type Officer,
  owedBy,
  type PromisedAction,
  type Status,
} from "./complaint.ts";
import { type ComplaintEvent, type EventType, Snapshot, type Spoken } from "./event.ts";
import { Fault } from "./fault.ts";
import type { PrincipalOf } from "./principal.ts";

type Mover = PrincipalOf<"citizen" | "agency">;
type Move = "acknowledge" | "transfer" | "extend" | "answer" | "accept" | "dispute" | "withdraw" | "expire";
type Rule = { by: readonly (Mover["caller"] | "clock")[]; from: readonly Status[]; to: Status; event: EventType };

const open: readonly Status[] = ["filed", "acknowledged", "answered", "disputed"];

/** Who may make which move, from where, to where, and the event it leaves. */
export const rules: Record<Move, Rule> = {
  acknowledge: { by: ["agency"], from: ["filed"], to: "acknowledged", event: "acknowledged" },
  transfer: { by: ["agency"], from: ["filed", "acknowledged"], to: "filed", event: "transferred" },
  extend: { by: ["agency"], from: ["acknowledged"], to: "acknowledged", event: "extended" },
  answer: { by: ["agency"], from: ["filed", "acknowledged"], to: "answered", event: "answered" },
  accept: { by: ["citizen"], from: ["answered"], to: "closed", event: "accepted" },
  dispute: { by: ["citizen"], from: ["answered"], to: "disputed", event: "disputed" },
  withdraw: { by: ["citizen"], from: open, to: "closed", event: "withdrawn" },
  expire: { by: ["clock"], from: ["answered"], to: "closed", event: "expired" },
};

/** What happened to a complaint: its new state and the events that tell of it, to be written together. */
export type Change = { complaint: Complaint; events: ComplaintEvent[] };

/** Who moves, and when. */
type Stage<M extends Mover = Mover> = { by: M; now: string };
type Masked = { masked?: Record<string, string> | undefined };

export function acknowledge(
  complaint: Complaint,
  { by, now, officer }: Stage<PrincipalOf<"agency">> & { officer: Officer },
): Change {
  return step(complaint, "acknowledge", { by, now, sets: { officer }, event: { type: "acknowledged", officer } });
}

/** How often agencies may send a complaint on before an inspector must. */
const transferLimit = 2;

type Transfer = { toAgencyId: string; reason: string; deadlines: Pick<Complaint, "acknowledgeFrom" | "acknowledgeBy"> };

/** To another agency, which starts afresh with acknowledging, never with answering. */
export function transfer(
  complaint: Complaint,
  { by, now, toAgencyId, reason, deadlines }: Stage<PrincipalOf<"agency">> & Transfer,
): Change {
  const { agencyId: fromAgencyId, transfers } = complaint;
  const cleared = { officer: undefined, officeId: undefined };
  const sets = { agencyId: toAgencyId, transfers: transfers + 1, ...cleared, ...deadlines };
  const change = step(complaint, "transfer", {
    by,
    now,
    sets,
    event: { type: "transferred", fromAgencyId, toAgencyId, reason },
  });
  if (toAgencyId === fromAgencyId) throw new Fault("unknown-agency", { says: { agencyId: toAgencyId } });
  if (transfers >= transferLimit) throw new Fault("transfer-limit");
  return change;
}

/** Once, in time, and with a reason that the citizen reads. */
export function extend(
  complaint: Complaint,
  { by, now, reason, answerBy }: Stage<PrincipalOf<"agency">> & { reason: string; answerBy: string },
): Change {
  const { answerBy: was } = complaint;
  const change = step(complaint, "extend", {
    by,
    now,
    sets: { answerBy, extended: true },
    event: { type: "extended", reason, was },
  });
  if (complaint.extended) throw new Fault("already-extended");
  if (now >= was) throw new Fault("wrong-state", { says: { status: complaint.status } });
  return change;
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

type Dispute = { reason: string; rating?: number | undefined; reviewBy: string };

/** Starts the review clock; an inspector decides, never the agency. */
export function dispute(
  complaint: Complaint,
  { by, now, masked, reviewBy, ...says }: Stage<PrincipalOf<"citizen">> & Masked & Dispute,
): Change {
  const sets = { reviewBy, rating: says.rating };
  return step(complaint, "dispute", { by, now, sets, masked, event: { type: "disputed", ...says } });
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

/** The confirmation window passed in silence; undefined where it did not, or is over already. */
export function expire(complaint: Complaint, { now }: { now: string }): Change | undefined {
  const { confirmBy } = complaint;
  if (!rules.expire.from.includes(complaint.status) || !confirmBy || now < confirmBy) return undefined;
  const sets = { status: rules.expire.to, closure: "unconfirmed" as const };
  return happen(complaint, { sets, now, by: { by: "clock" }, says: [{ type: "expired" }] });
}

/** The ladder waits for the next breach, unless what is owed was due at the same instant and is as late as before. */
function settled(before: Complaint, after: Complaint): Pick<Complaint, "nextRungAt" | "inCharge"> {
  const { nextRungAt, inCharge } = before;
  return owedBy(before) === owedBy(after) ? { nextRungAt, inCharge } : { nextRungAt: undefined, inCharge: undefined };
}

type Step = Stage & Masked & { sets: Partial<Complaint>; event: Spoken };

function step(complaint: Complaint, move: Move, { by, now, sets, masked, event }: Step): Change {
  const rule = rules[move];
  mustConcern(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  if (!rule.from.includes(complaint.status)) throw new Fault("wrong-state", { says: { status: complaint.status } });
  if ("officer" in event && isAccused(complaint, event.officer)) throw new Fault("same-person");
  const after = { ...complaint, ...sets, status: rule.to };
  const all = { ...sets, status: rule.to, ...settled(complaint, after) };
  return happen(complaint, { sets: all, now, by: signature(by), masked, says: [event] });
}

type Signature = Pick<ComplaintEvent, "by" | "client" | "person">;
type Happening = Masked & { sets: Partial<Complaint>; now: string; by: Signature; says: Spoken[] };

/** The complaint after something happened to it, and the events with the next numbers. */
export function happen(complaint: Complaint, { sets, now, by, masked, says }: Happening): Change {
  const after = { ...complaint, ...sets, version: complaint.version + says.length };
  const snapshot = Snapshot.parse(after);
  const events = says.map(
    (said, n): ComplaintEvent => ({
      ...{ ...said, ...by, version: complaint.version + 1 + n, at: now, after: snapshot, masked },
    }),
  );
  return { complaint: after, events };
}

function signature(by: Mover): Signature {
  return by.caller === "agency" ? { by: "agency", client: by.clientId } : { by: "citizen" };
}

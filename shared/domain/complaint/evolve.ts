import { Complaint } from "./complaint.ts";
import type { ComplaintEvent, EventOf, EventType } from "./event.ts";

type Effect<T extends EventType> = (event: EventOf<T>, before: Complaint) => Partial<Complaint>;

/** What each event changes beyond its snapshot `after`, which `standingAfter` applies for all of them. */
const effects: { [T in EventType]: Effect<T> } = {
  filed: () => ({}),
  acknowledged: ({ officer }) => ({ officer }),
  answered: ({ officer }) => ({ officer }),
  transferred: ({ at }, { transfers }) => ({
    transfers: transfers + 1,
    acknowledgeFrom: at,
    officer: undefined,
    officeId: undefined,
  }),
  extended: () => ({ extended: true }),
  accepted: ({ at }) => ({ closure: "confirmed", closedAt: at }),
  disputed: () => ({}),
  withdrawn: ({ at }) => ({ closure: "withdrawn", closedAt: at }),
  expired: ({ at }) => ({ closure: "unconfirmed", closedAt: at }),
  decided: ({ at, person }) => ({ closure: "decided", closedAt: at, decidedBy: person }),
  rejected: ({ at, person, reason }) => ({ closure: reason, closedAt: at, decidedBy: person }),
  escalated: () => ({}),
  "message-posted": oneMoreSaid,
  "statement-added": oneMoreSaid,
  "attachment-added": () => ({}),
  "visit-reported": () => ({}),
  "deadlines-moved": () => ({}),
};

function oneMoreSaid({ by }: ComplaintEvent, { said }: Complaint): Partial<Complaint> {
  if (by !== "citizen" && by !== "agency" && by !== "inspector") return {};
  return { said: { ...said, [by]: (said?.[by] ?? 0) + 1 } };
}

/** The complaint after an event: the one place where state follows from events, for moves and for rebuilding alike. */
export function evolve(before: Complaint, event: ComplaintEvent): Complaint {
  const effect: (event: never, before: Complaint) => Partial<Complaint> = effects[event.type];
  return { ...before, ...standingAfter(event, before), ...effect(event as never, before) };
}

type Kept = Pick<Complaint, "inCharge" | "confirmBy" | "reviewBy">;

function standingAfter({ version, at, after }: ComplaintEvent, before: Kept) {
  const { retaliation: _, confirmBy = before.confirmBy, reviewBy = before.reviewBy, nextRungAt, ...standing } = after;
  // Without a next rung no execution is in charge any more.
  const inCharge = nextRungAt && before.inCharge;
  return { ...standing, version, movedAt: at, confirmBy, reviewBy, nextRungAt, inCharge };
}

/**
 * Fields that no event carries, so that no consumer of events learns who complains or of whom. No event carries
 * `inCharge` either: it belongs to the state machine, and a rebuilt complaint goes without.
 */
export const Untold = Complaint.pick({ id: true, identityMarks: true, accused: true });
export type Untold = Pick<Complaint, keyof typeof Untold.shape>;

/** A complaint after its first event. */
export function begin(filed: EventOf<"filed">, untold: Untold): Complaint {
  const { at, client = "", channel, origin } = filed;
  const filing = { ...origin, channel, filedBy: client, filedAt: at, acknowledgeFrom: at };
  return { ...untold, ...filing, transfers: 0, ...standingAfter(filed, {}) };
}

/** Rebuilds a complaint from all its events, in order; undefined where the first is not its filing. */
export function fold([filed, ...later]: ComplaintEvent[], untold: Untold): Complaint | undefined {
  return filed?.type === "filed" ? later.reduce(evolve, begin(filed, untold)) : undefined;
}

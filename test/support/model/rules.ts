import {
  type Act,
  agencyOf,
  elsewhere,
  impostor,
  type Kind,
  neverRefused,
  type Role,
  requestOf,
  stranger,
} from "./acts.ts";
import { owedBy } from "./clock-events.ts";
import { confirmationFrom, extendedFrom, freshAcknowledgeBy, later, minutes, reviewFrom } from "./instants.ts";
import { after, isAnswered, isShared, type State, type Status, versionOf } from "./state.ts";

/** `version`: the one that is told, where it is not that of the state. */
export type Outcome = { status: number; code?: string; state: State; version?: number };

/** What an act is decided on beside the complaint itself. */
type Circumstances = {
  at: string;
  /** The complaint that a report of retaliation is about. */
  about?: State | undefined;
};

type Case = { state: State; act: Act } & Circumstances;
type Rule = {
  from: readonly Status[];
  /** In its history; nothing is written where there is none. */
  event?: string;
  /** What is noted of it privately instead. */
  note?: string;
  created?: true;
  /** Where it is not, the request is answered and leaves nothing. */
  writes?: (one: Case) => boolean;
  /** Why it is refused although the status allows it; the first reason counts. */
  refusal?: (one: Case) => string | false | undefined;
  sets?: (one: Case) => Partial<State>;
};

const open: Status[] = ["filed", "acknowledged", "answered", "disputed"];
const always: Status[] = [...open, "closed"];
const day = minutes(24 * 60);
/** Neither a statement nor an opinion is taken any more. */
const isLongClosed = ({ closedAt }: State, at: string) => closedAt !== undefined && at >= later(closedAt, 30 * day);

const theAccused = ({ state, act }: Case) =>
  act.role === "agency" && state.accused && act.accusedOfficer && "same-person";
const closedAs =
  (closure: State["closure"]) =>
  ({ at }: Case) => ({
    status: "closed" as const,
    closure,
    closedAt: at,
  });

/** Closed, held by no agency, or nobody's; and five times are enough. */
function noConsent({ status, retaliation, anonymous, consents }: State): string | false {
  if (status === "closed" || retaliation || anonymous) return "wrong-state";
  return consents >= 5 && "consent-limit";
}

/** A rejection ends a case by an inspector's word as a decision does. */
const judgedAs = (closure: State["closure"]) => (one: Case) => ({ ...closedAs(closure)(one), judgedBy: one.act.by });
const judgedBefore = ({ act, about }: Case) => about?.judgedBy === act.by && "same-person";

const rules: Record<Kind, Rule> = {
  read: { from: always },
  // Of somebody anonymous there is nothing to read.
  identity: { from: always, note: "identity-read", writes: ({ state }) => !state.anonymous },
  // To consent to what stands already is no act, and so never refused.
  consent: {
    from: always,
    note: "consent-given",
    writes: ({ state }) => !isShared(state),
    refusal: ({ state }) => !isShared(state) && noConsent(state),
    sets: ({ state: { agencyId, transfers, consents } }) => ({
      consent: { agencyId, transfers },
      consents: consents + 1,
    }),
  },
  "take-back": {
    from: always,
    note: "consent-taken-back",
    writes: ({ state }) => state.consent !== undefined,
    sets: () => ({ consent: undefined }),
  },
  erase: {
    from: always,
    note: "identity-erased",
    writes: ({ state }) => !state.anonymous,
    sets: () => ({ anonymous: true, consent: undefined }),
  },
  acknowledge: {
    from: ["filed"],
    event: "acknowledged",
    refusal: theAccused,
    sets: () => ({ status: "acknowledged" }),
  },
  transfer: {
    from: ["filed", "acknowledged"],
    event: "transferred",
    refusal: ({ state, act }) =>
      ([elsewhere, state.agencyId].includes(act.toAgencyId) && "unknown-agency") ||
      (act.role === "agency" && state.transfers >= 2 && "transfer-limit"),
    sets: ({ state, act, at }) => ({
      status: "filed",
      agencyId: act.toAgencyId,
      transfers: state.transfers + 1,
      acknowledgeBy: freshAcknowledgeBy(state, { at, answerBy: state.answerBy ?? "" }),
    }),
  },
  extend: {
    from: ["acknowledged"],
    event: "extended",
    refusal: ({ state, at }) =>
      (state.extended && "already-extended") || (at >= (state.answerBy ?? "") && "wrong-state"),
    sets: ({ state }) => ({ extended: true, answerBy: extendedFrom(state, state.answerBy ?? "") }),
  },
  answer: {
    from: ["filed", "acknowledged"],
    event: "answered",
    refusal: theAccused,
    sets: ({ state, at }) => ({ status: "answered", confirmBy: confirmationFrom(state, at) }),
  },
  accept: { from: ["answered"], event: "accepted", sets: closedAs("confirmed") },
  opinion: {
    from: ["answered", "disputed", "closed"],
    note: "opinion-given",
    refusal: ({ state, at }) =>
      ((state.retaliation && state.status === "disputed") || isLongClosed(state, at)) && "wrong-state",
  },
  dispute: {
    from: ["answered"],
    event: "disputed",
    sets: ({ state, at }) => ({ status: "disputed", reviewBy: reviewFrom(state, at) }),
  },
  withdraw: { from: open, event: "withdrawn", sets: closedAs("withdrawn") },
  decide: {
    from: open,
    event: "decided",
    refusal: (one) => judgedBefore(one) || (isAnswered(one.state) !== (one.act.upholds !== undefined) && "invalid"),
    sets: judgedAs("decided"),
  },
  reject: { from: open, event: "rejected", refusal: judgedBefore, sets: judgedAs("not-a-complaint") },
  visit: {
    from: open,
    note: "visit-ordered",
    created: true,
    sets: ({ state }) => ({ visits: [...state.visits, { reported: false }] }),
  },
  report: {
    from: always,
    event: "visit-reported",
    refusal: ({ state, act: { visit } }) =>
      (!state.visits[visit] && "not-found") || (state.visits[visit]?.reported && "wrong-state"),
    sets: ({ state, act }) => ({
      visits: state.visits.map((visit, n) => (n === act.visit ? { reported: true } : visit)),
    }),
  },
  message: { from: open, event: "message-posted", created: true, refusal: theAccused },
  statement: {
    from: always,
    event: "statement-added",
    refusal: ({ state, at }) => isLongClosed(state, at) && "wrong-state",
  },
};

const statusOf: Record<string, number> = {
  invalid: 400,
  "not-registered": 403,
  "not-found": 404,
  stale: 412,
  "idempotency-key-reused": 422,
  "unknown-agency": 422,
};

const isTheirs: Record<Role, (one: Case) => boolean> = {
  citizen: ({ act }) => act.by !== impostor,
  agency: ({ state, act }) => !state.retaliation && agencyOf(act.by) === state.agencyId,
  inspector: () => true,
};

/** How an act is answered, and what it makes of the complaint. */
export function decide(state: State, act: Act, circumstances: Circumstances): Outcome {
  const one: Case = { state, act, ...circumstances };
  const refused = (code: string): Outcome => ({ status: statusOf[code] ?? 409, code, state });
  if (act.by === stranger) return refused("not-registered");
  const earlier = earlierOf(one);
  // Whoever gave the complaint away is told the same again, and nothing else.
  const isGiver = earlier !== undefined && act.kind === "transfer";
  if (!isTheirs[act.role](one) && !isGiver) return refused("not-found");
  if (earlier && earlier.request !== requestOf(act)) return refused("idempotency-key-reused");
  const isGone = isGiver && act.role === "agency";
  if (earlier) return { status: earlier.status, state, ...(isGone && { version: earlier.version }) };
  if (act.ifMatch !== undefined && act.ifMatch !== versionOf(state) && !neverRefused.includes(act.kind))
    return refused("stale");
  const { from, refusal } = rules[act.kind];
  const code = from.includes(state.status) ? refusal?.(one) : "wrong-state";
  return code ? refused(code) : done(one);
}

const isKeyed = ({ key, kind }: Act) => key !== undefined && !neverRefused.includes(kind);

function earlierOf({ state, act, at }: Case) {
  const earlier = isKeyed(act) ? state.keys[`${act.by} ${act.key}`] : undefined;
  return earlier && at < later(earlier.at, day) ? earlier : undefined;
}

function done(one: Case): Outcome {
  const { state, act, at } = one;
  const { event, note, created, sets, writes } = rules[act.kind];
  const status = created ? 201 : 200;
  const type = event ?? note;
  const kept = { by: act.by, request: requestOf(act), at, status, version: versionOf(state) + 1 };
  const keys = isKeyed(act) ? { ...state.keys, [`${act.by} ${act.key}`]: kept } : state.keys;
  if (!type) return { status, state };
  // The key is spent where there was nothing to note, too.
  if (writes?.(one) === false) return { status, state: isKeyed(act) ? { ...state, keys } : state };
  return {
    status,
    state: stillLate(one, after(state, { ...sets?.(one), keys }, { type, at, ...(note && { private: true }) })),
  };
}

/** Who never stopped being late goes on climbing; what is owed by another instant that is still to come is another breach. */
function stillLate({ state: before, at }: Case, state: State): State {
  const due = owedBy(state);
  const isLate = due !== undefined && due <= at;
  return isLate || owedBy(before) === due ? state : { ...state, raisedFor: undefined };
}

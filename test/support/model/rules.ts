import {
  agencyOf,
  elsewhere,
  impostor,
  type ModelRequest,
  neverRefused,
  type RequestKind,
  type Role,
  requestOf,
  stranger,
} from "./acts.ts";
import type { ModelView } from "./followed.ts";
import { isAnswered, isShared, type State, type Status, versionOf, withChange } from "./state.ts";
import {
  confirmationFrom,
  extendedFrom,
  freshAcknowledgeBy,
  later,
  minutes,
  modelDeadline,
  nextClockEvent,
  reviewFrom,
} from "./times.ts";

/** `version`: the one that is told, where it is not that of the state. */
export type Outcome = { status: number; code?: string; state: State; version?: number };

/** What an act is decided on beside the complaint itself. */
type Circumstances = {
  at: string;
  /** The complaint that a report of retaliation is about. */
  about?: State | undefined;
};

type Case = { state: State; request: ModelRequest } & Circumstances;
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

const openStatuses: Status[] = ["filed", "acknowledged", "answered", "disputed"];
const anyStatus: Status[] = [...openStatuses, "closed"];
const day = minutes(24 * 60);
/** Neither a statement nor an opinion is taken any more. */
const isLongClosed = ({ closedAt }: State, at: string) => closedAt !== undefined && at >= later(closedAt, 30 * day);

const refuseAccused = ({ state, request }: Case) =>
  request.role === "agency" && state.accused && request.accusedOfficer && "conflict-of-interest";
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
const judgedAs = (closure: State["closure"]) => (one: Case) => ({
  ...closedAs(closure)(one),
  judgedBy: one.request.by,
});
const judgedBefore = ({ request, about }: Case) => about?.judgedBy === request.by && "conflict-of-interest";

const rules: Record<RequestKind, Rule> = {
  read: { from: anyStatus },
  // Of somebody anonymous there is nothing to read.
  identity: { from: anyStatus, note: "identity-read", writes: ({ state }) => !state.anonymous },
  // To consent to what stands already is no act, and so never refused.
  consent: {
    from: anyStatus,
    note: "consent-given",
    writes: ({ state }) => !isShared(state),
    refusal: ({ state }) => !isShared(state) && noConsent(state),
    sets: ({ state: { agencyId, transferCount, consents } }) => ({
      consent: { agencyId, transferCount },
      consents: consents + 1,
    }),
  },
  "take-back": {
    from: anyStatus,
    note: "consent-withdrawn",
    writes: ({ state }) => state.consent !== undefined,
    sets: () => ({ consent: undefined }),
  },
  erase: {
    from: anyStatus,
    note: "identity-erased",
    writes: ({ state }) => !state.anonymous,
    sets: () => ({ anonymous: true, consent: undefined }),
  },
  acknowledge: {
    from: ["filed"],
    event: "acknowledged",
    refusal: refuseAccused,
    sets: () => ({ status: "acknowledged" }),
  },
  transfer: {
    from: ["filed", "acknowledged"],
    event: "transferred",
    refusal: ({ state, request }) =>
      (request.role === "agency" && state.transferCount >= 2 && "transfer-limit") ||
      ([elsewhere, state.agencyId].includes(request.toAgencyId) && "unknown-agency"),
    sets: ({ state, request, at }) => ({
      status: "filed",
      agencyId: request.toAgencyId,
      transferCount: state.transferCount + 1,
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
    refusal: refuseAccused,
    sets: ({ state, at }) => ({ status: "answered", confirmBy: confirmationFrom(state, at) }),
  },
  accept: { from: ["answered"], event: "accepted", sets: closedAs("accepted") },
  opinion: {
    from: ["answered", "disputed", "closed"],
    note: "opinion-given",
    refusal: ({ state, at }) =>
      ((state.retaliation && state.status === "disputed") || isLongClosed(state, at)) && "wrong-state",
  },
  dispute: {
    from: ["answered", "closed"],
    event: "disputed",
    refusal: ({ state, at }) =>
      state.status === "closed" && (state.closure !== "expired" || isLongClosed(state, at)) && "wrong-state",
    sets: ({ state, at }) => ({
      status: "disputed",
      reviewBy: reviewFrom(state, at),
      closure: undefined,
      closedAt: undefined,
    }),
  },
  withdraw: { from: openStatuses, event: "withdrawn", sets: closedAs("withdrawn") },
  decide: {
    from: openStatuses,
    event: "decided",
    refusal: (one) => judgedBefore(one) || (isAnswered(one.state) !== (one.request.upholds !== undefined) && "invalid"),
    sets: judgedAs("decided"),
  },
  reject: { from: openStatuses, event: "rejected", refusal: judgedBefore, sets: judgedAs("not-a-complaint") },
  visit: {
    from: openStatuses,
    note: "visit-ordered",
    created: true,
    sets: ({ state }) => ({ visits: [...state.visits, { reported: false }] }),
  },
  report: {
    from: anyStatus,
    event: "visit-reported",
    refusal: ({ state, request: { visit } }) =>
      (!state.visits[visit] && "not-found") || (state.visits[visit]?.reported && "wrong-state"),
    sets: ({ state, request }) => ({
      visits: state.visits.map((visit, n) => (n === request.visit ? { reported: true } : visit)),
    }),
  },
  message: { from: openStatuses, event: "message-posted", created: true, refusal: refuseAccused },
  statement: {
    from: anyStatus,
    event: "statement-added",
    refusal: ({ state, at }) => isLongClosed(state, at) && "wrong-state",
  },
};

const statusOf: Record<string, number> = {
  invalid: 400,
  "not-registered": 403,
  "not-found": 404,
  "version-outdated": 412,
  "idempotency-key-reused": 422,
  "unknown-agency": 422,
};

const isTheirs: Record<Role, (one: Case) => boolean> = {
  citizen: ({ request }) => request.by !== impostor,
  agency: ({ state, request }) => !state.retaliation && agencyOf(request.by) === state.agencyId,
  inspector: () => true,
};

/** How an act is answered, and what it makes of the complaint. */
export function decide(state: State, request: ModelRequest, circumstances: Circumstances): Outcome {
  const one: Case = { state, request, ...circumstances };
  const refused = (code: string): Outcome => ({ status: statusOf[code] ?? 409, code, state });
  if (request.by === stranger) return refused("not-registered");
  const earlier = earlierOf(one);
  // Whoever gave the complaint away is told the same again, and nothing else.
  const isGiver = earlier !== undefined && request.kind === "transfer";
  if (!isTheirs[request.role](one) && !isGiver) return refused("not-found");
  if (earlier && earlier.request !== requestOf(request)) return refused("idempotency-key-reused");
  const isGone = isGiver && request.role === "agency";
  if (earlier) return { status: earlier.status, state, ...(isGone && { version: earlier.version }) };
  if (request.ifMatch !== undefined && request.ifMatch !== versionOf(state) && !neverRefused.includes(request.kind))
    return refused("version-outdated");
  const { from, refusal } = rules[request.kind];
  const code = from.includes(state.status) ? refusal?.(one) : "wrong-state";
  return code ? refused(code) : done(one);
}

const isKeyed = ({ key, kind }: ModelRequest) => key !== undefined && !neverRefused.includes(kind);

function earlierOf({ state, request, at }: Case) {
  const earlier = isKeyed(request) ? state.keys[`${request.by} ${request.key}`] : undefined;
  return earlier && at < later(earlier.at, day) ? earlier : undefined;
}

function done(one: Case): Outcome {
  const { state, request, at } = one;
  const { event, note, created, sets, writes } = rules[request.kind];
  const status = created ? 201 : 200;
  const type = event ?? note;
  const kept = { by: request.by, request: requestOf(request), at, status, version: versionOf(state) + 1 };
  const keys = isKeyed(request) ? { ...state.keys, [`${request.by} ${request.key}`]: kept } : state.keys;
  if (!type) return { status, state };
  // The key is spent where there was nothing to note, too.
  if (writes?.(one) === false) return { status, state: isKeyed(request) ? { ...state, keys } : state };
  return {
    status,
    state: keepsLevelClock(
      one,
      withChange(state, { ...sets?.(one), keys }, { type, at, ...(note && { private: true }) }),
    ),
  };
}

/** Who never stopped being late goes on climbing; what is owed by another instant that is still to come is another breach. */
function keepsLevelClock({ state: before, at }: Case, state: State): State {
  const due = modelDeadline(state);
  const isLate = due !== undefined && due <= at;
  return isLate || modelDeadline(before) === due ? state : { ...state, raisedFor: undefined };
}

/** An act that was made at the same instant as others, how it was answered, and between which instants. */
export type AnsweredRequest = {
  request: ModelRequest;
  status: number;
  code: string | undefined;
  sentAt: string;
  receivedAt: string;
};

type UnexplainedAnswers = { state: State; answers: readonly AnsweredRequest[] };
type Entries = ModelView["history"];
/** What was seen in the end: the history, and whether a state is the one that was. */
export type FinalHistory = { finalHistory: Entries; isSeen: (state: State) => boolean };

/** Splits a history into events and confidential entries, which have numbers of their own. */
const splitHistory = (entries: Entries) => [
  entries.filter((one) => one.entryNumber === undefined),
  entries.filter((one) => one.entryNumber !== undefined),
];

/**
 * The state that some order of the acts leads to, in which each is answered as it was and which leaves the history as it
 * is told; undefined if there is no such order. Time may do what is due at any place in it.
 */
export function findExplanation({ state, answers }: UnexplainedAnswers, end: FinalHistory): State | undefined {
  const left = answers.filter((answer) => !isRefusal(state, answer));
  const [open = [], noted = []] = splitHistory(end.finalHistory);
  const version = versionOf(state);
  const next = [open[version], noted[state.history.length - version]].filter((one) => one !== undefined);
  if (next.length === 0) return left.length === 0 && end.isSeen(state) ? state : undefined;
  for (const followed of next.flatMap((one) => continuations({ state, answers: left }, one))) {
    const found = isPartOfHistory(followed.state, end.finalHistory) ? findExplanation(followed, end) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** What changes nothing may as well have come here, and then is in nobody's way. */
function isRefusal(state: State, { request, sentAt, receivedAt, ...answer }: AnsweredRequest): boolean {
  return [sentAt, receivedAt].some((at) => {
    const outcome = decide(state, request, { at });
    return outcome.state === state && outcome.status === answer.status && outcome.code === answer.code;
  });
}

/** What may have come next: one of the acts, or what time does. */
function continuations({ state, answers }: UnexplainedAnswers, { at }: Entries[number]): UnexplainedAnswers[] {
  const byAct = answers.flatMap((answer) => {
    const outcome = decide(state, answer.request, { at });
    const fits = outcome.state !== state && outcome.status === answer.status;
    return fits ? [{ state: outcome.state, answers: answers.filter((other) => other !== answer) }] : [];
  });
  const byClock = nextClockEvent(state);
  return byClock && byClock.dueAt <= at ? [...byAct, { state: byClock.apply(at), answers }] : byAct;
}

function isPartOfHistory({ history }: State, finalHistory: Entries): boolean {
  const [open = [], noted = []] = splitHistory(finalHistory);
  return (
    begins(
      history.filter((one) => !one.private),
      open,
    ) &&
    begins(
      history.filter((one) => one.private),
      noted,
    )
  );
}

/** Whether what happened is what the series, numbered without a gap, begins with. */
function begins(happened: State["history"], series: Entries): boolean {
  return happened.every(({ type, at, dueAt, level }, n) => {
    const shown = series[n];
    const fits = shown?.type === type && shown.at === at && shown.dueAt === dueAt && shown.level === level;
    return fits && (shown.version ?? shown.entryNumber) === n + 1;
  });
}

import { ordersVisit, rungAfter, topLevel } from "./instants.ts";
import { after, type State } from "./state.ts";

/** What time alone will do to a complaint next: from when on, and what it then is. */
export type NextByClock = { dueAt: string; happen: (at: string) => State };

export function nextByClock(state: State): NextByClock | undefined {
  if (state.status === "answered" && state.confirmBy) return expiry(state, state.confirmBy);
  const dueAt = nextRungDue(state);
  return dueAt === undefined ? undefined : rung(state, dueAt);
}

function expiry(state: State, dueAt: string): NextByClock {
  return {
    dueAt,
    happen: (at) => after(state, { status: "closed", closure: "unconfirmed", closedAt: at }, { type: "expired", at }),
  };
}

/** What is owed now, and by when. */
export function owedBy({ status, acknowledgeBy, answerBy, reviewBy }: State): string | undefined {
  return { filed: acknowledgeBy, acknowledged: answerBy, disputed: reviewBy, answered: undefined, closed: undefined }[
    status
  ];
}

function nextRungDue(state: State): string | undefined {
  const { level, raisedFor } = state;
  if (level >= topLevel) return undefined;
  return raisedFor === undefined ? owedBy(state) : owedBy(state) && rungAfter(state, { level, dueAt: raisedFor });
}

/** A late review begins at the fourth rung at least; what is skipped is never raised. */
function levelAfter({ status, level }: State): number {
  return status === "disputed" ? Math.max(level + 1, 4) : level + 1;
}

function rung(state: State, dueAt: string): NextByClock {
  const level = levelAfter(state);
  const visit = ordersVisit(level);
  return {
    dueAt,
    happen: (at) =>
      after(
        state,
        { level, raisedFor: dueAt, visits: visit ? [...state.visits, { reported: false }] : state.visits },
        { type: "escalated", at, level, dueAt },
        ...(visit ? [{ type: "visit-ordered", at, private: true as const }] : []),
      ),
  };
}

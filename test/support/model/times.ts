import type { DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import { deadlineAfter } from "#shared/hours/office-clock.ts";
import {
  categories,
  confirmation,
  escalationLevels,
  officeHours,
  review,
  visitPolicy,
} from "#shared/province/slices.static.ts";
import { type State, withChange } from "./state.ts";

type Place = Pick<State, "countyId" | "category">;

const deadlineFrom = (start: string, policy: DeadlinePolicy, { countyId }: Place) =>
  deadlineAfter({ start, policy, calendar: { officeHours, countyId } });
const earlier = (one: string, other: string) => (one < other ? one : other);

function policiesOf({ category }: Place) {
  const found = categories.find(({ id }) => id === category);
  if (!found) throw new Error(`no category ${category}`);
  return found;
}

export const topLevel = escalationLevels.length;
export const minutes = (n: number) => n * 60_000;
export const later = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

/** Both clocks of a complaint filed at an instant. */
export function clocksOf(place: Place, filedAt: string) {
  const { acknowledge, answer } = policiesOf(place);
  const answerBy = deadlineFrom(filedAt, answer, place);
  return { acknowledgeBy: earlier(deadlineFrom(filedAt, acknowledge, place), answerBy), answerBy };
}

/** The fresh acknowledge clock that a transfer gives, bounded by the answer's. */
export function freshAcknowledgeBy(place: Place, { at, answerBy }: { at: string; answerBy: string }): string {
  return earlier(deadlineFrom(at, policiesOf(place).acknowledge, place), answerBy);
}

export const extendedFrom = (place: Place, answerBy: string) =>
  deadlineFrom(answerBy, policiesOf(place).extension, place);
export const reviewFrom = (place: Place, at: string) => deadlineFrom(at, review, place);
export const confirmationFrom = (place: Place, at: string) => deadlineFrom(at, confirmation, place);

/** When the level above a raised one is due, from the due instant of the one that was raised. */
export function nextEscalationAt(place: Place, { level, dueAt }: { level: number; dueAt: string }): string | undefined {
  const wait = escalationLevels[level]?.after;
  return wait && deadlineFrom(dueAt, wait, place);
}

export const ordersVisit = (level: number) => escalationLevels[level - 1]?.ordersVisit === true;

/** What time alone will do to a complaint next: from when on, and what it then is. */
export type NextClockEvent = { dueAt: string; apply: (at: string) => State };

export function nextClockEvent(state: State): NextClockEvent | undefined {
  const events = [nextStepOf(state), overdueVisit(state)].filter((event) => event !== undefined);
  return events.sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))[0];
}

function nextStepOf(state: State): NextClockEvent | undefined {
  if (state.status === "answered" && state.confirmBy) return expiry(state, state.confirmBy);
  const dueAt = nextLevelDue(state);
  return dueAt === undefined ? undefined : level(state, dueAt);
}

/** A visit that is not reported in time is noted once. Closing the case ends that. */
function overdueVisit(state: State): NextClockEvent | undefined {
  if (state.status === "closed") return undefined;
  const [first] = state.visits
    .flatMap(({ reported, reportBy }, n) => (reported || reportBy === undefined ? [] : [{ reportBy, n }]))
    .sort((one, other) => (one.reportBy < other.reportBy ? -1 : 1));
  if (!first) return undefined;
  const visits = state.visits.map((visit, n) => (n === first.n ? { reported: visit.reported } : visit));
  const entry = (at: string) => ({ type: "visit-overdue", at, private: true as const });
  return { dueAt: first.reportBy, apply: (at) => withChange(state, { visits }, entry(at)) };
}

function expiry(state: State, dueAt: string): NextClockEvent {
  return {
    dueAt,
    apply: (at) => withChange(state, { status: "closed", closure: "expired", closedAt: at }, { type: "expired", at }),
  };
}

/** What is owed now, and by when. */
export function modelDeadline({ status, acknowledgeBy, answerBy, reviewBy }: State): string | undefined {
  return { filed: acknowledgeBy, acknowledged: answerBy, disputed: reviewBy, answered: undefined, closed: undefined }[
    status
  ];
}

function nextLevelDue(state: State): string | undefined {
  const { level, raisedFor } = state;
  if (level >= topLevel) return undefined;
  return raisedFor === undefined
    ? modelDeadline(state)
    : modelDeadline(state) && nextEscalationAt(state, { level, dueAt: raisedFor });
}

/** A late review begins at the fourth level or higher. The levels below it are skipped and never raised. */
function levelAfter({ status, level }: State): number {
  return status === "disputed" ? Math.max(level + 1, 4) : level + 1;
}

function level(state: State, dueAt: string): NextClockEvent {
  const level = levelAfter(state);
  const visit = ordersVisit(level);
  return {
    dueAt,
    apply: (at) =>
      withChange(
        state,
        {
          level,
          raisedFor: dueAt,
          visits: visit
            ? [...state.visits, { reported: false, reportBy: deadlineFrom(at, visitPolicy, state) }]
            : state.visits,
        },
        { type: "escalated", at, level, dueAt },
        ...(visit ? [{ type: "visit-ordered", at, private: true as const }] : []),
      ),
  };
}

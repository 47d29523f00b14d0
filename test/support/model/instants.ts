import { deadlineAfter } from "#shared/domain/time/office-clock.ts";
import type { Policy } from "#shared/domain/time/policy.ts";
import { categories, confirmation, ladder, officeHours, review } from "#shared/province/slices.static.ts";
import type { State } from "./state.ts";

type Place = Pick<State, "countyId" | "category">;

const reached = (start: string, policy: Policy, { countyId }: Place) =>
  deadlineAfter({ start, policy, calendar: { officeHours, countyId } });
const earlier = (one: string, other: string) => (one < other ? one : other);

function policiesOf({ category }: Place) {
  const found = categories.find(({ id }) => id === category);
  if (!found) throw new Error(`no category ${category}`);
  return found;
}

export const topLevel = ladder.length;
export const minutes = (n: number) => n * 60_000;
export const later = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

/** Both clocks of a complaint filed at an instant. */
export function clocksOf(place: Place, filedAt: string) {
  const { acknowledge, answer } = policiesOf(place);
  const answerBy = reached(filedAt, answer, place);
  return { acknowledgeBy: earlier(reached(filedAt, acknowledge, place), answerBy), answerBy };
}

/** The fresh acknowledge clock that a transfer gives, bounded by the answer's. */
export function freshAcknowledgeBy(place: Place, { at, answerBy }: { at: string; answerBy: string }): string {
  return earlier(reached(at, policiesOf(place).acknowledge, place), answerBy);
}

export const extendedFrom = (place: Place, answerBy: string) => reached(answerBy, policiesOf(place).extension, place);
export const reviewFrom = (place: Place, at: string) => reached(at, review, place);
export const confirmationFrom = (place: Place, at: string) => reached(at, confirmation, place);

/** When the rung above a raised one is due, from the due instant of the one that was raised. */
export function rungAfter(place: Place, { level, dueAt }: { level: number; dueAt: string }): string | undefined {
  const wait = ladder[level]?.after;
  return wait && reached(dueAt, wait, place);
}

export const ordersVisit = (level: number) => ladder[level - 1]?.ordersVisit === true;

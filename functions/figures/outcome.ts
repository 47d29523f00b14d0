import type { ComplaintEvent, EventOf, EventType } from "#shared/complaints/event.ts";
import type { ClockKind } from "#shared/hours/deadline-policy.ts";
import { type Calendar, explainDeadline } from "#shared/hours/office-clock.ts";
import type { Instant } from "#shared/time/calendar.ts";

/** The time `[from, to)` in which an agency held the complaint. */
export type HoldingPeriod = { agencyId: string; from: Instant; to: Instant };

/** Returns the holding periods of a complaint in order. The last one ends at `asOf`. */
export function holdingPeriods(events: readonly ComplaintEvent[], asOf: Instant): HoldingPeriod[] {
  const starts = events.flatMap((event) => {
    if (event.type === "filed") return [{ agencyId: event.after.agencyId, from: event.at }];
    return event.type === "transferred" ? [{ agencyId: event.toAgencyId, from: event.at }] : [];
  });
  return starts.map((start, n) => ({ ...start, to: starts[n + 1]?.from ?? asOf }));
}

type CountingClock = { clock: ClockKind; calendar: Calendar };

/** Returns the milliseconds that the clock counts in `[from, to)`. */
export function countedMilliseconds(
  { from, to }: Pick<HoldingPeriod, "from" | "to">,
  { clock, calendar }: CountingClock,
): number {
  // `explainDeadline` counts the time up to `until`, so the duration of the policy does not matter.
  const policy = { clock, duration: "PT0H" };
  const { counted } = explainDeadline({ start: from, until: to, policy, calendar });
  return counted.reduce((total, span) => total + Date.parse(span.to) - Date.parse(span.from), 0);
}

/**
 * Returns the agency that held the complaint longest up to `until`, on the clock of the answer deadline. Of two
 * agencies that held it equally long, it returns the earlier. Without this rule an agency could transfer a late
 * complaint, and the complaint would count for the next agency. Returns undefined if no agency held the complaint
 * before `until`.
 */
export function longestHolder(
  holdings: readonly HoldingPeriod[],
  { until, ...counting }: CountingClock & { until: Instant },
): string | undefined {
  const durations = holdings
    .filter(({ from }) => from < until)
    .map(({ agencyId, from, to }) => ({
      agencyId,
      ms: countedMilliseconds({ from, to: to < until ? to : until }, counting),
    }));
  const agencies = [...new Set(durations.map(({ agencyId }) => agencyId))];
  const total = (id: string) =>
    durations.filter(({ agencyId }) => agencyId === id).reduce((sum, { ms }) => sum + ms, 0);
  const longest = Math.max(...agencies.map(total));
  return agencies.find((id) => total(id) === longest);
}

/**
 * The outcome of a complaint, for counting. The first rule that holds decides, in this order:
 * - `pending`: the complaint is open and not yet due, or it is open and disputed.
 * - `excluded`: an inspector rejected it, or it was withdrawn or decided without an answer before the deadline.
 * - `overturned`: an inspector did not uphold the answer.
 * - `unanswered`: the deadline passed without an answer.
 * - `late`: the answer came at the deadline or later.
 * - `confirmed`: the answer came in time, and the citizen accepted it or an inspector upheld it.
 * - `silent`: the answer came in time, and neither a citizen nor an inspector confirmed or overturned it.
 *
 * Shares do not count `pending` and `excluded`.
 */
export type Outcome = "pending" | "excluded" | "overturned" | "unanswered" | "late" | "confirmed" | "silent";

/**
 * The parts of a complaint's history that decide its outcome. `answerBy`: the deadline that held when the agency
 * answered.
 */
export type ComplaintCourse = {
  answerBy: Instant;
  isOpen: boolean;
  isDisputed: boolean;
  answered: EventOf<"answered"> | undefined;
  accepted: EventOf<"accepted"> | undefined;
  decided: EventOf<"decided"> | undefined;
  rejected: EventOf<"rejected"> | undefined;
  closedAt: Instant | undefined;
  asOf: Instant;
};

export function complaintCourse(events: readonly ComplaintEvent[], asOf: Instant): ComplaintCourse {
  const last = events.at(-1);
  // A case that closed in silence may be disputed afterwards: only the last closing counts.
  const closing = closingEventOf(events);
  const answered = firstEventOf(events, "answered");
  return {
    // A change of office hours after the answer must not change whether the answer was late.
    answerBy: (answered ?? last)?.after.answerBy ?? asOf,
    isOpen: !closing,
    isDisputed: last?.after.status === "disputed",
    answered,
    accepted: firstEventOf(events, "accepted"),
    decided: firstEventOf(events, "decided"),
    rejected: firstEventOf(events, "rejected"),
    closedAt: closing?.at,
    asOf,
  };
}

const closings = ["accepted", "withdrawn", "expired", "decided", "rejected"] as const satisfies EventType[];
type ClosingEvent = EventOf<(typeof closings)[number]>;
const isClosing = (event: ComplaintEvent): event is ClosingEvent => closings.some((type) => type === event.type);

/** The event that closed a complaint; undefined while it is open, also if a dispute opened it again. */
export function closingEventOf(events: readonly ComplaintEvent[]): ClosingEvent | undefined {
  const disputed = events.findLastIndex(({ type }) => type === "disputed");
  return events.slice(disputed + 1).find(isClosing);
}

function firstEventOf<T extends EventType>(events: readonly ComplaintEvent[], type: T): EventOf<T> | undefined {
  return events.find((event): event is EventOf<T> => event.type === type);
}

/** Returns the outcome of a complaint. The rule about complaints that a rival's front end filed is not applied here. */
export function outcomeOf(course: ComplaintCourse): Outcome {
  const { isOpen, isDisputed, answered, rejected, answerBy } = course;
  const wasDue = answerBy <= (course.closedAt ?? course.asOf);
  if (isOpen && (answered ? isDisputed : !wasDue)) return "pending";
  if (rejected) return "excluded";
  if (!answered) return wasDue ? "unanswered" : "excluded";
  return outcomeOfAnswer({ ...course, answered });
}

function outcomeOfAnswer({
  answered,
  accepted,
  decided,
  answerBy,
}: ComplaintCourse & { answered: EventOf<"answered"> }): Outcome {
  if (decided?.upholdsAnswer === false) return "overturned";
  // An answer at the very instant of the deadline is late.
  if (answered.at >= answerBy) return "late";
  return accepted || decided?.upholdsAnswer ? "confirmed" : "silent";
}

import type { ComplaintEvent, EventOf, EventType } from "#shared/domain/complaint/event.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import type { ClockKind } from "#shared/domain/time/duration.ts";
import { type Calendar, explainDeadline } from "#shared/domain/time/office-clock.ts";

/** Which agency had the complaint, `[from, to)`. */
export type HoldingPeriod = { agencyId: string; from: Instant; to: Instant };

/** Every agency that held it, in order; the last one until `asOf`. */
export function holdingPeriods(events: readonly ComplaintEvent[], asOf: Instant): HoldingPeriod[] {
  const begun = events.flatMap((event) => {
    if (event.type === "filed") return [{ agencyId: event.after.agencyId, from: event.at }];
    return event.type === "transferred" ? [{ agencyId: event.toAgencyId, from: event.at }] : [];
  });
  return begun.map((one, n) => ({ ...one, to: begun[n + 1]?.from ?? asOf }));
}

export type CountingClock = { clock: ClockKind; calendar: Calendar };

/** Milliseconds that the clock counts in `[from, to)`. */
export function countedMilliseconds(
  { from, to }: Pick<HoldingPeriod, "from" | "to">,
  { clock, calendar }: CountingClock,
): number {
  // The explanation counts what has passed, however long the policy is.
  const policy = { clock, duration: "PT0H" };
  const { counted } = explainDeadline({ start: from, until: to, policy, calendar });
  return counted.reduce((total, span) => total + Date.parse(span.to) - Date.parse(span.from), 0);
}

/**
 * Who held it longest on the answer's clock up to `until`, the earlier one of two that held it as long: so that passing
 * it on late empties nobody's cells.
 */
export function longestHolder(
  holdings: readonly HoldingPeriod[],
  { until, ...counting }: CountingClock & { until: Instant },
) {
  const within = holdings
    .filter(({ from }) => from < until)
    .map(({ agencyId, from, to }) => ({
      agencyId,
      ms: countedMilliseconds({ from, to: to < until ? to : until }, counting),
    }));
  const agencies = [...new Set(within.map(({ agencyId }) => agencyId))];
  const total = (id: string) => within.filter(({ agencyId }) => agencyId === id).reduce((sum, { ms }) => sum + ms, 0);
  const most = Math.max(...agencies.map(total));
  return agencies.find((id) => total(id) === most);
}

/**
 * What became of a complaint; the first that holds, in this order:
 * `pending` open and not yet due, or disputed and open; `excluded` out of scope, or withdrawn or decided unanswered before
 * the deadline; `overturned` an inspector did not uphold the answer; `unanswered` never answered by the deadline; `late`
 * answered after the deadline; `confirmed` answered in time, and accepted or upheld; `silent` answered in time, and nobody
 * said otherwise. No share counts `pending` and `excluded`.
 */
export type Outcome = "pending" | "excluded" | "overturned" | "unanswered" | "late" | "confirmed" | "silent";

/** The parts of a complaint's history that decide its outcome. */
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
  const closing = events.find(isClosing);
  const answered = firstEventOf(events, "answered");
  return {
    // What it was when it was answered, whatever was said of it afterwards.
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

const closings: readonly EventType[] = ["accepted", "withdrawn", "expired", "decided", "rejected"];
const isClosing = ({ type }: ComplaintEvent) => closings.includes(type);

function firstEventOf<T extends EventType>(events: readonly ComplaintEvent[], type: T): EventOf<T> | undefined {
  return events.find((event): event is EventOf<T> => event.type === type);
}

/** The outcome of a complaint, without regard to who filed it. */
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
  // An answer given at that very instant is late.
  if (answered.at >= answerBy) return "late";
  return accepted || decided?.upholdsAnswer ? "confirmed" : "silent";
}

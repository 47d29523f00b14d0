import * as Instant from "temporal-polyfill/fns/Instant";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import * as PlainTime from "temporal-polyfill/fns/PlainTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { longestClosureDays } from "../policy-numbers.ts";
import type { Instant as InstantFromInstant } from "./calendar.ts";
import { type DeadlinePolicy, milliseconds } from "./duration.ts";
import { timeZone } from "./local-time.ts";
import { type Calendar, isBeyondKnownCalendar, type OpenHours, openHours } from "./office-hours.ts";

// The functions of Temporal one by one, so that the bundle holds only those that are imported.

export type { Calendar } from "./office-hours.ts";

/** Epoch milliseconds, `[from, to)`. */
type Span = { from: number; to: number };
type Day = { date: string; hours: OpenHours; open: Span[] };

type Skipped = { date: string; why: "weekend" | "holiday" | "closed" | "outside-hours" } & Pick<
  OpenHours,
  "reason" | "reasonEn"
>;

/**
 * Which UTC intervals a clock counted, and which days of Asia/Tehran it skipped whole, and why. `assumedFrom`: the first
 * day for which no hours or holidays are known, where the clock met one.
 */
type Explanation = { counted: { from: string; to: string }[]; skipped: Skipped[]; assumedFrom?: string };

type RunningClock = { start: string; policy: DeadlinePolicy; calendar: Calendar };

/**
 * The first instant by which the duration has fully passed on the policy's clock. Where it runs out at closing time,
 * that is closing time, not the next opening. A duration of zero has passed at once, even while the office is closed.
 * Throws where the calendar never opens.
 */
export function deadlineAfter({ start, policy, calendar }: RunningClock): string {
  const from = toEpochMs(start);
  let left = milliseconds(policy.duration);
  if (policy.clock === "elapsed" || left === 0) return toInstant(from + left);
  for (const span of openSpans(calendar, from)) {
    const length = span.to - span.from;
    if (left <= length) return toInstant(span.from + left);
    left -= length;
  }
  throw new Error(
    `the offices of ${calendar.countyId} are closed for ${longestClosureDays} days on end after ${start}`,
  );
}

/** What a clock counted and skipped from `start` to `until`. */
export function explainDeadline({ start, until, policy, calendar }: RunningClock & { until: string }): Explanation {
  const asked = { from: toEpochMs(start), to: toEpochMs(until) };
  if (asked.from >= asked.to) return { counted: [], skipped: [] };
  if (policy.clock === "elapsed") return { counted: [toInstants(asked)], skipped: [] };
  const lastDay = PlainDate.toString(localDay(asked.to - 1, calendar.officeHours.timeZone));
  const counted: Explanation["counted"] = [];
  const skipped: Skipped[] = [];
  let assumedFrom: string | undefined;
  for (const day of daysFrom(calendar, asked.from)) {
    if (day.date > lastDay) break;
    if (isBeyondKnownCalendar(calendar, day.date)) assumedFrom ??= day.date;
    const spans = clipSpans(day.open, asked);
    counted.push(...spans.map(toInstants));
    if (spans.length === 0) skipped.push(skippedDay(day));
  }
  return { counted, skipped, assumedFrom };
}

function skippedDay({ date, hours }: Day): Skipped {
  const why = hours.why === "open" ? "outside-hours" : hours.why;
  const { reason, reasonEn } = hours;
  return { date, why, ...(reason !== undefined && { reason }), ...(reasonEn !== undefined && { reasonEn }) };
}

/** Open time from an instant on; ends only where the calendar stays closed for `longestClosureDays`. */
function* openSpans(calendar: Calendar, from: number): Generator<Span> {
  let closedDays = 0;
  for (const { open } of daysFrom(calendar, from)) {
    const spans = clipSpans(open, { from, to: Number.POSITIVE_INFINITY });
    closedDays = spans.length === 0 ? closedDays + 1 : 0;
    if (closedDays > longestClosureDays) return;
    yield* spans;
  }
}

/** Every calendar day from the one that holds the instant, without end. */
function* daysFrom(calendar: Calendar, instant: number): Generator<Day, never> {
  const { timeZone } = calendar.officeHours;
  let day = localDay(instant, timeZone);
  for (;;) {
    const date = PlainDate.toString(day);
    const hours = openHours(calendar, date);
    // Each time is converted by itself: one offset for all, or one per day, is wrong where the clocks change.
    const at = (time: string) =>
      PlainDate.toZonedDateTime(day, { timeZone, plainTime: PlainTime.fromString(time) }).epochMilliseconds;
    const open = hours.intervals.map(({ from, to }) => ({ from: at(from), to: at(to) }));
    yield { date, hours, open };
    day = PlainDate.addDays(day, 1);
  }
}

function clipSpans(spans: Span[], limits: Span): Span[] {
  return spans
    .map(({ from, to }) => ({ from: Math.max(from, limits.from), to: Math.min(to, limits.to) }))
    .filter(({ from, to }) => from < to);
}

const localDay = (instant: number, timeZone: string) =>
  ZonedDateTime.toPlainDate(Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant), timeZone));
const toEpochMs = (instant: string) => Instant.fromString(instant).epochMilliseconds;
const toInstant = (instant: number) => new Date(instant).toISOString();
const toInstants = ({ from, to }: Span) => ({ from: toInstant(from), to: toInstant(to) });

/** The first instant of a calendar day in Tehran. */
export function startOfDay(date: string): InstantFromInstant {
  const [year = 0, month = 1, ordinal = 1] = date.split("-").map(Number);
  const day = PlainDate.create(year, month, ordinal);
  return new Date(PlainDate.toZonedDateTime(day, { timeZone }).epochMilliseconds).toISOString();
}

import * as Instant from "temporal-polyfill/fns/Instant";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import * as PlainTime from "temporal-polyfill/fns/PlainTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { longestClosureDays } from "../policy-numbers.ts";
import type { Instant as InstantFromInstant } from "../time/calendar.ts";
import { milliseconds } from "../time/duration.ts";
import { timeZone } from "../time/local-time.ts";
import type { DeadlinePolicy } from "./deadline-policy.ts";
import { type Calendar, type HoursReason, isBeyondKnownCalendar, type OpenHours, openHours } from "./office-hours.ts";

// The functions of Temporal are imported one by one, so that the bundle contains only these.

export type { Calendar } from "./office-hours.ts";

/** A time span `[from, to)` in milliseconds since 1970. */
type Span = { from: number; to: number };
type Day = { date: string; hours: OpenHours; open: Span[] };

type Skipped = {
  date: string;
  dayType: "weekend" | "holiday" | "closed" | "outside-hours";
  reason?: HoursReason;
};

/**
 * How a clock counted. `counted`: the UTC intervals that it counted. `skipped`: the days of Asia/Tehran without counted
 * time, each with the reason. `assumedFrom`: the first of all these days whose hours or holidays are unknown.
 */
type Explanation = { counted: { from: string; to: string }[]; skipped: Skipped[]; assumedFrom?: string };

type RunningClock = { start: string; policy: DeadlinePolicy; calendar: Calendar };

/**
 * Returns the deadline: the first instant at which the policy's clock has counted the whole duration. A duration that
 * ends at closing time ends then, not at the next opening. A duration of zero ends at `start`, even while the office is
 * closed. Throws if the offices do not open for `longestClosureDays` days.
 */
export function deadlineAfter({ start, policy, calendar }: RunningClock): string {
  const from = toEpochMs(start);
  let remaining = milliseconds(policy.duration);
  if (policy.clock === "elapsed" || remaining === 0) return toInstant(from + remaining);
  for (const span of openSpans(calendar, from)) {
    const length = span.to - span.from;
    if (remaining <= length) return toInstant(span.from + remaining);
    remaining -= length;
  }
  throw new Error(
    `the offices of ${calendar.countyId} are closed for ${longestClosureDays} days on end after ${start}`,
  );
}

/**
 * Returns the closing time of the `days`-th day with open hours after the day of `start`, which itself does not count. Throws if
 * the offices do not open for `longestClosureDays` days.
 */
export function endOfOfficeDay({ start, days, calendar }: { start: string; days: number; calendar: Calendar }): string {
  let [isStart, counted, closedDays] = [true, 0, 0];
  for (const { open } of daysFrom(calendar, toEpochMs(start))) {
    const last = isStart ? undefined : open.at(-1);
    isStart = false;
    closedDays = last ? 0 : closedDays + 1;
    if (last) counted++;
    if (last && counted === days) return toInstant(last.to);
    if (closedDays > longestClosureDays) break;
  }
  throw new Error(
    `the offices of ${calendar.countyId} are closed for ${longestClosureDays} days on end after ${start}`,
  );
}

/** Explains how a clock counted from `start` to `until`. */
export function explainDeadline({ start, until, policy, calendar }: RunningClock & { until: string }): Explanation {
  const wholeSpan = { from: toEpochMs(start), to: toEpochMs(until) };
  if (wholeSpan.from >= wholeSpan.to) return { counted: [], skipped: [] };
  if (policy.clock === "elapsed") return { counted: [toInstants(wholeSpan)], skipped: [] };
  const lastDay = PlainDate.toString(localDay(wholeSpan.to - 1, calendar.officeHours.timeZone));
  const counted: Explanation["counted"] = [];
  const skipped: Skipped[] = [];
  let assumedFrom: string | undefined;
  for (const day of daysFrom(calendar, wholeSpan.from)) {
    if (day.date > lastDay) break;
    if (isBeyondKnownCalendar(calendar, day.date)) assumedFrom ??= day.date;
    const spans = clipSpans(day.open, wholeSpan);
    counted.push(...spans.map(toInstants));
    if (spans.length === 0) skipped.push(skippedDay(day));
  }
  return { counted, skipped, assumedFrom };
}

function skippedDay({ date, hours }: Day): Skipped {
  const dayType = hours.dayType === "open" ? "outside-hours" : hours.dayType;
  return { date, dayType, ...(hours.reason && { reason: hours.reason }) };
}

/**
 * Yields the spans in which the offices are open, from an instant on. Ends after `longestClosureDays` closed days in a
 * row.
 */
function* openSpans(calendar: Calendar, from: number): Generator<Span> {
  let closedDays = 0;
  for (const { open } of daysFrom(calendar, from)) {
    const spans = clipSpans(open, { from, to: Number.POSITIVE_INFINITY });
    closedDays = spans.length === 0 ? closedDays + 1 : 0;
    if (closedDays > longestClosureDays) return;
    yield* spans;
  }
}

/** Yields every calendar day from the day of an instant on, without end. */
function* daysFrom(calendar: Calendar, instant: number): Generator<Day, never> {
  const { timeZone } = calendar.officeHours;
  let day = localDay(instant, timeZone);
  for (;;) {
    const date = PlainDate.toString(day);
    const hours = openHours(calendar, date);
    // Each time is converted separately, because the UTC offset may change between two times of a day.
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

/** Returns the first instant of a day in Tehran. `date`: a Gregorian date, `YYYY-MM-DD`. */
export function startOfDay(date: string): InstantFromInstant {
  const [year = 0, month = 1, ordinal = 1] = date.split("-").map(Number);
  const day = PlainDate.create(year, month, ordinal);
  return new Date(PlainDate.toZonedDateTime(day, { timeZone }).epochMilliseconds).toISOString();
}

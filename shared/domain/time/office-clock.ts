// The functions of Temporal one by one, so that the bundle holds only those that are imported.

import * as Instant from "temporal-polyfill/fns/Instant";
import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import * as PlainTime from "temporal-polyfill/fns/PlainTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { longestClosureDays } from "../policy-numbers.ts";
import { milliseconds } from "./duration.ts";
import { type Calendar, isAssumed, type OpenHours, openHours } from "./open-hours.ts";
import type { Policy } from "./policy.ts";

export type { Calendar } from "./open-hours.ts";

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

type RunningClock = { start: string; policy: Policy; calendar: Calendar };

/**
 * The first instant by which the duration has fully passed on the policy's clock. Where it runs out at closing time,
 * that is closing time, not the next opening. A duration of zero has passed at once, even while the office is closed.
 * Throws where the calendar never opens.
 */
export function deadlineAfter({ start, policy, calendar }: RunningClock): string {
  const from = epoch(start);
  let left = milliseconds(policy.duration);
  if (policy.clock === "elapsed" || left === 0) return utc(from + left);
  for (const span of openSpans(calendar, from)) {
    const length = span.to - span.from;
    if (left <= length) return utc(span.from + left);
    left -= length;
  }
  throw new Error(
    `the offices of ${calendar.countyId} are closed for ${longestClosureDays} days on end after ${start}`,
  );
}

/** What a clock counted and skipped from `start` to `until`. */
export function explainDeadline({ start, until, policy, calendar }: RunningClock & { until: string }): Explanation {
  const asked = { from: epoch(start), to: epoch(until) };
  if (asked.from >= asked.to) return { counted: [], skipped: [] };
  if (policy.clock === "elapsed") return { counted: [utcSpan(asked)], skipped: [] };
  const lastDay = PlainDate.toString(localDay(asked.to - 1, calendar.officeHours.timeZone));
  const counted: Explanation["counted"] = [];
  const skipped: Skipped[] = [];
  let assumedFrom: string | undefined;
  for (const day of daysFrom(calendar, asked.from)) {
    if (day.date > lastDay) break;
    if (isAssumed(calendar, day.date)) assumedFrom ??= day.date;
    const spans = clip(day.open, asked);
    counted.push(...spans.map(utcSpan));
    if (spans.length === 0) skipped.push(whySkipped(day));
  }
  return { counted, skipped, assumedFrom };
}

function whySkipped({ date, hours }: Day): Skipped {
  const why = hours.why === "open" ? "outside-hours" : hours.why;
  const { reason, reasonEn } = hours;
  return { date, why, ...(reason !== undefined && { reason }), ...(reasonEn !== undefined && { reasonEn }) };
}

/** Open time from an instant on; ends only where the calendar stays closed for `longestClosureDays`. */
function* openSpans(calendar: Calendar, from: number): Generator<Span> {
  let closedDays = 0;
  for (const { open } of daysFrom(calendar, from)) {
    const spans = clip(open, { from, to: Number.POSITIVE_INFINITY });
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

function clip(spans: Span[], limits: Span): Span[] {
  return spans
    .map(({ from, to }) => ({ from: Math.max(from, limits.from), to: Math.min(to, limits.to) }))
    .filter(({ from, to }) => from < to);
}

const localDay = (instant: number, timeZone: string) =>
  ZonedDateTime.toPlainDate(Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant), timeZone));
const epoch = (instant: string) => Instant.fromString(instant).epochMilliseconds;
const utc = (instant: number) => new Date(instant).toISOString();
const utcSpan = ({ from, to }: Span) => ({ from: utc(from), to: utc(to) });

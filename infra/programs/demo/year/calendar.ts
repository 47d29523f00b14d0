import type { DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import { deadlineAfter } from "#shared/hours/office-clock.ts";
import { openHours } from "#shared/hours/office-hours.ts";
import type { Province } from "#shared/province/schema.ts";
import { timetableOf } from "#shared/time/calendar.ts";

const dayInMs = 86_400_000;
/** Days played after the last quarter: its figures are published 15 days after its end. */
const daysUntilPublished = 16;

/** The part of a year that is played, and the days of special events. */
export type Span = {
  /** Epoch ms: the midnight of Tehran with which 1 Mehr 1404, an Iranian quarter, began. */
  from: number;
  /** Epoch ms: no complaints are filed from this time on. */
  filedUntil: number;
  until: number;
  /** The first day after the merger, as `2026-04-05`: the merged agency takes no new complaints. */
  joinedOn: string;
  /** Epoch ms: when that day begins. */
  joinedAt: number;
  /** Epoch ms: the week in which the systems of every bank are down. */
  outage: { from: number; to: number };
};

const firstDay = Date.parse("2025-09-22T20:30:00Z");
/**
 * Days of the four quarters from that day: autumn 90, winter 89 (30 + 30 + 29, since 1404 is no leap year), spring and
 * summer 93.
 */
const quarters = [90, 89, 93, 93];

/** Returns the span of `count` quarters from 1 Mehr 1404 on, and 16 more days, until the last figures are published. */
export function spanOf(count: number): Span {
  const days = quarters.slice(0, count).reduce((sum, length) => sum + length, 0);
  const on = (share: number) => firstDay + Math.floor(days * share) * dayInMs;
  const outage = on(0.27);
  const joinedAt = on(0.53);
  return {
    from: firstDay,
    filedUntil: on(1),
    until: on(1) + daysUntilPublished * dayInMs,
    // A day in Tehran begins on the evening before in UTC.
    joinedOn: new Date(joinedAt + dayInMs / 2).toISOString().slice(0, 10),
    joinedAt,
    outage: { from: outage, to: outage + 7 * dayInMs },
  };
}

const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** All requests are planned on full hours. Advancing the clock costs the same for one request and for ten. */
export const grid = hour;

/** Office hours and deadlines; every instant is in epoch ms. */
export type Hours = {
  /** The deadline after `from` by the policy. */
  due(from: number, policy: DeadlinePolicy): number;
  /** The instant after `minutes` of office hours, rounded up to the grid. */
  worked(from: number, minutes: number): number;
  /** The office hours of the day in Tehran that begins at `midnight`; undefined if offices are closed that day. */
  opening(midnight: number): { from: number; to: number } | undefined;
};

export function hoursOf({ officeHours }: Pick<Province, "officeHours">): Hours {
  const calendar = { officeHours: timetableOf(officeHours), countyId: "" };
  const due: Hours["due"] = (from, policy) =>
    Date.parse(deadlineAfter({ start: new Date(from).toISOString(), policy, calendar }));
  return {
    due,
    worked: (from, minutes) =>
      roundUpToGrid(due(from, { clock: "office-hours", duration: `PT${Math.max(Math.round(minutes), 1)}M` })),
    opening(midnight) {
      // Noon, because a day in Tehran begins on the evening before in UTC.
      const { intervals } = openHours(calendar, new Date(midnight + day / 2).toISOString().slice(0, 10));
      const [first, last] = [intervals[0], intervals.at(-1)];
      return first && last && { from: midnight + sinceMidnight(first.from), to: midnight + sinceMidnight(last.to) };
    },
  };
}

/** The call centre calls once a day, at 10:30 in Tehran. */
const calls = 7 * hour;
export const nextCallTime = (instant: number) => Math.ceil((instant - calls) / day) * day + calls;

/** After 13:30 in Tehran, citizens send requests at 17:30, at 21:30 and on the next morning. */
const afternoon = 10 * hour;
const pauses = [0, 4, 8, 18].map((hours) => hours * hour);
export function randomOfficeTime(instant: number): number {
  const since = (instant - afternoon) % day;
  return instant - since + (pauses.find((pause) => pause >= since) ?? since);
}

/** Returns the next instant on the grid. */
export const roundUpToGrid = (instant: number) => Math.ceil(instant / grid) * grid;
/** Returns the last instant on the grid before a deadline. */
export const lastGridBefore = (deadline: number) => (Math.ceil(deadline / grid) - 1) * grid;

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * hour + minutes * minute;
}

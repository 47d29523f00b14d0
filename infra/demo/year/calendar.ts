import { timetableOf } from "#shared/domain/time/calendar.ts";
import type { DeadlinePolicy } from "#shared/domain/time/duration.ts";
import { deadlineAfter } from "#shared/domain/time/office-clock.ts";
import { openHours } from "#shared/domain/time/office-hours.ts";
import type { Province } from "#shared/province/schema.ts";

const dayInMs = 86_400_000;
/** From the end of the last quarter until its figures are out: they are published 15 days after it. */
const untilPublished = 16;

/** What of a year is played: from when until when, and what happens on which day of it. */
export type Span = {
  /** Epoch ms: the midnight of Tehran with which 1 Mehr 1404, an Iranian quarter, began. */
  from: number;
  /** Epoch ms: nothing is filed from here on. */
  filedUntil: number;
  until: number;
  /** The day from which the joined agency takes nothing new, as `2026-04-05`. */
  joinedOn: string;
  /** Epoch ms: when that day begins. */
  joinedAt: number;
  /** Epoch ms: the week in which the systems of every bank are down. */
  outage: { from: number; to: number };
};

const firstDay = Date.parse("2025-09-22T20:30:00Z");
/** Each of the four quarters that begin there: autumn and winter of 90 days (1404 is no leap year: 30 + 30 + 29), spring and summer of 93. */
const quarters = [90, 89, 93, 93];

/** So many quarters from 1 Mehr 1404 on, and the 16 days after which the last one's figures are out. */
export function spanOf(count: number): Span {
  const days = quarters.slice(0, count).reduce((sum, length) => sum + length, 0);
  const on = (share: number) => firstDay + Math.floor(days * share) * dayInMs;
  const outage = on(0.27);
  const joinedAt = on(0.53);
  return {
    from: firstDay,
    filedUntil: on(1),
    until: on(1) + untilPublished * dayInMs,
    // A day of Tehran begins in the evening before it in UTC.
    joinedOn: new Date(joinedAt + dayInMs / 2).toISOString().slice(0, 10),
    joinedAt,
    outage: { from: outage, to: outage + 7 * dayInMs },
  };
}

const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** People complain and agencies act by the hour: an advance of the clock costs the same for one act and for ten. */
export const grid = hour;

/** When offices are open; every instant is epoch ms. */
export type Hours = {
  /** When so long has passed on the policy's clock. */
  due(from: number, policy: DeadlinePolicy): number;
  /** When so many minutes of office hours have passed. */
  worked(from: number, minutes: number): number;
  /** When the offices open on the day of Tehran that begins at `midnight`, and for how long they are open; never opened: undefined. */
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
      // Noon, since a day of Tehran begins in the evening before it in UTC.
      const { intervals } = openHours(calendar, new Date(midnight + day / 2).toISOString().slice(0, 10));
      const [first, last] = [intervals[0], intervals.at(-1)];
      return first && last && { from: midnight + sinceMidnight(first.from), to: midnight + sinceMidnight(last.to) };
    },
  };
}

/** The call centre calls once a day, at half past ten in the morning of Tehran. */
const calls = 7 * hour;
export const nextCallTime = (instant: number) => Math.ceil((instant - calls) / day) * day + calls;

/** After half past one in Tehran citizens act at half past five and half past nine, and then in the morning. */
const afternoon = 10 * hour;
const pauses = [0, 4, 8, 18].map((hours) => hours * hour);
export function randomOfficeTime(instant: number): number {
  const since = (instant - afternoon) % day;
  return instant - since + (pauses.find((pause) => pause >= since) ?? since);
}

/** The next instant on the grid. */
export const roundUpToGrid = (instant: number) => Math.ceil(instant / grid) * grid;
/** The last instant on the grid before a deadline. */
export const lastGridBefore = (deadline: number) => (Math.ceil(deadline / grid) - 1) * grid;

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * hour + minutes * minute;
}

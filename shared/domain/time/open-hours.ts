import { type Interval, type LiveOverride, type Timetable, type Weekday, weekdays } from "./calendar.ts";

/**
 * The hours of one county. `live`: what admins set, which goes before the file's override of the same date and scope.
 */
export type Calendar = { officeHours: Timetable; countyId: string; live?: LiveOverride[] };

/** `reason` is Persian; holidays have English names too, what an office writes has none. */
export type OpenHours = {
  intervals: Interval[];
  why: "open" | "weekend" | "holiday" | "closed";
  reason?: string;
  reasonEn?: string;
};

/**
 * When the county's offices are open on a date of Asia/Tehran, or why they are not: `closed` by an override, `weekend`
 * by the weekly pattern. A county's override goes before the province's, an override before a holiday.
 */
export function openHours(calendar: Calendar, date: string): OpenHours {
  const override = overrideOn(calendar, date);
  if (override !== undefined) {
    const { intervals, reason } = override;
    return { intervals, why: intervals.length > 0 ? "open" : "closed", reason };
  }
  const holidays = calendar.officeHours.holidays.filter((holiday) => holiday.date === date);
  if (holidays.length > 0) {
    const names = holidays.map(({ name }) => name);
    const reason = names.map(({ fa }) => fa).join("، ");
    return { intervals: [], why: "holiday", reason, reasonEn: names.map(({ en }) => en).join(", ") };
  }
  const intervals = weeklyHours(calendar.officeHours, date);
  return { intervals, why: intervals.length > 0 ? "open" : "weekend" };
}

/**
 * Whether nobody has said what a date's hours are, or whether it is a holiday: then the last weekly pattern goes on, and
 * the day counts as an ordinary one.
 */
export function isAssumed(calendar: Calendar, date: string): boolean {
  if (overrideOn(calendar, date) !== undefined) return false;
  const { provincial, national, holidaysUntil } = calendar.officeHours;
  return date > holidaysUntil || ![...provincial, ...national].some(({ from, to }) => from <= date && date <= to);
}

function overrideOn({ officeHours, countyId, live = [] }: Calendar, date: string): LiveOverride | undefined {
  const ofTheDay = [...live, ...officeHours.overrides].filter((override) => override.date === date);
  return (
    ofTheDay.find((override) => override.countyId === countyId) ??
    ofTheDay.find((override) => override.countyId === undefined)
  );
}

function weeklyHours({ provincial, national }: Timetable, date: string): Interval[] {
  const range =
    provincial.find(({ from, to }) => from <= date && date <= to) ??
    // New hours are often announced later than a running clock looks ahead. So on a day that no range covers, the
    // national range before it goes on: were the day closed, a deadline might never come.
    national.findLast(({ from }) => from <= date) ??
    national[0];
  const weekday = weekdayOf(date);
  return range === undefined || weekday === undefined ? [] : range.weekly[weekday];
}

/** A date alone has the same weekday in every zone; getUTCDay() counts from Sunday, `weekdays` from Saturday. */
function weekdayOf(date: string): Weekday | undefined {
  return weekdays[(new Date(date).getUTCDay() + 1) % weekdays.length];
}

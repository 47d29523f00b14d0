import { type Interval, type LiveOverride, type Timetable, type Weekday, weekdays } from "./calendar.ts";

/** The hours of one county: the province file's, and the admin's overrides, which go before the file's of the same date and scope. */
export type Calendar = { officeHours: Timetable; countyId: string; live?: LiveOverride[] };

export type OpenHours = { intervals: Interval[]; why: "open" | "weekend" | "holiday" | "closed"; reason?: string };

/** When the county's offices are open on a date of Asia/Tehran, and why they are not: `closed` is an override's doing, `weekend` the weekly pattern's. */
export function openHours(calendar: Calendar, date: string): OpenHours {
  const override = overrideOn(calendar, date);
  if (override !== undefined) {
    const { intervals, reason } = override;
    return { intervals, why: intervals.length > 0 ? "open" : "closed", reason };
  }
  const holidays = calendar.officeHours.holidays.filter((holiday) => holiday.date === date);
  if (holidays.length > 0) {
    return { intervals: [], why: "holiday", reason: holidays.map(({ name }) => name.fa).join("، ") };
  }
  const intervals = weeklyHours(calendar.officeHours, date);
  return { intervals, why: intervals.length > 0 ? "open" : "weekend" };
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
    // Hours hold until new ones are announced, often later than a running clock looks ahead: on a day
    // no range covers, the national range before it goes on. Were it closed, a deadline might not exist.
    national.findLast(({ from }) => from <= date) ??
    national[0];
  const weekday = weekdayOf(date);
  return range === undefined || weekday === undefined ? [] : range.weekly[weekday];
}

/** A date alone has the same weekday in every zone; getUTCDay() counts from Sunday, `weekdays` from Saturday. */
function weekdayOf(date: string): Weekday | undefined {
  return weekdays[(new Date(date).getUTCDay() + 1) % weekdays.length];
}

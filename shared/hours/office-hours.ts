import * as z from "zod";
import { invalidFault } from "../fault.ts";
import { calendarWarningDays } from "../policy-numbers.ts";
import {
  HoursOverride,
  type Interval,
  type OfficeHours,
  type Timetable,
  type Weekday,
  weekdays,
} from "../time/calendar.ts";
import { dayMs } from "../time/duration.ts";
import { localDate, nextMinute } from "../time/local-time.ts";

/**
 * The hours of one county. `live`: the overrides by admins. They hold instead of the file's override for the same day.
 */
export type Calendar = { officeHours: Timetable; countyId: string; live?: HoursOverride[] };

/** The reason for the hours of a day. Holidays have an English name too; hours that an admin set have a Persian reason alone. */
export const HoursReason = z.object({ fa: z.string(), en: z.string().optional() });
export type HoursReason = z.infer<typeof HoursReason>;

/** The hours of one day. */
export type OpenHours = {
  intervals: Interval[];
  dayType: "open" | "weekend" | "holiday" | "closed";
  reason?: HoursReason;
};

/**
 * Returns the hours of a county on a date of Asia/Tehran, or why its offices are closed: `closed` by an override,
 * `weekend` by the weekly pattern. The first of these decides: the county's override, the province's override, a
 * holiday, the weekly pattern.
 */
export function openHours(calendar: Calendar, date: string): OpenHours {
  const override = overrideForDate(calendar, date);
  if (override !== undefined) {
    const { intervals, reason } = override;
    return { intervals, dayType: intervals.length > 0 ? "open" : "closed", reason: { fa: reason } };
  }
  const holidays = calendar.officeHours.holidays.filter((holiday) => holiday.date === date);
  if (holidays.length > 0) {
    const names = holidays.map(({ name }) => name);
    const reason = { fa: names.map(({ fa }) => fa).join("، "), en: names.map(({ en }) => en).join(", ") };
    return { intervals: [], dayType: "holiday", reason };
  }
  const intervals = weeklyHours(calendar.officeHours, date);
  return { intervals, dayType: intervals.length > 0 ? "open" : "weekend" };
}

/**
 * Returns whether the hours or holidays of a date are not yet known. Such a date has the last known weekly pattern, and
 * is no holiday.
 */
export function isBeyondKnownCalendar(calendar: Calendar, date: string): boolean {
  if (overrideForDate(calendar, date) !== undefined) return false;
  const { provincial, national, holidaysUntil } = calendar.officeHours;
  return date > holidaysUntil || ![...provincial, ...national].some(({ from, to }) => from <= date && date <= to);
}

function overrideForDate({ officeHours, countyId, live = [] }: Calendar, date: string): HoursOverride | undefined {
  const overrides = [...live, ...officeHours.overrides].filter((override) => override.date === date);
  return (
    overrides.find((override) => override.countyId === countyId) ??
    overrides.find((override) => override.countyId === undefined)
  );
}

function weeklyHours({ provincial, national }: Timetable, date: string): Interval[] {
  const range =
    provincial.find(({ from, to }) => from <= date && date <= to) ??
    // A deadline may lie on a day whose hours are not announced yet. The national range before that day holds on it. If
    // such days were closed, the deadline would never come.
    national.findLast(({ from }) => from <= date) ??
    national[0];
  const weekday = weekdayOf(date);
  return range === undefined || weekday === undefined ? [] : range.weekly[weekday];
}

/** `getUTCDay()` counts from Sunday, `weekdays` from Saturday. A date has the same weekday in every time zone. */
function weekdayOf(date: string): Weekday | undefined {
  return weekdays[(new Date(date).getUTCDay() + 1) % weekdays.length];
}

/** An override by an admin. `until`: the local time at which it was taken back, where that was on the day itself. */
export const DayOverride = z.strictObject({ ...HoursOverride.shape, until: z.string().optional() });
export type DayOverride = z.infer<typeof DayOverride>;

/** A day in one county, or (without `countyId`) in all counties that have no override of their own for that day. */
export type HoursScope = { date: string; countyId?: string | undefined };

/** The current hours: those of the province file, and the overrides by admins. */
export type CurrentHours = { officeHours: Timetable; overrides: DayOverride[] };

/** No county has this id. So its calendar has only the overrides of the whole province. */
const noCounty = "*";

/** Returns the calendar of a county; without `countyId`, that of the whole province. */
export function calendarOf({ officeHours, overrides }: CurrentHours, countyId = noCounty): Calendar {
  return { officeHours, countyId, live: liveOverrides({ officeHours, overrides }) };
}

/**
 * Returns an override with new hours for a day. For today it keeps the hours before `now`, because clocks have already
 * counted them. Throws `in-the-past` for a day before today.
 */
export function setHours(
  { date, countyId, intervals, reason }: HoursScope & Pick<HoursOverride, "intervals" | "reason">,
  { now, ...hours }: CurrentHours & { now: string },
): DayOverride {
  const time = firstChangeableTime(date, now);
  const before = openHours(calendarOf(hours, countyId), date).intervals;
  return { date, countyId, intervals: joinIntervalsAt(time, { before, after: intervals }), reason };
}

/**
 * Takes an override back. Returns the part of it that must be kept; undefined if nothing is kept. For a later day
 * nothing is kept. For today the hours before `now` are kept, because clocks have already counted them; the rest of the
 * day has the hours that hold without the override. Throws `in-the-past` for a day before today.
 */
export function liftHours(
  { date, countyId }: HoursScope,
  { now, ...hours }: CurrentHours & { now: string },
): DayOverride | undefined {
  const time = firstChangeableTime(date, now);
  const override = hours.overrides.find((candidate) => candidate.date === date && candidate.countyId === countyId);
  if (!override || override.until) return override;
  const otherOverrides = hours.overrides.filter((candidate) => candidate !== override);
  const hoursWithout = openHours(calendarOf({ ...hours, overrides: otherOverrides }, countyId), date).intervals;
  const before = override.intervals;
  if (isSameHours(joinIntervalsAt(time, { before, after: hoursWithout }), hoursWithout)) return undefined;
  return { ...override, intervals: joinIntervalsAt(time, { before, after: [] }), until: time };
}

/** Returns whether two overrides of the same day and county have the same content. */
export function isSameOverride(one: DayOverride | undefined, other: DayOverride | undefined): boolean {
  if (!one || !other) return one === other;
  return one.reason === other.reason && one.until === other.until && isSameHours(one.intervals, other.intervals);
}

function isSameHours(one: Interval[], other: Interval[]): boolean {
  const asText = (intervals: Interval[]) => intervals.map(({ from, to }) => `${from}-${to}`).join();
  return asText(one) === asText(other);
}

/** Returns the local time from which new hours hold: for today the next whole minute, for a later day `00:00`. */
function firstChangeableTime(date: string, now: string): string {
  const today = nextMinute(now);
  if (date < today.date) throw invalidFault("date", "in-the-past");
  return date === today.date ? today.time : "00:00";
}

/**
 * Returns the hours of a day with the intervals `before` until a local time, and the intervals `after` from that time
 * on.
 */
function joinIntervalsAt(time: string, { before, after }: { before: Interval[]; after: Interval[] }): Interval[] {
  const earlier = before.filter(({ from }) => from < time).map(({ from, to }) => ({ from, to: to < time ? to : time }));
  const later = after.filter(({ to }) => to > time).map(({ from, to }) => ({ from: from > time ? from : time, to }));
  const [last, first] = [earlier.at(-1), later[0]];
  if (!last || !first || last.to !== first.from) return [...earlier, ...later];
  return [...earlier.slice(0, -1), { from: last.from, to: first.to }, ...later.slice(1)];
}

/**
 * Returns the overrides by admins in the form that `openHours` reads. An override that was taken back during its day
 * gets the hours that hold without it for the rest of the day. For a county these may be the hours of the province's
 * override, so the overrides of the province are completed first.
 */
function liveOverrides({ officeHours, overrides }: CurrentHours): HoursOverride[] {
  const ofProvince = overrides
    .filter(({ countyId }) => !countyId)
    .map((override) => completeOverride(override, { officeHours, live: [] }));
  const ofCounties = overrides
    .filter(({ countyId }) => countyId)
    .map((override) => completeOverride(override, { officeHours, live: ofProvince }));
  return [...ofProvince, ...ofCounties];
}

/** `otherHours`: the hours that hold without the override. */
function completeOverride({ until, ...override }: DayOverride, otherHours: Omit<Calendar, "countyId">): HoursOverride {
  if (!until) return override;
  const { date, countyId = noCounty, intervals } = override;
  const after = openHours({ ...otherHours, countyId }, date).intervals;
  return { ...override, intervals: joinIntervalsAt(until, { before: intervals, after }) };
}

/** Returns the last day for which both the national hours and the holidays are known. */
export function calendarKnownUntil({
  national,
  holidaysUntil,
}: Pick<OfficeHours, "national" | "holidaysUntil">): string {
  const hoursUntil = national.at(-1)?.to ?? "";
  return hoursUntil < holidaysUntil ? hoursUntil : holidaysUntil;
}

/** Returns whether the known calendar has ended, or ends within 90 days. `until`: the last known day. */
export function calendarEndState(until: string, now: string): { ended: boolean; endsSoon: boolean } {
  const today = localDate(now);
  const daysLeft = (Date.parse(until) - Date.parse(today)) / dayMs;
  return { ended: daysLeft < 0, endsSoon: daysLeft < calendarWarningDays };
}

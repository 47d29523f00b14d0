import * as z from "zod";
import { invalidFault } from "../fault.ts";
import { calendarWarningDays } from "../policy-numbers.ts";
import { HoursOverride, type Interval, type OfficeHours, type Timetable, type Weekday, weekdays } from "./calendar.ts";
import { dayMs } from "./duration.ts";
import { localDate, nextMinute } from "./local-time.ts";

/**
 * The hours of one county. `live`: what admins set, which goes before the file's override of the same date and scope.
 */
export type Calendar = { officeHours: Timetable; countyId: string; live?: HoursOverride[] };

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
  const override = overrideForDate(calendar, date);
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
export function isBeyondKnownCalendar(calendar: Calendar, date: string): boolean {
  if (overrideForDate(calendar, date) !== undefined) return false;
  const { provincial, national, holidaysUntil } = calendar.officeHours;
  return date > holidaysUntil || ![...provincial, ...national].some(({ from, to }) => from <= date && date <= to);
}

function overrideForDate({ officeHours, countyId, live = [] }: Calendar, date: string): HoursOverride | undefined {
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

/** The hours an admin set for a day. `until`: the local time at which they were taken back on that very day. */
export const DayOverride = z.strictObject({ ...HoursOverride.shape, until: z.string().optional() });
export type DayOverride = z.infer<typeof DayOverride>;

/** A day in one county, or (without `countyId`) in all counties without an override of their own for it. */
export type HoursScope = { date: string; countyId?: string | undefined };

/** The hours as they are now: the province file's, and what admins have set since. */
export type CurrentHours = { officeHours: Timetable; overrides: DayOverride[] };

/** An id that no county has: its calendar is that of the province, without any county's override. */
const noCounty = "*";

/** The hours of a county, or of the province as such. */
export function calendarOf({ officeHours, overrides }: CurrentHours, countyId = noCounty): Calendar {
  return { officeHours, countyId, live: liveOverrides({ officeHours, overrides }) };
}

/**
 * The override that gives a day new hours from now on. For today it keeps the hours that have passed, which clocks have
 * counted already, and goes on with the new ones. Refuses a day that has passed.
 */
export function setHours(
  { date, countyId, intervals, reason }: HoursScope & Pick<HoursOverride, "intervals" | "reason">,
  { now, ...hours }: CurrentHours & { now: string },
): DayOverride {
  const cut = firstChangeableTime(date, now);
  const before = openHours(calendarOf(hours, countyId), date).intervals;
  return { date, countyId, intervals: joinIntervalsAt(cut, { before, after: intervals }), reason };
}

/**
 * What remains of an override that is taken back: nothing for a day to come; for today the hours that have passed,
 * after which the day goes on as if there were no override. Refuses a day that has passed.
 */
export function liftHours(
  { date, countyId }: HoursScope,
  { now, ...hours }: CurrentHours & { now: string },
): DayOverride | undefined {
  const cut = firstChangeableTime(date, now);
  const override = hours.overrides.find((one) => one.date === date && one.countyId === countyId);
  if (!override || override.until) return override;
  const without = { ...hours, overrides: hours.overrides.filter((one) => one !== override) };
  const normal = openHours(calendarOf(without, countyId), date).intervals;
  const { intervals } = override;
  if (isSameHours(joinIntervalsAt(cut, { before: intervals, after: normal }), normal)) return undefined;
  return { ...override, intervals: joinIntervalsAt(cut, { before: intervals, after: [] }), until: cut };
}

/** Whether two overrides of the same day and scope say the same. */
export function isSameOverride(one: DayOverride | undefined, other: DayOverride | undefined): boolean {
  if (!one || !other) return one === other;
  return one.reason === other.reason && one.until === other.until && isSameHours(one.intervals, other.intervals);
}

function isSameHours(one: Interval[], other: Interval[]): boolean {
  const written = (all: Interval[]) => all.map(({ from, to }) => `${from}-${to}`).join();
  return written(one) === written(other);
}

/** The local time from which a change acts: for today the next whole minute, for a day to come its start. */
function firstChangeableTime(date: string, now: string): string {
  const today = nextMinute(now);
  if (date < today.date) throw invalidFault("date", "in-the-past");
  return date === today.date ? today.time : "00:00";
}

/** The hours of a day that goes by `before` until a local time, and by `after` from then on. */
function joinIntervalsAt(cut: string, { before, after }: { before: Interval[]; after: Interval[] }): Interval[] {
  const kept = before.filter(({ from }) => from < cut).map(({ from, to }) => ({ from, to: to < cut ? to : cut }));
  const coming = after.filter(({ to }) => to > cut).map(({ from, to }) => ({ from: from > cut ? from : cut, to }));
  const [last, first] = [kept.at(-1), coming[0]];
  if (!last || !first || last.to !== first.from) return [...kept, ...coming];
  return [...kept.slice(0, -1), { from: last.from, to: first.to }, ...coming.slice(1)];
}

/**
 * What admins set, with each override that was taken back continued by the hours that hold without it. The province's
 * come first: a county whose own override was taken back goes on by them.
 */
function liveOverrides({ officeHours, overrides }: CurrentHours): HoursOverride[] {
  const ofProvince = overrides
    .filter(({ countyId }) => !countyId)
    .map((one) => withNormalHoursAfter(one, { officeHours, live: [] }));
  const ofCounties = overrides.filter(({ countyId }) => countyId);
  return [...ofProvince, ...ofCounties.map((one) => withNormalHoursAfter(one, { officeHours, live: ofProvince }))];
}

function withNormalHoursAfter({ until, ...override }: DayOverride, others: Omit<Calendar, "countyId">): HoursOverride {
  if (!until) return override;
  const { date, countyId = noCounty, intervals } = override;
  const after = openHours({ ...others, countyId }, date).intervals;
  return { ...override, intervals: joinIntervalsAt(until, { before: intervals, after }) };
}

/** The last day for which the country's hours and holidays are both known. */
export function calendarKnownUntil({
  national,
  holidaysUntil,
}: Pick<OfficeHours, "national" | "holidaysUntil">): string {
  const last = national.at(-1)?.to ?? "";
  return last < holidaysUntil ? last : holidaysUntil;
}

/** Whether a calendar that is known up to a day has ended, or ends within 90 days. */
export function calendarEndState(until: string, now: string): { ended: boolean; endsSoon: boolean } {
  const today = localDate(now);
  const daysLeft = (Date.parse(until) - Date.parse(today)) / dayMs;
  return { ended: daysLeft < 0, endsSoon: daysLeft < calendarWarningDays };
}

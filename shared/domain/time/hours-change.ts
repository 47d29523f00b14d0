import * as z from "zod";
import { invalid } from "../fault.ts";
import { type Interval, LiveOverride, type Timetable } from "./calendar.ts";
import { nextMinute } from "./local-time.ts";
import { type Calendar, openHours } from "./open-hours.ts";

/** The hours an admin set for a day. `until`: the local time at which they were taken back on that very day. */
export const DayOverride = z.strictObject({ ...LiveOverride.shape, until: z.string().optional() });
export type DayOverride = z.infer<typeof DayOverride>;

/** A day in one county, or (without `countyId`) in all counties without an override of their own for it. */
export type Scope = { date: string; countyId?: string | undefined };

/** The hours as they are now: the province file's, and what admins have set since. */
export type Hours = { officeHours: Timetable; set: DayOverride[] };

/** An id that no county has: its calendar is that of the province, without any county's override. */
const noCounty = "*";

/** The hours of a county, or of the province as such. */
export function calendarOf({ officeHours, set }: Hours, countyId = noCounty): Calendar {
  return { officeHours, countyId, live: liveOverrides({ officeHours, set }) };
}

/**
 * The override that gives a day new hours from now on. For today it keeps the hours that have passed, which clocks have
 * counted already, and goes on with the new ones. Refuses a day that has passed.
 */
export function setHours(
  { date, countyId, intervals, reason }: Scope & Pick<LiveOverride, "intervals" | "reason">,
  { now, ...hours }: Hours & { now: string },
): DayOverride {
  const cut = cutOn(date, now);
  const before = openHours(calendarOf(hours, countyId), date).intervals;
  return { date, countyId, intervals: joinAt(cut, { before, after: intervals }), reason };
}

/**
 * What remains of an override that is taken back: nothing for a day to come; for today the hours that have passed,
 * after which the day goes on as if there were no override. Refuses a day that has passed.
 */
export function liftHours(
  { date, countyId }: Scope,
  { now, ...hours }: Hours & { now: string },
): DayOverride | undefined {
  const cut = cutOn(date, now);
  const override = hours.set.find((one) => one.date === date && one.countyId === countyId);
  if (!override || override.until) return override;
  const without = { ...hours, set: hours.set.filter((one) => one !== override) };
  const normal = openHours(calendarOf(without, countyId), date).intervals;
  const { intervals } = override;
  if (sameHours(joinAt(cut, { before: intervals, after: normal }), normal)) return undefined;
  return { ...override, intervals: joinAt(cut, { before: intervals, after: [] }), until: cut };
}

/** Whether two overrides of the same day and scope say the same. */
export function sameOverride(one: DayOverride | undefined, other: DayOverride | undefined): boolean {
  if (!one || !other) return one === other;
  return one.reason === other.reason && one.until === other.until && sameHours(one.intervals, other.intervals);
}

function sameHours(one: Interval[], other: Interval[]): boolean {
  const written = (all: Interval[]) => all.map(({ from, to }) => `${from}-${to}`).join();
  return written(one) === written(other);
}

/** The local time from which a change acts: for today the next whole minute, for a day to come its start. */
function cutOn(date: string, now: string): string {
  const today = nextMinute(now);
  if (date < today.date) throw invalid("date", "in-the-past");
  return date === today.date ? today.time : "00:00";
}

/** The hours of a day that goes by `before` until a local time, and by `after` from then on. */
function joinAt(cut: string, { before, after }: { before: Interval[]; after: Interval[] }): Interval[] {
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
function liveOverrides({ officeHours, set }: Hours): LiveOverride[] {
  const ofProvince = set.filter(({ countyId }) => !countyId).map((one) => resumed(one, { officeHours, live: [] }));
  const ofCounties = set.filter(({ countyId }) => countyId);
  return [...ofProvince, ...ofCounties.map((one) => resumed(one, { officeHours, live: ofProvince }))];
}

function resumed({ until, ...override }: DayOverride, others: Omit<Calendar, "countyId">): LiveOverride {
  if (!until) return override;
  const { date, countyId = noCounty, intervals } = override;
  const after = openHours({ ...others, countyId }, date).intervals;
  return { ...override, intervals: joinAt(until, { before: intervals, after }) };
}

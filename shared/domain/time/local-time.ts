import { daySeconds, minuteMs } from "./duration.ts";

/** What a wall clock shows: the calendar day, and the time as `08:00`; `24:00` at the end of the day. */
export type LocalTime = { date: string; time: string };

/** All of Iran has one. */
export const timeZone = "Asia/Tehran";

/** The calendar day of an instant. */
export function localDate(instant: string): string {
  return wallClock(Date.parse(instant)).date;
}

/** Until midnight in Tehran, where every day has as many seconds. */
export function secondsLeftOfDay(instant: string): number {
  const epoch = Date.parse(instant);
  const [hours = 0, minutes = 0] = wallClock(epoch).time.split(":").map(Number);
  return daySeconds - (hours * 60 + minutes) * 60 - (Math.floor(epoch / 1_000) % 60);
}

/**
 * The first whole minute at or after an instant, on the instant's own day. Office hours are in whole minutes, and
 * clocks may have counted part of a minute that has begun, so a change acts from the next.
 */
export function nextMinute(instant: string): LocalTime {
  const { date } = wallClock(Date.parse(instant));
  const next = wallClock(Math.ceil(Date.parse(instant) / minuteMs) * minuteMs);
  return next.date === date ? next : { date, time: "24:00" };
}

let format: Intl.DateTimeFormat | undefined;

function wallClock(epoch: number): LocalTime {
  // Swedish, since it writes dates and times as ISO 8601 does. Made once, and only where it is used: to make it is slow.
  format ??= new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const [date = "", time = ""] = format.format(epoch).split(" ");
  return { date, time };
}

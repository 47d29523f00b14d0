import { daySeconds, minuteMs } from "./duration.ts";

/** A local time in Tehran: the Gregorian date, and the time as `08:00`. The end of the day is `24:00`. */
type LocalTime = { date: string; time: string };

/** The one time zone of Iran. */
export const timeZone = "Asia/Tehran";

/** Returns the Gregorian date of an instant in Tehran. */
export function localDate(instant: string): string {
  return wallClock(Date.parse(instant)).date;
}

/** Returns the seconds until midnight in Tehran. Every day there has 24 hours: Iran has no summer time since 2022. */
export function secondsLeftOfDay(instant: string): number {
  const epoch = Date.parse(instant);
  const [hours = 0, minutes = 0] = wallClock(epoch).time.split(":").map(Number);
  return daySeconds - (hours * 60 + minutes) * 60 - (Math.floor(epoch / 1_000) % 60);
}

/**
 * Returns the first whole minute at or after an instant, on the instant's own day. Changed office hours hold from this
 * minute: office hours are in whole minutes, and a clock may already have counted a part of the current minute.
 */
export function nextMinute(instant: string): LocalTime {
  const { date } = wallClock(Date.parse(instant));
  const next = wallClock(Math.ceil(Date.parse(instant) / minuteMs) * minuteMs);
  return next.date === date ? next : { date, time: "24:00" };
}

let format: Intl.DateTimeFormat | undefined;

function wallClock(epoch: number): LocalTime {
  // The Swedish format is that of ISO 8601. It is made once, at the first use, because to make a format is slow.
  format ??= new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const [date = "", time = ""] = format.format(epoch).split(" ");
  return { date, time };
}

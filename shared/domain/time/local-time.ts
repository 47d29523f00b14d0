/** What a wall clock shows: the calendar day, and the time as `08:00`; `24:00` at the end of the day. */
export type LocalTime = { date: string; time: string };

const minute = 60_000;

/** The calendar day of an instant in a time zone. */
export function localDate(instant: string, timeZone: string): string {
  return wallClock(Date.parse(instant), timeZone).date;
}

/**
 * The first whole minute at or after an instant, on the instant's own day. Office hours are in whole minutes, and
 * clocks may have counted part of a minute that has begun, so a change acts from the next.
 */
export function nextMinute(instant: string, timeZone: string): LocalTime {
  const { date } = wallClock(Date.parse(instant), timeZone);
  const next = wallClock(Math.ceil(Date.parse(instant) / minute) * minute, timeZone);
  return next.date === date ? next : { date, time: "24:00" };
}

// Swedish, since it writes dates and times as ISO 8601 does. Made once per zone: to make a formatter is slow.
const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(epoch: number, timeZone: string): LocalTime {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  formats.set(timeZone, format);
  const [date = "", time = ""] = format.format(epoch).split(" ");
  return { date, time };
}

/** A wall clock: the calendar day, and the time as `08:00`; `24:00` where the day is over. */
export type LocalTime = { date: string; time: string };

const minute = 60_000;

/** The calendar day of an instant in a time zone. */
export function localDate(instant: string, timeZone: string): string {
  return wallClock(Date.parse(instant), timeZone).date;
}

/**
 * The wall clock of the first whole minute from an instant on, still on the instant's own day. Hours are told in
 * minutes: one that has begun has partly been counted and stays so, hence never a minute before.
 */
export function nextMinute(instant: string, timeZone: string): LocalTime {
  const { date } = wallClock(Date.parse(instant), timeZone);
  const next = wallClock(Math.ceil(Date.parse(instant) / minute) * minute, timeZone);
  return next.date === date ? next : { date, time: "24:00" };
}

// Sweden writes a date and a time as ISO 8601 does. Made once per zone, since a formatter costs more than its use.
const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(epoch: number, timeZone: string): LocalTime {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  formats.set(timeZone, format);
  const [date = "", time = ""] = format.format(epoch).split(" ");
  return { date, time };
}

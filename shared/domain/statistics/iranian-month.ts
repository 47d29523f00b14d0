import { dayMs } from "../time/duration.ts";
import { timeZone } from "../time/local-time.ts";

/** A month of the Iranian (solar Hijri) calendar, `1405-09`; such names sort by time. */
export type IranianMonth = string;

// English with Latin digits, so that the parts are numbers. Made once: to make a formatter is slow.
const calendar = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  timeZone,
  year: "numeric",
  month: "2-digit",
});

/** The month that an instant falls into, by the day it is in Tehran. */
export function iranianMonth(instant: string): IranianMonth {
  return monthAt(Date.parse(instant));
}

function monthAt(epoch: number): IranianMonth {
  const parts = calendar.formatToParts(epoch);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${part("year")}-${part("month")}`;
}

export function monthNamed(year: number, month: number): IranianMonth {
  return `${year}-${String(month).padStart(2, "0")}`;
}

/** The month so many months later; earlier where the number is negative. */
export function monthsLater(month: IranianMonth, count: number): IranianMonth {
  const [year = 0, ordinal = 1] = month.split("-").map(Number);
  const months = year * 12 + ordinal - 1 + count;
  return monthNamed(Math.floor(months / 12), (months % 12) + 1);
}

/** The month's first day in the Gregorian calendar, `YYYY-MM-DD`. */
export function firstDay(month: IranianMonth): string {
  const [year = 0, ordinal = 1] = month.split("-").map(Number);
  // Nowruz falls on 19 to 22 March; the first six months have 31 days each, the next five 30.
  const before = Math.min(ordinal - 1, 6) * 31 + Math.max(ordinal - 7, 0) * 30;
  let day = Date.UTC(year + 621, 2, 18, 12) + before * dayMs;
  while (monthAt(day) < month) day += dayMs;
  return dateOf(day);
}

/** The month's last day in the Gregorian calendar. */
export function lastDay(month: IranianMonth): string {
  return daysLater(firstDay(monthsLater(month, 1)), -1);
}

/** A Gregorian date so many days later; earlier where the number is negative. */
export function daysLater(date: string, count: number): string {
  return dateOf(Date.parse(`${date}T12:00:00.000Z`) + count * dayMs);
}

// Noon in UTC is the same day in Tehran.
const dateOf = (noon: number) => new Date(noon).toISOString().slice(0, 10);

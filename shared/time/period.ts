import * as z from "zod";
import { closingDelayDays } from "../policy-numbers.ts";
import { dayMs } from "./duration.ts";
import { localDate, timeZone } from "./local-time.ts";

/** A month of the Iranian (solar Hijri) calendar, `1405-09`. The text order of months is their order in time. */
export type IranianMonth = string;

let monthFormat: Intl.DateTimeFormat | undefined;

/** Returns the Iranian month of an instant, by the day in Tehran. */
export function iranianMonth(instant: string): IranianMonth {
  return monthAt(Date.parse(instant));
}

/** Returns the Iranian month of a Gregorian day. */
export function monthOfDay(day: string): IranianMonth {
  // Noon in UTC is the same day in Tehran.
  return iranianMonth(`${day}T12:00:00.000Z`);
}

function monthAt(epoch: number): IranianMonth {
  // English with Latin digits, so that the parts are numbers. Made once, at the first use, because to make a format is slow.
  monthFormat ??= new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { timeZone, year: "numeric", month: "2-digit" });
  const parts = monthFormat.formatToParts(epoch);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${part("year")}-${part("month")}`;
}

export function monthFrom(year: number, month: number): IranianMonth {
  return `${year}-${String(month).padStart(2, "0")}`;
}

/** Returns the month `count` months later. A negative `count` gives an earlier month. */
export function addMonths(month: IranianMonth, count: number): IranianMonth {
  const [year = 0, ordinal = 1] = month.split("-").map(Number);
  const months = year * 12 + ordinal - 1 + count;
  return monthFrom(Math.floor(months / 12), (months % 12) + 1);
}

/** Returns the month's first day as a Gregorian date, `YYYY-MM-DD`. */
export function firstDay(month: IranianMonth): string {
  const [year = 0, ordinal = 1] = month.split("-").map(Number);
  // Nowruz falls on 19 to 22 March; the first six months have 31 days each, the next five 30.
  const before = Math.min(ordinal - 1, 6) * 31 + Math.max(ordinal - 7, 0) * 30;
  let day = Date.UTC(year + 621, 2, 18, 12) + before * dayMs;
  while (monthAt(day) < month) day += dayMs;
  return dateOf(day);
}

/** Returns the month's last day as a Gregorian date, `YYYY-MM-DD`. */
export function lastDay(month: IranianMonth): string {
  return addDays(firstDay(addMonths(month, 1)), -1);
}

/** Returns the Gregorian date `count` days later. A negative `count` gives an earlier date. */
export function addDays(date: string, count: number): string {
  return dateOf(Date.parse(`${date}T12:00:00.000Z`) + count * dayMs);
}

// Noon in UTC is the same day in Tehran.
const dateOf = (noon: number) => new Date(noon).toISOString().slice(0, 10);

/** The kinds of periods for which figures are published. A period of four quarters has the name of its last quarter. */
export const PeriodKind = z.enum(["month", "quarter", "four-quarters"]);
export type PeriodKind = z.infer<typeof PeriodKind>;

/**
 * `name`: `1405-09` for a month; `1405-Q3` for a quarter, and also for the four quarters that end with that quarter.
 */
export type Period = { kind: PeriodKind; name: string };

const names: Record<PeriodKind, RegExp> = {
  month: /^1[34]\d\d-(0[1-9]|1[0-2])$/,
  quarter: /^1[34]\d\d-Q[1-4]$/,
  "four-quarters": /^1[34]\d\d-Q[1-4]$/,
};

/** The number of months in a period. */
const lengths: Record<PeriodKind, number> = { month: 1, quarter: 3, "four-quarters": 12 };

export function isPeriod({ kind, name }: Period): boolean {
  return names[kind].test(name);
}

/** Returns the months of a period in order. */
export function monthsOf({ kind, name }: Period): IranianMonth[] {
  const last = lastMonth(name);
  const length = lengths[kind];
  return Array.from({ length }, (_, n) => addMonths(last, n + 1 - length));
}

function lastMonth(name: string): IranianMonth {
  const [year = "", part] = name.split("-");
  return part?.startsWith("Q") ? monthFrom(Number(year), Number(part.slice(1)) * 3) : name;
}

/** Returns the first and the last day of a period as Gregorian dates. */
export function daysOf(period: Period): { first: string; last: string } {
  const months = monthsOf(period);
  return { first: firstDay(months[0] ?? ""), last: lastDay(months.at(-1) ?? "") };
}

/** Returns the day of Asia/Tehran on which a period closes: its figures are computed on that day, once. */
export function closesOn(period: Period): string {
  return addDays(daysOf(period).last, closingDelayDays);
}

/** Returns the period of a kind whose last month is `month`; undefined if no such period ends with that month. */
export function periodEndingWith(month: IranianMonth, kind: PeriodKind): Period | undefined {
  const [year = "", ordinal = ""] = month.split("-");
  const quarter = Number(ordinal) / 3;
  const endings: Record<PeriodKind, string | undefined> = {
    month,
    quarter: Number.isInteger(quarter) ? `${year}-Q${quarter}` : undefined,
    "four-quarters": Number.isInteger(quarter) ? `${year}-Q${quarter}` : undefined,
  };
  const name = endings[kind];
  return name === undefined ? undefined : { kind, name };
}

/**
 * Returns the periods whose last month is `month`, the shorter ones first. Periods that began before `since` are
 * omitted, because nothing was counted before that month.
 */
export function periodsClosingWith(month: IranianMonth, since: IranianMonth): Period[] {
  return PeriodKind.options.flatMap((kind) => {
    const period = periodEndingWith(month, kind);
    return period && (monthsOf(period)[0] ?? "") >= since ? [period] : [];
  });
}

/**
 * Returns every period that is closed at `now` and does not begin before `since`, the month of the first complaint. The
 * periods are in the order of their last months. Of two with the same last month the shorter comes first.
 */
export function closedPeriods({ since, now }: { since: IranianMonth; now: string }): Period[] {
  const today = localDate(now);
  const current = iranianMonth(now);
  const months: IranianMonth[] = [];
  for (let month = since; month < current; month = addMonths(month, 1)) months.push(month);
  return months.flatMap((month) => periodsClosingWith(month, since).filter((period) => closesOn(period) <= today));
}

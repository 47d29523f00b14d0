import * as z from "zod";
import { closingDelayDays } from "../policy-numbers.ts";
import { dayMs } from "../time/duration.ts";
import { localDate, timeZone } from "../time/local-time.ts";

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

export function monthFrom(year: number, month: number): IranianMonth {
  return `${year}-${String(month).padStart(2, "0")}`;
}

/** The month so many months later; earlier where the number is negative. */
export function addMonths(month: IranianMonth, count: number): IranianMonth {
  const [year = 0, ordinal = 1] = month.split("-").map(Number);
  const months = year * 12 + ordinal - 1 + count;
  return monthFrom(Math.floor(months / 12), (months % 12) + 1);
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
  return addDays(firstDay(addMonths(month, 1)), -1);
}

/** A Gregorian date so many days later; earlier where the number is negative. */
export function addDays(date: string, count: number): string {
  return dateOf(Date.parse(`${date}T12:00:00.000Z`) + count * dayMs);
}

// Noon in UTC is the same day in Tehran.
const dateOf = (noon: number) => new Date(noon).toISOString().slice(0, 10);

/** The periods that figures are published for. Four quarters are one period, named by the last of them. */
export const PeriodKind = z.enum(["month", "quarter", "four-quarters"]);
export type PeriodKind = z.infer<typeof PeriodKind>;

/** `name` is `1405-09` for a month, `1405-Q3` for a quarter or the four quarters that end with it. */
export type Period = { kind: PeriodKind; name: string };

const names: Record<PeriodKind, RegExp> = {
  month: /^1[34]\d\d-(0[1-9]|1[0-2])$/,
  quarter: /^1[34]\d\d-Q[1-4]$/,
  "four-quarters": /^1[34]\d\d-Q[1-4]$/,
};

/** How many months a period has. */
const lengths: Record<PeriodKind, number> = { month: 1, quarter: 3, "four-quarters": 12 };

export function isPeriod({ kind, name }: Period): boolean {
  return names[kind].test(name);
}

/** The months of a period, in order. */
export function monthsOf({ kind, name }: Period): IranianMonth[] {
  const last = lastMonth(name);
  const length = lengths[kind];
  return Array.from({ length }, (_, n) => addMonths(last, n + 1 - length));
}

function lastMonth(name: string): IranianMonth {
  const [year = "", part] = name.split("-");
  return part?.startsWith("Q") ? monthFrom(Number(year), Number(part.slice(1)) * 3) : name;
}

/** The first and last day of a period in the Gregorian calendar, both within it. */
export function daysOf(period: Period): { first: string; last: string } {
  const months = monthsOf(period);
  return { first: firstDay(months[0] ?? ""), last: lastDay(months.at(-1) ?? "") };
}

/** The day, of Asia/Tehran, on which a period's figures are computed; never again afterwards. */
export function closesOn(period: Period): string {
  return addDays(daysOf(period).last, closingDelayDays);
}

/** The period of a kind that a month ends, if it ends one. */
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

/** What closes with a month, the shorter ones first, of what begins no earlier than anything was counted. */
export function periodsClosingWith(month: IranianMonth, begun: IranianMonth): Period[] {
  return PeriodKind.options.flatMap((kind) => {
    const period = periodEndingWith(month, kind);
    return period && (monthsOf(period)[0] ?? "") >= begun ? [period] : [];
  });
}

/**
 * Every period that is closed at an instant and begins no earlier than `since`, the first month that anything was filed
 * in, by the months that they end with, and of one month the shorter ones first.
 */
export function closedPeriods({ since, now }: { since: IranianMonth; now: string }): Period[] {
  const today = localDate(now);
  const current = iranianMonth(now);
  const months: IranianMonth[] = [];
  for (let month = since; month < current; month = addMonths(month, 1)) months.push(month);
  return months.flatMap((month) => periodsClosingWith(month, since).filter((one) => closesOn(one) <= today));
}

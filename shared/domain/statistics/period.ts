import * as z from "zod";
import { closesAfterDays } from "../policy-numbers.ts";
import { localDate } from "../time/local-time.ts";
import {
  daysLater,
  firstDay,
  type IranianMonth,
  iranianMonth,
  lastDay,
  monthNamed,
  monthsLater,
} from "./iranian-month.ts";

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
  return Array.from({ length }, (_, n) => monthsLater(last, n + 1 - length));
}

function lastMonth(name: string): IranianMonth {
  const [year = "", part] = name.split("-");
  return part?.startsWith("Q") ? monthNamed(Number(year), Number(part.slice(1)) * 3) : name;
}

/** The first and last day of a period in the Gregorian calendar, both within it. */
export function daysOf(period: Period): { first: string; last: string } {
  const months = monthsOf(period);
  return { first: firstDay(months[0] ?? ""), last: lastDay(months.at(-1) ?? "") };
}

/** The day, of Asia/Tehran, on which a period's figures are computed; never again afterwards. */
export function closesOn(period: Period): string {
  return daysLater(daysOf(period).last, closesAfterDays);
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
  for (let month = since; month < current; month = monthsLater(month, 1)) months.push(month);
  return months.flatMap((month) => periodsClosingWith(month, since).filter((one) => closesOn(one) <= today));
}

import * as z from "zod";
import { invalid } from "#shared/domain/fault.ts";
import { mostMonthsOfOwnFigures } from "#shared/domain/policy-numbers.ts";
import type { IranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import { isPeriod } from "#shared/domain/statistics/period.ts";
import { readMonthsOfOwnFigures, readOwnFigures } from "#shared/store/statistics/own-figures.ts";
import { type Performance, performanceOf } from "./own-performance.ts";

/** Months, from one to another. */
export const MonthsQuery = z.strictObject({ from: z.string().max(10).optional(), to: z.string().max(10).optional() });

/** A hundred years of months. */
const everyMonth = 1_200;

/**
 * The months asked for of those that have own figures, the earliest first; the last one where none is named. Throws
 * `invalid` for what is no month, for a month without own figures, and for more months than fit into an answer.
 */
export async function askedMonths({ from, to }: z.infer<typeof MonthsQuery>): Promise<IranianMonth[]> {
  const made = (await readMonthsOfOwnFigures(everyMonth)).toReversed();
  for (const [path, month] of Object.entries({ from, to })) if (month !== undefined) mustBeMade({ path, month, made });
  if (from && to && from > to) throw invalid("to", "end-before-start");
  const last = to ?? made.at(-1) ?? "";
  const months = made.filter((month) => (from ?? last) <= month && month <= last);
  if (months.length > mostMonthsOfOwnFigures)
    throw invalid("to", "too-many-months", { values: { limit: mostMonthsOfOwnFigures } });
  return months;
}

function mustBeMade({ path, month, made }: { path: string; month: string; made: readonly IranianMonth[] }): void {
  if (!isPeriod({ kind: "month", name: month })) throw invalid(path, "not-a-month");
  const [since] = made;
  if (since && month < since) throw invalid(path, "before-counting", { values: { since } });
  if (!made.includes(month)) throw invalid(path, "period-not-closed");
}

/** The work of each agency in each month. */
export async function performancesOf(
  agencyIds: readonly string[],
  months: readonly IranianMonth[],
): Promise<Performance[]> {
  const wanted = months.flatMap((month) => agencyIds.map((agencyId) => ({ month, agencyId })));
  const read = await Promise.all(wanted.map(async (one) => ({ ...one, figures: await readOwnFigures(one) })));
  // An agency that was founded later has none of an earlier month.
  return read.flatMap(({ figures, ...one }) => (figures ? [performanceOf({ ...one, figures })] : []));
}

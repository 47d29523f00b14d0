import * as z from "zod";
import { invalidFault } from "#shared/domain/fault.ts";
import { mostMonthsOfOwnFigures } from "#shared/domain/policy-numbers.ts";
import { type AgencyFigures, exactBreakdowns } from "#shared/domain/statistics/counting/own-figures.ts";
import { daysOf, type IranianMonth, isPeriod } from "#shared/domain/statistics/period.ts";
import { readAgencyFigureMonths, readAgencyFigures } from "#shared/persistence/statistics/own-figures.ts";

const ExactCounts = z.object({
  count: z.int(),
  breakdowns: z.partialRecord(z.enum(exactBreakdowns), z.record(z.string(), z.int())),
});

/** An agency's work of a month, exactly: of the complaints that it received in the month, by its own events. */
export const Performance = z
  .object({
    month: z.string(),
    firstDay: z.string(),
    lastDay: z.string(),
    agencyId: z.string(),
    all: ExactCounts,
    categories: z.array(ExactCounts.extend({ category: z.string() })),
  })
  .meta({ id: "Performance" });
export type Performance = z.infer<typeof Performance>;

export function performanceOf({
  month,
  agencyId,
  figures,
}: {
  month: string;
  agencyId: string;
  figures: AgencyFigures;
}): Performance {
  const { first, last } = daysOf({ kind: "month", name: month });
  const categories = Object.entries(figures.categories).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    month,
    firstDay: first,
    lastDay: last,
    agencyId,
    all: exactCounts(figures.all),
    categories: categories.map(([category, counts]) => ({ category, ...exactCounts(counts) })),
  };
}

function exactCounts({ all = 0, ...measures }: AgencyFigures["all"]): z.infer<typeof ExactCounts> {
  const found = exactBreakdowns.flatMap((name) => {
    const prefix = `${name}:`;
    const classes = Object.entries(measures).flatMap(([measure, n]) =>
      measure.startsWith(prefix) ? [[measure.slice(prefix.length), n] as const] : [],
    );
    return classes.length > 0 ? [[name, Object.fromEntries(classes)] as const] : [];
  });
  return { count: all, breakdowns: Object.fromEntries(found) };
}

/** Months, from one to another. */
export const MonthsQuery = z.strictObject({ from: z.string().max(10).optional(), to: z.string().max(10).optional() });

/** A hundred years of months. */
const mostMonthsRead = 1_200;

/**
 * The months asked for of those that have own figures, the earliest first; the last one where none is named. Throws
 * `invalid` for what is no month, for a month without own figures, and for more months than fit into an answer.
 */
export async function requestedMonths({ from, to }: z.infer<typeof MonthsQuery>): Promise<IranianMonth[]> {
  const made = (await readAgencyFigureMonths(mostMonthsRead)).toReversed();
  for (const [path, month] of Object.entries({ from, to }))
    if (month !== undefined) assertMonthMade({ path, month, made });
  if (from && to && from > to) throw invalidFault("to", "end-before-start");
  const last = to ?? made.at(-1) ?? "";
  const months = made.filter((month) => (from ?? last) <= month && month <= last);
  if (months.length > mostMonthsOfOwnFigures)
    throw invalidFault("to", "too-many-months", { values: { limit: mostMonthsOfOwnFigures } });
  return months;
}

function assertMonthMade({ path, month, made }: { path: string; month: string; made: readonly IranianMonth[] }): void {
  if (!isPeriod({ kind: "month", name: month })) throw invalidFault(path, "not-a-month");
  const [since] = made;
  if (since && month < since) throw invalidFault(path, "before-counting", { values: { since } });
  if (!made.includes(month)) throw invalidFault(path, "period-not-closed");
}

/** The work of each agency in each month. */
export async function performancesOf(
  agencyIds: readonly string[],
  months: readonly IranianMonth[],
): Promise<Performance[]> {
  const wanted = months.flatMap((month) => agencyIds.map((agencyId) => ({ month, agencyId })));
  const read = await Promise.all(wanted.map(async (one) => ({ ...one, figures: await readAgencyFigures(one) })));
  // An agency that was founded later has none of an earlier month.
  return read.flatMap(({ figures, ...one }) => (figures ? [performanceOf({ ...one, figures })] : []));
}

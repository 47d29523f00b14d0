import * as z from "zod";
import { invalidFault } from "#shared/fault.ts";
import { mostMonthsOfOwnFigures } from "#shared/policy-numbers.ts";
import { daysOf, type IranianMonth, isPeriod } from "#shared/time/period.ts";
import { readAgencyFigureMonths, readAgencyFigures } from "./own-figures.store.ts";
import { type AgencyFigures, exactBreakdowns } from "./own-figures.ts";

const ExactCounts = z.object({
  count: z.int(),
  breakdowns: z.partialRecord(z.enum(exactBreakdowns), z.record(z.string(), z.int())),
});

/**
 * An agency's performance in one month, in exact counts. It covers the complaints that the agency received in the month, and
 * is counted from the agency's own events.
 */
export const Performance = z
  .object({
    month: z.string(),
    firstDay: z.string(),
    lastDay: z.string(),
    agencyId: z.string(),
    total: ExactCounts,
    categories: z.array(ExactCounts.extend({ category: z.string() })),
  })
  .meta({ id: "Performance" });
export type Performance = z.infer<typeof Performance>;

function performanceOf({
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
    total: exactCounts(figures.all),
    categories: categories.map(([category, counts]) => ({ category, ...exactCounts(counts) })),
  };
}

function exactCounts({ all = 0, ...measures }: AgencyFigures["all"]): z.infer<typeof ExactCounts> {
  const breakdowns = exactBreakdowns.flatMap((name) => {
    const prefix = `${name}:`;
    const classes = Object.entries(measures).flatMap(([measure, n]) =>
      measure.startsWith(prefix) ? [[measure.slice(prefix.length), n] as const] : [],
    );
    return classes.length > 0 ? [[name, Object.fromEntries(classes)] as const] : [];
  });
  return { count: all, breakdowns: Object.fromEntries(breakdowns) };
}

/** A range of months, both ends included. */
export const MonthsQuery = z.strictObject({ from: z.string().max(10).optional(), to: z.string().max(10).optional() });

/** The months of a hundred years. */
const mostMonthsRead = 1_200;

/**
 * The months of the query that have agency figures, the earliest first; the latest such month where the query names none.
 * Throws `invalid` for a wrong name, for a month without agency figures, and for more than `mostMonthsOfOwnFigures` months.
 */
export async function requestedMonths({ from, to }: z.infer<typeof MonthsQuery>): Promise<IranianMonth[]> {
  const counted = (await readAgencyFigureMonths(mostMonthsRead)).toReversed();
  for (const [path, month] of Object.entries({ from, to }))
    if (month !== undefined) assertMonthCounted({ path, month, counted });
  if (from && to && from > to) throw invalidFault("to", "end-before-start");
  const last = to ?? counted.at(-1) ?? "";
  const months = counted.filter((month) => (from ?? last) <= month && month <= last);
  if (months.length > mostMonthsOfOwnFigures)
    throw invalidFault("to", "too-many-months", { values: { limit: mostMonthsOfOwnFigures } });
  return months;
}

type CountedMonthCheck = { path: string; month: string; counted: readonly IranianMonth[] };

function assertMonthCounted({ path, month, counted }: CountedMonthCheck): void {
  if (!isPeriod({ kind: "month", name: month })) throw invalidFault(path, "not-a-month");
  const [since] = counted;
  if (since && month < since) throw invalidFault(path, "before-counting", { values: { since } });
  if (!counted.includes(month)) throw invalidFault(path, "period-not-closed");
}

/** The performance of each agency in each month in which it has figures. */
export async function performancesOf(
  agencyIds: readonly string[],
  months: readonly IranianMonth[],
): Promise<Performance[]> {
  const wanted = months.flatMap((month) => agencyIds.map((agencyId) => ({ month, agencyId })));
  const read = await Promise.all(wanted.map(async (place) => ({ ...place, figures: await readAgencyFigures(place) })));
  return read.flatMap(({ figures, ...place }) => (figures ? [performanceOf({ ...place, figures })] : []));
}

import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { Retirable } from "#shared/domain/statistics/only-hidden.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import { firstMonthFor, publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { type Counted, count, noTallies, type Tallies } from "#shared/domain/statistics/tallies.ts";
import { countedAt } from "./joining.ts";
import type { World } from "./world.ts";

export function tallied(complaints: readonly Counted[]): Tallies {
  const tallies = noTallies();
  for (const one of complaints) count(tallies, one);
  return tallies;
}

type Published = Pick<World, "months" | "filed" | "values" | "agencies"> &
  Partial<Pick<World, "joins">> & { retirable?: Retirable };

/** All that is published of a world, month after month, each run told what was published in the twelve months before. */
export function publishedOf({
  months,
  filed,
  values,
  agencies,
  joins = [],
  retirable = {},
}: Published): PublishedPeriod[] {
  const counts = new Map<string, Tallies>();
  const countedFor = (closing: IranianMonth, month: IranianMonth) => {
    const joined = joins.filter(({ since }) => since <= closing).length;
    const name = `${month} ${month === closing} ${joined}`;
    const known = (filed.get(month) ?? []).map(({ early, late }) => (month === closing ? early : late));
    const counted = counts.get(name) ?? tallied(known.map((one) => countedAt(one, { closing, joins })));
    counts.set(name, counted);
    return counted;
  };
  const all: PublishedPeriod[] = [];
  for (const closing of months) {
    const since = firstMonthFor(closing);
    const cohorts = new Map<IranianMonth, Tallies>();
    for (const month of months.filter((one) => one >= since && one <= closing)) {
      cohorts.set(month, countedFor(closing, month));
    }
    const recent = monthsLater(closing, -12);
    const earlier = all.filter(({ period }) => (monthsOf(period).at(-1) ?? "") >= recent);
    all.push(...publish({ closing, cohorts, earlier, values, agencies, retirable }));
  }
  return all;
}

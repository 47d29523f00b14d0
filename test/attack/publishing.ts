import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import { firstMonthFor, publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { type Counted, count, noTallies, type Tallies } from "#shared/domain/statistics/tallies.ts";
import type { World } from "./world.ts";

export function tallied(complaints: readonly Counted[]): Tallies {
  const tallies = noTallies();
  for (const one of complaints) count(tallies, one);
  return tallies;
}

/** All that is published of a world, month after month, each run told what was published in the twelve months before. */
export function publishedOf({
  months,
  filed,
  values,
  onlyCounties,
  agencies,
}: Pick<World, "months" | "filed" | "values" | "onlyCounties" | "agencies">): PublishedPeriod[] {
  const knownOf = (known: "early" | "late") =>
    new Map(months.map((month) => [month, tallied((filed.get(month) ?? []).map((one) => one[known]))]));
  const [early, late] = [knownOf("early"), knownOf("late")];
  const all: PublishedPeriod[] = [];
  for (const closing of months) {
    const since = firstMonthFor(closing);
    const cohorts = new Map<IranianMonth, Tallies>();
    for (const month of months.filter((one) => one >= since && one <= closing)) {
      const tallies = (month === closing ? early : late).get(month);
      if (tallies) cohorts.set(month, tallies);
    }
    const recent = monthsLater(closing, -12);
    const earlier = all.filter(({ period }) => (monthsOf(period).at(-1) ?? "") >= recent);
    all.push(...publish({ closing, cohorts, earlier, values, onlyCounties, agencies }));
  }
  return all;
}

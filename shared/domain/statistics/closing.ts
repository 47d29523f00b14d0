import type { Instant } from "../time/instant.ts";
import { startOfDay } from "../time/start-of-day.ts";
import { firstDay, type IranianMonth, iranianMonth, monthsLater } from "./iranian-month.ts";
import { closesOn } from "./period.ts";
import { firstMonthFor } from "./publication.ts";

/** When a month closes. Its figures know of nothing that happened from then on, whenever they are computed. */
export function closesAt(month: IranianMonth): Instant {
  return startOfDay(closesOn({ kind: "month", name: month }));
}

/** The last month that has closed at an instant. */
export function lastClosable(now: Instant): IranianMonth {
  let month = iranianMonth(now);
  while (closesAt(month) > now) month = monthsLater(month, -1);
  return month;
}

/** The months to count when one closes, in order: none from before the first that anything was filed in. */
export function monthsToCount({ month, since }: { month: IranianMonth; since: IranianMonth }): IranianMonth[] {
  const months = [month];
  const first = [firstMonthFor(month), since].sort().at(-1) ?? month;
  for (let before = monthsLater(month, -1); before >= first; before = monthsLater(before, -1)) months.unshift(before);
  return months;
}

/** The last month with which one may be counted: four quarters that begin with it end then. */
export function lastCountedWith(month: IranianMonth): IranianMonth {
  return monthsLater(month, 11);
}

/** The first instant of a month. */
export function beginningOf(month: IranianMonth): Instant {
  return startOfDay(firstDay(month));
}

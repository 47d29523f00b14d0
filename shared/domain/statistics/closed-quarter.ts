import { localDate } from "../time/local-time.ts";
import { iranianMonth, monthsLater } from "./iranian-month.ts";
import { closesOn, periodEndingWith } from "./period.ts";

/** The last quarter whose figures were closed by the day of an instant, such as `1405-Q3`. */
export function lastClosedQuarter(instant: string): string {
  const today = localDate(instant, "Asia/Tehran");
  for (let month = monthsLater(iranianMonth(instant), -1); ; month = monthsLater(month, -1)) {
    const quarter = periodEndingWith(month, "quarter");
    if (quarter && closesOn(quarter) <= today) return quarter.name;
  }
}

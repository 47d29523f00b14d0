import { calledInAQuarter } from "../policy-numbers.ts";
import { iranianMonth, monthsLater } from "./iranian-month.ts";
import { monthsOf, periodEndingWith } from "./period.ts";

/** The quarter that an instant falls into. */
export function quarterAt(instant: string): string {
  const month = iranianMonth(instant);
  const [ending] = [0, 1, 2].flatMap((more) => periodEndingWith(monthsLater(month, more), "quarter") ?? []);
  return ending?.name ?? month;
}

/** The quarter by which it is known how many of another one's citizens are called: the last one closed on its first day. */
export function quarterBefore(quarter: string): string {
  const [first = ""] = monthsOf({ kind: "quarter", name: quarter });
  return periodEndingWith(monthsLater(first, -4), "quarter")?.name ?? quarter;
}

/**
 * The probability π that a citizen is drawn to be called. `count`: the agency's published count of the quarter before
 * last; undefined where that quarter is not published.
 */
export function callProbability(count: number | undefined): number {
  return count ? Math.min(1, calledInAQuarter / count) : 1;
}

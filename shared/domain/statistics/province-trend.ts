import type { Figures } from "./figures.ts";
import { goodShare } from "./outcome-band.ts";
import type { PublishedCell } from "./published.ts";
import { rounded } from "./shown-part.ts";
import { trendOf } from "./trend.ts";

/**
 * The chart of what went well by month, for every month of the province, oldest first: where the limits are, and what
 * stands out. Months of which no rate can be said are passed over.
 */
export function provinceTrend(months: readonly PublishedCell[]): Figures[] {
  const told = months.flatMap((cell, n) => {
    const share = goodShare(cell);
    return share ? [{ n, value: share.good / share.all }] : [];
  });
  const trend = trendOf(told.map(({ value }) => value));
  if (!trend) return months.map(() => ({}));
  const { signals, ...limits } = trend;
  return months.map((_, month) => {
    const place = told.findIndex(({ n }) => n === month);
    return {
      trendMean: rounded(limits.mean),
      // A share is never beyond.
      trendLower: Math.max(0, rounded(limits.lower)),
      trendUpper: Math.min(1, rounded(limits.upper)),
      ...(place >= 0 && { trendSignals: signals[place] ?? [] }),
    };
  });
}

import type { Figures } from "./figures.ts";
import { goodShare } from "./outcome-band.ts";
import type { PublishedCell } from "./published.ts";
import { rounded } from "./shown-part.ts";
import { trendOf } from "./trend.ts";

/**
 * What the chart of what went well by month says of the last of these months: where the limits are, and what stands out.
 * `months`: the province's, oldest first; those of which no rate can be said are passed over.
 */
export function provinceTrend(months: readonly PublishedCell[]): Figures {
  const shares = months.map((cell) => goodShare(cell));
  const trend = trendOf(shares.flatMap((share) => (share ? [share.good / share.all] : [])));
  if (!trend) return {};
  return {
    trendMean: rounded(trend.mean),
    // A share is never beyond.
    trendLower: Math.max(0, rounded(trend.lower)),
    trendUpper: Math.min(1, rounded(trend.upper)),
    ...(shares.at(-1) && { trendSignals: trend.signals.at(-1) ?? [] }),
  };
}

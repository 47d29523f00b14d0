import { toThreeDecimals } from "#shared/domain/statistics/share.ts";
import { sum } from "#shared/domain/statistics/sum.ts";
import type { Share } from "./drawn.ts";

/** A share that is no part of what strokes are drawn of. */
export const ofHundredIn = (share: number): Share => ({
  share: toThreeDecimals(share),
  strokes: Math.round(share * 100),
});

/**
 * Counts as whole shares of a hundred, by the largest remainder, so that they add up; all 0 where there is nothing. Whatever
 * says a share of a hundred says this one, or a list would say 56 where a sentence says 57.
 */
export function strokesOfHundred(counts: readonly number[]): number[] {
  const all = sum(counts);
  if (all === 0) return counts.map(() => 0);
  const exact = counts.map((one) => (one * 100) / all);
  const missing = 100 - sum(exact.map((one) => Math.floor(one)));
  const byRemainder = exact.map((one, n) => ({ n, rest: one % 1 })).sort((a, b) => b.rest - a.rest || a.n - b.n);
  const more = new Set(byRemainder.slice(0, missing).map(({ n }) => n));
  return exact.map((one, n) => Math.floor(one) + (more.has(n) ? 1 : 0));
}

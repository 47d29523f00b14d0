import { widestInterval } from "#shared/domain/policy-numbers.ts";
import type { Breakdown } from "../counting/tables.ts";
import type { ClassCounts, PublishedCell } from "../publication/publication.ts";

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** A share of published numbers with its interval of 95 %, each from 0 to 1; `n` is the sum it is a share of. */
export type Share = { share: number; from: number; to: number; count: number };

/** Two-sided 95 % of a normal distribution. */
const z95 = 1.96;
/** The variance that random rounding to a multiple of five adds to a count, on average. */
const roundingVariance = 4;

/**
 * V(p, n) = p(1−p)/n + 4[a(1−p)² + (m−a)p²]/n²: the variance of the share of `a` of `m` rounded parts that sum to `n`,
 * by chance and by rounding.
 */
export function varianceOfShare({
  p: share,
  n: count,
  a: countedClasses,
  m: allClasses,
}: {
  p: number;
  n: number;
  a: number;
  m: number;
}): number {
  return (
    (share * (1 - share)) / count +
    (roundingVariance * (countedClasses * (1 - share) ** 2 + (allClasses - countedClasses) * share ** 2)) / count ** 2
  );
}

/** The share of some classes of all that `parts` holds; undefined where all numbers are 0. */
export function shareOf(parts: ClassCounts, names: readonly string[]): Share | undefined {
  const n = sum(Object.values(parts));
  if (n === 0) return undefined;
  const p = sum(names.map((name) => parts[name] ?? 0)) / n;
  return shareWithInterval({
    p,
    n,
    variance: varianceOfShare({ p, n, a: names.length, m: Object.keys(parts).length }),
  });
}

/** A share with its interval, cut at 0 and 1. */
export function shareWithInterval({ p, n, variance }: { p: number; n: number; variance: number }): Share {
  const reach = z95 * Math.sqrt(variance);
  return { share: p, from: Math.max(0, p - reach), to: Math.min(1, p + reach), count: n };
}

/** The share of a published breakdown; undefined where the breakdown is not published or the interval is too wide to say it. */
export function shareIn(cell: PublishedCell, breakdown: Breakdown, names: readonly string[]): Share | undefined {
  return publishableShare(shareOf(cell.breakdowns?.[breakdown] ?? {}, names));
}

/** The share itself where its interval is narrow enough to say it. */
export function publishableShare(share: Share | undefined): Share | undefined {
  return share && share.to - share.from <= widestInterval ? share : undefined;
}

/** To three decimals: more would look as if the counts were exact. */
export const toThreeDecimals = (number: number) => Math.round(number * 1_000) / 1_000;

/** The outcomes that every share of outcomes counts: all but `pending` and `excluded`. */
export const assessedOutcomes = ["overturned", "unanswered", "late", "confirmed", "silent"] as const;
export type AssessedOutcome = (typeof assessedOutcomes)[number];

/** The published numbers of the outcomes that count; undefined where the breakdown is not published. */
export function judgedCounts({
  breakdowns,
}: Pick<PublishedCell, "breakdowns">): Record<AssessedOutcome, number> | undefined {
  const outcome: ClassCounts | undefined = breakdowns?.outcome;
  if (!outcome) return undefined;
  const [overturned = 0, unanswered = 0, late = 0, confirmed = 0, silent = 0] = assessedOutcomes.map(
    (name) => outcome[name],
  );
  return { overturned, unanswered, late, confirmed, silent };
}

/** How much was answered well: surely (`low`, confirmed) and at best (`high`, confirmed or silent). */
export type ShareBand = { low: Share | undefined; high: Share | undefined };

/** The band of a cell; an end is undefined where too few complaints are published to say it. */
export function shareBandOf(cell: PublishedCell): ShareBand {
  const parts = judgedCounts(cell) ?? {};
  return {
    low: publishableShare(shareOf(parts, ["confirmed"])),
    high: publishableShare(shareOf(parts, ["confirmed", "silent"])),
  };
}

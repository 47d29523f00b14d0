import { widestInterval } from "#shared/policy-numbers.ts";
import type { ClassCounts, PublishedCell } from "./publication.ts";
import type { Breakdown } from "./tables.ts";

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** A share of published numbers and its 95 % interval, all from 0 to 1. `count`: the sum of all classes. */
export type Share = { share: number; from: number; to: number; count: number };

/** The quantile of the standard normal distribution for a two-sided 95 % interval. */
const z95 = 1.96;
/** The variance that random rounding to a multiple of five adds to a count, on average. */
export const roundingVariance = 4;

/**
 * Returns the variance of a share, by chance and by rounding: V(p, n) = p(1−p)/n + 4[a(1−p)² + (m−a)p²]/n². `p`: the
 * share. `n`: the sum of all rounded classes. `m`: the number of classes. `a`: the number of classes in the share.
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

/** Returns the share that the classes `names` have of all classes in `counts`; undefined if all counts are 0. */
export function shareOf(counts: ClassCounts, names: readonly string[]): Share | undefined {
  const n = sum(Object.values(counts));
  if (n === 0) return undefined;
  const p = sum(names.map((name) => counts[name] ?? 0)) / n;
  return shareWithInterval({
    p,
    n,
    variance: varianceOfShare({ p, n, a: names.length, m: Object.keys(counts).length }),
  });
}

/** Returns a share with its 95 % interval, cut at 0 and 1. */
export function shareWithInterval({ p, n, variance }: { p: number; n: number; variance: number }): Share {
  const margin = z95 * Math.sqrt(variance);
  return { share: p, from: Math.max(0, p - margin), to: Math.min(1, p + margin), count: n };
}

/**
 * Returns the share of the classes `names` of a breakdown. It is undefined if the breakdown or the share is not
 * published.
 */
export function shareIn(cell: PublishedCell, breakdown: Breakdown, names: readonly string[]): Share | undefined {
  return publishableShare(shareOf(cell.breakdowns?.[breakdown] ?? {}, names));
}

/** Returns the share where its interval is narrow enough to publish it, else undefined. */
export function publishableShare(share: Share | undefined): Share | undefined {
  return share && share.to - share.from <= widestInterval ? share : undefined;
}

/** Rounds to three decimals. More would look as if the counts were exact. */
export const toThreeDecimals = (number: number) => Math.round(number * 1_000) / 1_000;

/** The outcomes that count in shares: all but `pending` and `excluded`. */
export const assessedOutcomes = ["overturned", "unanswered", "late", "confirmed", "silent"] as const;
export type AssessedOutcome = (typeof assessedOutcomes)[number];

/** Returns the published numbers of the outcomes that count; undefined if the breakdown is not published. */
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

/**
 * The share of complaints that were answered well: at least `low` (confirmed), at most `high` (confirmed or silent).
 */
type ShareBand = { low: Share | undefined; high: Share | undefined };

/** Returns the band of a cell. An end is undefined where its interval is too wide to publish it. */
export function shareBandOf(cell: PublishedCell): ShareBand {
  const counts = judgedCounts(cell) ?? {};
  return {
    low: publishableShare(shareOf(counts, ["confirmed"])),
    high: publishableShare(shareOf(counts, ["confirmed", "silent"])),
  };
}

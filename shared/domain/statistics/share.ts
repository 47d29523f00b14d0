import { widestInterval } from "../policy-numbers.ts";
import type { Breakdown } from "./breakdown.ts";
import type { Parts, PublishedCell } from "./published.ts";
import { sum } from "./sum.ts";

/** A share of published numbers with its interval of 95 %, each from 0 to 1; `n` is the sum it is a share of. */
export type Share = { share: number; from: number; to: number; n: number };

/** Two-sided 95 % of a normal distribution. */
const z95 = 1.96;
/** The variance that random rounding to a multiple of five adds to a count, on average. */
const roundingVariance = 4;

/**
 * V(p, n) = p(1−p)/n + 4[a(1−p)² + (m−a)p²]/n²: the variance of the share of `a` of `m` rounded parts that sum to `n`,
 * by chance and by rounding.
 */
export function varianceOf({ p, n, a, m }: { p: number; n: number; a: number; m: number }): number {
  return (p * (1 - p)) / n + (roundingVariance * (a * (1 - p) ** 2 + (m - a) * p ** 2)) / n ** 2;
}

/** The share of some classes of all that `parts` holds; undefined where all numbers are 0. */
export function shareOf(parts: Parts, names: readonly string[]): Share | undefined {
  const n = sum(Object.values(parts));
  if (n === 0) return undefined;
  const p = sum(names.map((name) => parts[name] ?? 0)) / n;
  return withInterval({ p, n, variance: varianceOf({ p, n, a: names.length, m: Object.keys(parts).length }) });
}

/** A share with its interval, cut at 0 and 1. */
export function withInterval({ p, n, variance }: { p: number; n: number; variance: number }): Share {
  const reach = z95 * Math.sqrt(variance);
  return { share: p, from: Math.max(0, p - reach), to: Math.min(1, p + reach), n };
}

/** The share of a published breakdown; undefined where the breakdown is not published or the interval is too wide to say it. */
export function shareIn(cell: PublishedCell, breakdown: Breakdown, names: readonly string[]): Share | undefined {
  return sayable(shareOf(cell.breakdowns?.[breakdown] ?? {}, names));
}

/** The share itself where its interval is narrow enough to say it. */
export function sayable(share: Share | undefined): Share | undefined {
  return share && share.to - share.from <= widestInterval ? share : undefined;
}

/** To three decimals: more would look as if the counts were exact. */
export const toThreeDecimals = (number: number) => Math.round(number * 1_000) / 1_000;

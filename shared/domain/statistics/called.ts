import type { Breakdown } from "./breakdown.ts";
import type { Parts, PublishedCell } from "./published.ts";
import { type Share, sayable, shareIn, withInterval } from "./share.ts";
import { sum } from "./sum.ts";

/** Called citizens, by what they had done before the call. */
export const calledGroups = ["acceptors", "silent", "others"] as const;
export type CalledGroup = (typeof calledGroups)[number];

/** An agency of which only a part of the citizens is called: its cell, and the mean of 1/π over the quarters of the period. */
export type SampledAgency = { cell: PublishedCell; meanWeight: number };

/** The share of called citizens of a cell who say that it was solved. */
export function calledShare(cell: PublishedCell, group: CalledGroup): Share | undefined {
  return shareIn(cell, solvedOf(group), ["yes"]);
}

/**
 * The same for the whole province, where each called citizen stands for as many as were as unlikely to be called: the
 * province's own parts, plus (mean 1/π − 1) times the parts of each agency with π < 1. All from published numbers.
 */
export function calledEstimate(
  province: PublishedCell,
  { group, agencies }: { group: CalledGroup; agencies: readonly SampledAgency[] },
): Share | undefined {
  const own = province.breakdowns?.[solvedOf(group)];
  if (!own) return undefined;
  const sampled = agencies.flatMap(({ cell, meanWeight }) => {
    const parts = cell.breakdowns?.[solvedOf(group)];
    return parts && meanWeight > 1 ? [{ parts, more: meanWeight - 1 }] : [];
  });
  const weighed = (names: readonly string[]) =>
    sumOf(own, names) + sum(sampled.map(({ parts, more }) => more * sumOf(parts, names)));
  const all = Object.keys(own);
  const [yes, n] = [weighed(["yes"]), weighed(all)];
  if (n <= 0) return undefined;
  const p = yes / n;
  // Each answer counts by the square of its weight; each rounded number adds its own variance, by the square of its factor.
  const sampledAnswers = sum(sampled.map(({ parts }) => sumOf(parts, all)));
  const squares =
    Math.max(0, sumOf(own, all) - sampledAnswers) +
    sum(sampled.map(({ parts, more }) => (1 + more) ** 2 * sumOf(parts, all)));
  const factors = 1 + sum(sampled.map(({ more }) => more ** 2));
  const rounding = 4 * factors * ((1 - p) ** 2 + (all.length - 1) * p ** 2);
  const variance = (p * (1 - p) * squares + rounding) / n ** 2;
  return sayable(withInterval({ p, n: sumOf(own, all), variance }));
}

const solvedOf = (group: CalledGroup): Breakdown => `called-${group}-solved`;
const sumOf = (parts: Parts, names: readonly string[]) => sum(names.map((name) => parts[name] ?? 0));

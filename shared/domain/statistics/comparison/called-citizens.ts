import { callsPerQuarter } from "#shared/domain/policy-numbers.ts";
import type { Breakdown } from "../counting/tables.ts";
import { addMonths, iranianMonth, monthsOf, periodEndingWith } from "../period.ts";
import type { ClassCounts, PublishedCell } from "../publication/publication.ts";
import { publishableShare, type Share, shareIn, shareWithInterval, sum } from "./share.ts";

/** Called citizens, by what they had done before the call. */
export const calledGroups = ["acceptors", "silent", "others"] as const;
export type CalledGroup = (typeof calledGroups)[number];

/** An agency of which only a part of the citizens is called: its cell, and the mean of 1/π over the quarters of the period. */
export type SampledAgency = { cell: PublishedCell; meanWeight: number };

/** The share of called citizens of a cell who say that it was solved. */
export function calledShare(cell: PublishedCell, group: CalledGroup): Share | undefined {
  return shareIn(cell, solvedBreakdownOf(group), ["yes"]);
}

/**
 * The same for the whole province, where each called citizen stands for as many as were as unlikely to be called: the
 * province's own parts, plus (mean 1/π − 1) times the parts of each agency with π < 1. All from published numbers.
 */
export function calledEstimate(
  province: PublishedCell,
  { group, agencies }: { group: CalledGroup; agencies: readonly SampledAgency[] },
): Share | undefined {
  const own = province.breakdowns?.[solvedBreakdownOf(group)];
  if (!own) return undefined;
  const sampled = agencies.flatMap(({ cell, meanWeight }) => {
    const parts = cell.breakdowns?.[solvedBreakdownOf(group)];
    return parts && meanWeight > 1 ? [{ parts, more: meanWeight - 1 }] : [];
  });
  const weighed = (names: readonly string[]) =>
    sumOfClasses(own, names) + sum(sampled.map(({ parts, more }) => more * sumOfClasses(parts, names)));
  const all = Object.keys(own);
  const [yes, n] = [weighed(["yes"]), weighed(all)];
  if (n <= 0) return undefined;
  const p = yes / n;
  // Each answer counts by the square of its weight; each rounded number adds its own variance, by the square of its factor.
  const sampledAnswers = sum(sampled.map(({ parts }) => sumOfClasses(parts, all)));
  const squares =
    Math.max(0, sumOfClasses(own, all) - sampledAnswers) +
    sum(sampled.map(({ parts, more }) => (1 + more) ** 2 * sumOfClasses(parts, all)));
  const factors = 1 + sum(sampled.map(({ more }) => more ** 2));
  const rounding = 4 * factors * ((1 - p) ** 2 + (all.length - 1) * p ** 2);
  const variance = (p * (1 - p) * squares + rounding) / n ** 2;
  return publishableShare(shareWithInterval({ p, n: sumOfClasses(own, all), variance }));
}

const solvedBreakdownOf = (group: CalledGroup): Breakdown => `called-${group}-solved`;
const sumOfClasses = (parts: ClassCounts, names: readonly string[]) => sum(names.map((name) => parts[name] ?? 0));

/** The quarter that an instant falls into. */
export function quarterAt(instant: string): string {
  const month = iranianMonth(instant);
  const [ending] = [0, 1, 2].flatMap((more) => periodEndingWith(addMonths(month, more), "quarter") ?? []);
  return ending?.name ?? month;
}

/** The quarter by which it is known how many of another one's citizens are called: the last one closed on its first day. */
export function quarterBefore(quarter: string): string {
  const [first = ""] = monthsOf({ kind: "quarter", name: quarter });
  return periodEndingWith(addMonths(first, -4), "quarter")?.name ?? quarter;
}

/**
 * The probability π that a citizen is drawn to be called. `count`: the agency's published count of the quarter before
 * last; undefined where that quarter is not published.
 */
export function callProbability(count: number | undefined): number {
  return count ? Math.min(1, callsPerQuarter / count) : 1;
}

import { callsPerQuarter } from "#shared/policy-numbers.ts";
import { addMonths, iranianMonth, monthsOf, periodEndingWith } from "#shared/time/period.ts";
import type { ClassCounts, PublishedCell } from "./publication.ts";
import { publishableShare, roundingVariance, type Share, shareIn, shareWithInterval, sum } from "./share.ts";
import type { Breakdown } from "./tables.ts";

/**
 * The groups of called citizens, by their acts before the call: they had accepted, stayed silent, or done something
 * else.
 */
export const calledGroups = ["accepted", "silent", "other"] as const;
export type CalledGroup = (typeof calledGroups)[number];

/**
 * An agency with so many complaints that only a sample of its citizens is called. `meanWeight`: the mean of 1/π over
 * the quarters of the period, where π is the probability of a call (`callProbability`).
 */
export type SampledAgency = { cell: PublishedCell; meanWeight: number };

/** Returns the share of a cell's called citizens who said that the problem was solved. */
export function calledShare(cell: PublishedCell, group: CalledGroup): Share | undefined {
  return shareIn(cell, solvedBreakdownOf(group), ["yes"]);
}

/**
 * Estimates the same share for the whole province. A citizen who was called with the probability π represents 1/π
 * citizens. So the estimate is the province's published counts, plus (mean 1/π − 1) times the published counts of each
 * agency with π < 1. `agencies`: the agencies with π < 1. Returns undefined if the share is not published.
 */
export function calledEstimate(
  province: PublishedCell,
  { group, agencies }: { group: CalledGroup; agencies: readonly SampledAgency[] },
): Share | undefined {
  const provinceCounts = province.breakdowns?.[solvedBreakdownOf(group)];
  if (!provinceCounts) return undefined;
  const samples = agencies.flatMap(({ cell, meanWeight }) => {
    const counts = cell.breakdowns?.[solvedBreakdownOf(group)];
    // The province's counts hold each answer once already, so only the rest of its weight is added.
    return counts && meanWeight > 1 ? [{ counts, addedWeight: meanWeight - 1 }] : [];
  });
  const weightedSum = (names: readonly string[]) =>
    sumOfClasses(provinceCounts, names) +
    sum(samples.map(({ counts, addedWeight }) => addedWeight * sumOfClasses(counts, names)));
  const classes = Object.keys(provinceCounts);
  const [yes, n] = [weightedSum(["yes"]), weightedSum(classes)];
  if (n <= 0) return undefined;
  const p = yes / n;
  // In the variance by chance, each answer counts by the square of its weight.
  const answers = sumOfClasses(provinceCounts, classes);
  const sampledAnswers = sum(samples.map(({ counts }) => sumOfClasses(counts, classes)));
  const squaredWeights =
    Math.max(0, answers - sampledAnswers) +
    sum(samples.map(({ counts, addedWeight }) => (1 + addedWeight) ** 2 * sumOfClasses(counts, classes)));
  // Each rounded count adds the variance of its rounding, by the square of the factor that it is multiplied with.
  const squaredFactors = 1 + sum(samples.map(({ addedWeight }) => addedWeight ** 2));
  const rounding = roundingVariance * squaredFactors * ((1 - p) ** 2 + (classes.length - 1) * p ** 2);
  const variance = (p * (1 - p) * squaredWeights + rounding) / n ** 2;
  return publishableShare(shareWithInterval({ p, n: answers, variance }));
}

const solvedBreakdownOf = (group: CalledGroup): Breakdown => `called-${group}-solved`;
const sumOfClasses = (counts: ClassCounts, names: readonly string[]) => sum(names.map((name) => counts[name] ?? 0));

/** Returns the Iranian quarter of an instant. */
export function quarterAt(instant: string): string {
  const month = iranianMonth(instant);
  const [quarter] = [0, 1, 2].flatMap((later) => periodEndingWith(addMonths(month, later), "quarter") ?? []);
  return quarter?.name ?? month;
}

/**
 * Returns the quarter whose published counts decide the call probabilities of `quarter`: the last quarter that is
 * closed when `quarter` begins.
 */
export function quarterBefore(quarter: string): string {
  const [first = ""] = monthsOf({ kind: "quarter", name: quarter });
  return periodEndingWith(addMonths(first, -4), "quarter")?.name ?? quarter;
}

/**
 * Returns the probability π that a citizen of an agency is selected for a call. `count`: the agency's published count
 * in `quarterBefore`; undefined if that quarter is not published, and then every citizen is called.
 */
export function callProbability(count: number | undefined): number {
  return count ? Math.min(1, callsPerQuarter / count) : 1;
}

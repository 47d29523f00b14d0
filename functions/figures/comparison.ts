import * as z from "zod";
import {
  comparisonLimits,
  fewestAgenciesCompared,
  fewestCalledAnswers,
  fewestCompared,
  flagFactor,
} from "#shared/policy-numbers.ts";
import type { PublishedCell } from "./publication.ts";
import { judgedCounts, type Share, shareIn, sum, toThreeDecimals, varianceOfShare } from "./share.ts";
import type { Breakdown } from "./tables.ts";

/** A flag warns of conduct that makes an agency look better than its service is, such as many withdrawals. */
export const Flag = z.enum(["withdrawn", "extended", "transferred-out", "pressured", "quick-acceptance"]);
export type Flag = z.infer<typeof Flag>;

const flaggedClasses: Record<Flag, { breakdown: Breakdown; name: string }> = {
  withdrawn: { breakdown: "closure", name: "withdrawn" },
  extended: { breakdown: "extended", name: "extended" },
  "transferred-out": { breakdown: "transferred-out", name: "transferred-out" },
  pressured: { breakdown: "pressured", name: "pressured" },
  "quick-acceptance": { breakdown: "quick-acceptance", name: "quick" },
};

/** Returns the share that decides a flag; undefined if the share is not published. */
export function flaggedShare(cell: PublishedCell, flag: Flag): Share | undefined {
  const { breakdown, name } = flaggedClasses[flag];
  return shareIn(cell, breakdown, [name]);
}

/**
 * Returns the flags of an agency, from the published cells of one period. A flag is set where the lower end of the
 * agency's interval is above `flagFactor` times the province's share.
 */
export function flagsOf(agency: PublishedCell, province: PublishedCell): Flag[] {
  return Flag.options.filter((flag) => {
    const [agencyShare, provinceShare] = [flaggedShare(agency, flag), flaggedShare(province, flag)];
    return (
      agencyShare !== undefined && provinceShare !== undefined && agencyShare.from > flagFactor * provinceShare.share
    );
  });
}

/**
 * The result of comparing an agency with others. There is no rank, because neighbours in a rank differ only by chance.
 */
export const ComparisonClass = z.enum([
  "clearly-better",
  "as-expected",
  "possibly-different",
  "clearly-worse",
  "too-few-complaints",
]);
export type ComparisonClass = z.infer<typeof ComparisonClass>;

/**
 * `judged`: the number of complaints whose outcome counts. `confirmedShare`: the confirmed share of them. Both
 * published.
 */
type ComparedAgency = { confirmedShare: number; judged: number };
/** The numbers of a funnel plot: the expected share θ, the overdispersion φ, and the variance τ² between agencies. */
type Funnel = { theta: number; phi: number; tauSquared: number };

/** Returns the variance V(θ, n) of the confirmed share: one of the five outcomes that count. */
export const varianceAt = (theta: number, n: number) => varianceOfShare({ p: theta, n, a: 1, m: 5 });

/**
 * Computes the funnel of at least five agencies. Source: Spiegelhalter, Funnel plots for comparing institutional
 * performance (2005), here on the untransformed share, with z-scores winsorised at their 10 % and 90 % quantiles.
 */
export function funnelOf(agencies: readonly ComparedAgency[]): Funnel {
  const theta =
    sum(agencies.map(({ confirmedShare, judged }) => confirmedShare * judged)) /
    sum(agencies.map(({ judged }) => judged));
  const variances = agencies.map(({ judged }) => varianceAt(theta, judged));
  const zScores = winsorised(
    agencies
      .map(({ confirmedShare }, k) => (confirmedShare - theta) / Math.sqrt(variances[k] ?? 1))
      .map(zeroIfInfinite),
  );
  const phi = sum(zScores.map((zScore) => zScore ** 2)) / zScores.length;
  const weights = variances.map((variance) => (variance === 0 ? 0 : 1 / variance));
  const size = agencies.length;
  const divisor = sum(weights) === 0 ? 0 : sum(weights) - sum(weights.map((weight) => weight ** 2)) / sum(weights);
  const tauSquared = phi <= 1 || divisor === 0 ? 0 : Math.max(0, (size * phi - (size - 1)) / divisor);
  return { theta, phi, tauSquared };
}

/** Where all agencies have the share 0, or all have 1, the variance is 0 and no agency differs. */
const zeroIfInfinite = (zScore: number) => (Number.isFinite(zScore) ? zScore : 0);

/** Returns the distance of an agency from the expected share, in standard deviations. Above 0 the agency is better. */
export function comparisonDistance(
  { confirmedShare, judged }: ComparedAgency,
  { theta, tauSquared }: Pick<Funnel, "theta" | "tauSquared">,
): number {
  return zeroIfInfinite((confirmedShare - theta) / Math.sqrt(varianceAt(theta, judged) + tauSquared));
}

/** Returns the class that follows from the distance alone. */
export function comparisonClassOf(distance: number): Exclude<ComparisonClass, "too-few-complaints"> {
  if (Math.abs(distance) < comparisonLimits.possible) return "as-expected";
  if (Math.abs(distance) < comparisonLimits.clear) return "possibly-different";
  return distance > 0 ? "clearly-better" : "clearly-worse";
}

/** How an agency compares with others over four quarters. */
export type ComparisonResult = {
  comparisonClass: ComparisonClass;
  /** The agencies of its peer group. Where too few of them can be compared, the agencies of the province. */
  comparedWith?: "peer-group" | "province";
  comparisonDistance?: number;
  comparisonSide?: "better" | "worse";
};

/** `cells`: the published cells of all agencies in a period. `province`: the province's cell in the same period. */
type Agencies = { cells: readonly PublishedCell[]; province: PublishedCell };

/** Compares every agency with the others. Returns the results by agency id. */
export function compareAgencies({ cells, province }: Agencies): Map<string, ComparisonResult> {
  return new Map(cells.map((cell) => [cell.cell, compareAgency(cell, { cells, province })]));
}

function compareAgency(cell: PublishedCell, { cells, province }: Agencies): ComparisonResult {
  const own = comparedAgency(cell);
  const expected = expectedShareFor(cell.peerGroup, cells);
  if (!own || !expected) return { comparisonClass: "too-few-complaints" };
  const distance = comparisonDistance(own, expected);
  return {
    comparisonClass: withoutDoubtfulPraise(comparisonClassOf(distance), { cell, province }),
    comparedWith: expected.comparedWith,
    comparisonDistance: toThreeDecimals(Math.abs(distance)),
    comparisonSide: distance < 0 ? "worse" : "better",
  };
}

export type ExpectedShare = Funnel & { comparedWith: "peer-group" | "province" };

/**
 * Returns the expected share for agencies of a peer group, from the group or else from the province. It is undefined
 * where fewer than five agencies can be compared.
 */
export function expectedShareFor(
  peerGroup: string | null | undefined,
  cells: readonly PublishedCell[],
): ExpectedShare | undefined {
  const all = cells.flatMap((cell) => comparedAgency(cell) ?? []);
  const peers = cells
    .filter((cell) => peerGroup && cell.peerGroup === peerGroup)
    .flatMap((cell) => comparedAgency(cell) ?? []);
  if (peers.length >= fewestAgenciesCompared) return { ...funnelOf(peers), comparedWith: "peer-group" };
  return all.length >= fewestAgenciesCompared ? { ...funnelOf(all), comparedWith: "province" } : undefined;
}

/** Returns the numbers that an agency is compared by; undefined if it has fewer than 20 complaints that count. */
export function comparedAgency(cell: PublishedCell): ComparedAgency | undefined {
  const counts = judgedCounts(cell);
  const judged = sum(Object.values(counts ?? {}));
  return counts && judged >= fewestCompared ? { confirmedShare: counts.confirmed / judged, judged } : undefined;
}

/**
 * Turns `clearly-better` into `as-expected` where too few called citizens answered, or where a flag is set. Other
 * classes stay.
 */
function withoutDoubtfulPraise(
  classByDistance: ComparisonClass,
  { cell, province }: { cell: PublishedCell; province: PublishedCell },
): ComparisonClass {
  if (classByDistance !== "clearly-better") return classByDistance;
  const answers = cell.breakdowns?.["called-outcome"]?.answered ?? 0;
  return answers >= fewestCalledAnswers && flagsOf(cell, province).length === 0 ? classByDistance : "as-expected";
}

/**
 * Replaces numbers beyond the 10 % and 90 % quantiles by these quantiles, so that no single agency widens the funnel.
 */
function winsorised(numbers: readonly number[]): number[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.1), quantile(sorted, 0.9)];
  return numbers.map((number) => Math.min(Math.max(number, low), high));
}

/** Returns the quantile by linear interpolation, as R's type 7 and NumPy do. `share`: from 0 to 1. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const [low = 0, high = low] = sorted.slice(below, below + 2);
  return low + (high - low) * (place - below);
}

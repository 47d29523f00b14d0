import * as z from "zod";
import {
  comparisonLimits,
  fewestAgenciesCompared,
  fewestCalledAnswers,
  fewestCompared,
  flagFactor,
} from "#shared/domain/policy-numbers.ts";
import type { Breakdown } from "../counting/tables.ts";
import type { PublishedCell } from "../publication/publication.ts";
import { judgedCounts, type Share, shareIn, sum, toThreeDecimals, varianceOfShare } from "./share.ts";

/** What an agency may do to look better than its service is. */
export const Flag = z.enum(["withdrawn", "extended", "transferred-out", "pressed", "quick-acceptance"]);
export type Flag = z.infer<typeof Flag>;

const classes: Record<Flag, { breakdown: Breakdown; name: string }> = {
  withdrawn: { breakdown: "closure", name: "withdrawn" },
  extended: { breakdown: "extended", name: "extended" },
  "transferred-out": { breakdown: "transferred-out", name: "transferred-out" },
  pressed: { breakdown: "pressed", name: "pressed" },
  "quick-acceptance": { breakdown: "quick-acceptance", name: "quick" },
};

/** The share by which a flag is set; undefined where it is not said. */
export function flaggedShare(cell: PublishedCell, flag: Flag): Share | undefined {
  const { breakdown, name } = classes[flag];
  return shareIn(cell, breakdown, [name]);
}

/** The flags of an agency beside its province, from the same period's published cells. */
export function flagsOf(agency: PublishedCell, province: PublishedCell): Flag[] {
  return Flag.options.filter((flag) => {
    const [own, ofProvince] = [flaggedShare(agency, flag), flaggedShare(province, flag)];
    return own !== undefined && ofProvince !== undefined && own.from > flagFactor * ofProvince.share;
  });
}

/** How an agency is beside its peers. There is no rank: neighbours differ by chance. */
export const ComparisonClass = z.enum(["clearly-better", "as-expected", "watch", "clearly-worse", "too-few"]);
export type ComparisonClass = z.infer<typeof ComparisonClass>;

/** Of `n` judged complaints, the share `low` was confirmed; both from published numbers. */
export type ComparedAgency = { confirmedShare: number; judged: number };
/** The expected share θ, the overdispersion φ, and the variance τ² between agencies. */
export type Funnel = { theta: number; phi: number; tauSquared: number };

/** V(θ, n) of the confirmed among the five outcomes that count. */
export const varianceAt = (theta: number, n: number) => varianceOfShare({ p: theta, n, a: 1, m: 5 });

/** Spiegelhalter's funnel (2005) of at least five agencies, on the share itself; z² is winsorised at its 10 % and 90 % quantiles. */
export function funnelOf(agencies: readonly ComparedAgency[]): Funnel {
  const theta =
    sum(agencies.map(({ confirmedShare, judged }) => confirmedShare * judged)) /
    sum(agencies.map(({ judged }) => judged));
  const variances = agencies.map(({ judged }) => varianceAt(theta, judged));
  const z = winsorised(
    agencies
      .map(({ confirmedShare }, k) => (confirmedShare - theta) / Math.sqrt(variances[k] ?? 1))
      .map(zeroIfInfinite),
  );
  const phi = sum(z.map((one) => one * one)) / z.length;
  const w = variances.map((one) => (one === 0 ? 0 : 1 / one));
  const size = agencies.length;
  const room = sum(w) === 0 ? 0 : sum(w) - sum(w.map((one) => one * one)) / sum(w);
  const tauSquared = phi <= 1 || room === 0 ? 0 : Math.max(0, (size * phi - (size - 1)) / room);
  return { theta, phi, tauSquared };
}

/** Where everybody has the same share of 0 or 1, nobody differs. */
const zeroIfInfinite = (z: number) => (Number.isFinite(z) ? z : 0);

/** The distance of an agency from what is expected, in standard deviations; above 0 it is better. */
export function funnelDistance(
  { confirmedShare, judged }: ComparedAgency,
  { theta, tauSquared }: Pick<Funnel, "theta" | "tauSquared">,
): number {
  return zeroIfInfinite((confirmedShare - theta) / Math.sqrt(varianceAt(theta, judged) + tauSquared));
}

/** The class that a distance has by the funnel alone. */
export function comparisonClassOf(z: number): Exclude<ComparisonClass, "too-few"> {
  if (Math.abs(z) < comparisonLimits.watch) return "as-expected";
  if (Math.abs(z) < comparisonLimits.clear) return "watch";
  return z > 0 ? "clearly-better" : "clearly-worse";
}

/** How an agency is beside the others over four quarters. */
export type ComparisonResult = {
  class: ComparisonClass;
  /** With which agencies: those of its peer group, or, where too few of them can be compared, those of the province. */
  comparedWith?: "peer-group" | "province";
  funnelDistance?: number;
  funnelSide?: "better" | "worse";
};

/** The agencies of a period as published, and the province beside them. */
type Agencies = { cells: readonly PublishedCell[]; province: PublishedCell };

/** Every agency's standing, by its id. */
export function compareAgencies({ cells, province }: Agencies): Map<string, ComparisonResult> {
  return new Map(cells.map((cell) => [cell.cell, compareAgency(cell, { cells, province })]));
}

function compareAgency(cell: PublishedCell, { cells, province }: Agencies): ComparisonResult {
  const own = comparedAgency(cell);
  const expected = expectedShareFor(cell.peerGroup, cells);
  if (!own || !expected) return { class: "too-few" };
  const z = funnelDistance(own, expected);
  return {
    class: classAfterDoubts(comparisonClassOf(z), { cell, province }),
    comparedWith: expected.comparedWith,
    funnelDistance: toThreeDecimals(Math.abs(z)),
    funnelSide: z < 0 ? "worse" : "better",
  };
}

export type ExpectedShare = Funnel & { comparedWith: "peer-group" | "province" };

/** What is expected of the agencies of a peer group; undefined where fewer than five can be compared. */
export function expectedShareFor(
  peerGroup: string | null | undefined,
  cells: readonly PublishedCell[],
): ExpectedShare | undefined {
  const all = cells.flatMap((cell) => comparedAgency(cell) ?? []);
  const peers = cells
    .filter((one) => peerGroup && one.peerGroup === peerGroup)
    .flatMap((cell) => comparedAgency(cell) ?? []);
  if (peers.length >= fewestAgenciesCompared) return { ...funnelOf(peers), comparedWith: "peer-group" };
  return all.length >= fewestAgenciesCompared ? { ...funnelOf(all), comparedWith: "province" } : undefined;
}

/** What an agency is compared by; undefined where fewer than 20 judged complaints are published. */
export function comparedAgency(cell: PublishedCell): ComparedAgency | undefined {
  const parts = judgedCounts(cell);
  const n = sum(Object.values(parts ?? {}));
  return parts && n >= fewestCompared ? { confirmedShare: parts.confirmed / n, judged: n } : undefined;
}

/** An agency is clearly better only where enough citizens were called, and no flag is set. */
function classAfterDoubts(
  byFunnel: ComparisonClass,
  { cell, province }: { cell: PublishedCell; province: PublishedCell },
): ComparisonClass {
  if (byFunnel !== "clearly-better") return byFunnel;
  const called = cell.breakdowns?.["called-outcome"]?.answered ?? 0;
  return called >= fewestCalledAnswers && flagsOf(cell, province).length === 0 ? byFunnel : "as-expected";
}

/** Moves numbers beyond the 10 % and 90 % quantiles to them, so that one odd agency does not widen the funnel. */
function winsorised(numbers: readonly number[]): number[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.1), quantile(sorted, 0.9)];
  return numbers.map((one) => Math.min(Math.max(one, low), high));
}

/** By linear interpolation, as R's type 7 and NumPy do. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const [low = 0, high = low] = sorted.slice(below, below + 2);
  return low + (high - low) * (place - below);
}

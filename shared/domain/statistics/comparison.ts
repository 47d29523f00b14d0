import * as z from "zod";
import { comparisonLimits, fewestAgenciesCompared, fewestCalledAnswers, fewestCompared } from "../policy-numbers.ts";
import { judgedParts } from "./band.ts";
import { flagsOf } from "./flags.ts";
import type { PublishedCell } from "./published.ts";
import { toThreeDecimals, varianceOf } from "./share.ts";
import { sum } from "./sum.ts";

/** How an agency is beside its peers. There is no rank: neighbours differ by chance. */
export const Class = z.enum(["clearly-better", "as-expected", "watch", "clearly-worse", "too-few"]);
export type Class = z.infer<typeof Class>;

/** Of `n` judged complaints, the share `low` was confirmed; both from published numbers. */
export type Compared = { low: number; n: number };
/** The expected share θ, the overdispersion φ, and the variance τ² between agencies. */
export type Funnel = { theta: number; phi: number; tauSquared: number };

/** V(θ, n) of the confirmed among the five outcomes that count. */
export const varianceAt = (theta: number, n: number) => varianceOf({ p: theta, n, a: 1, m: 5 });

/** Spiegelhalter's funnel (2005) of at least five agencies, on the share itself; z² is winsorised at its 10 % and 90 % quantiles. */
export function funnelOf(agencies: readonly Compared[]): Funnel {
  const theta = sum(agencies.map(({ low, n }) => low * n)) / sum(agencies.map(({ n }) => n));
  const variances = agencies.map(({ n }) => varianceAt(theta, n));
  const z = winsorised(agencies.map(({ low }, k) => (low - theta) / Math.sqrt(variances[k] ?? 1)).map(orZero));
  const phi = sum(z.map((one) => one * one)) / z.length;
  const w = variances.map((one) => (one === 0 ? 0 : 1 / one));
  const size = agencies.length;
  const room = sum(w) === 0 ? 0 : sum(w) - sum(w.map((one) => one * one)) / sum(w);
  const tauSquared = phi <= 1 || room === 0 ? 0 : Math.max(0, (size * phi - (size - 1)) / room);
  return { theta, phi, tauSquared };
}

/** Where everybody has the same share of 0 or 1, nobody differs. */
const orZero = (z: number) => (Number.isFinite(z) ? z : 0);

/** The distance of an agency from what is expected, in standard deviations; above 0 it is better. */
export function distanceOf({ low, n }: Compared, { theta, tauSquared }: Pick<Funnel, "theta" | "tauSquared">): number {
  return orZero((low - theta) / Math.sqrt(varianceAt(theta, n) + tauSquared));
}

/** The class that a distance has by the funnel alone. */
export function classOf(z: number): Exclude<Class, "too-few"> {
  if (Math.abs(z) < comparisonLimits.watch) return "as-expected";
  if (Math.abs(z) < comparisonLimits.clear) return "watch";
  return z > 0 ? "clearly-better" : "clearly-worse";
}

/** How an agency is beside the others over four quarters. */
export type Standing = {
  class: Class;
  /** With which agencies: those of its peer group, or, where too few of them can be compared, those of the province. */
  comparedWith?: "peer-group" | "province";
  funnelDistance?: number;
  funnelSide?: "better" | "worse";
};

/** The agencies of a period as published, and the province beside them. */
type Agencies = { cells: readonly PublishedCell[]; province: PublishedCell };

/** Every agency's standing, by its id. */
export function standingsOf({ cells, province }: Agencies): Map<string, Standing> {
  return new Map(cells.map((cell) => [cell.cell, standingOf(cell, { cells, province })]));
}

function standingOf(cell: PublishedCell, { cells, province }: Agencies): Standing {
  const own = comparable(cell);
  const expected = expectedFor(cell.peerGroup, cells);
  if (!own || !expected) return { class: "too-few" };
  const z = distanceOf(own, expected);
  return {
    class: afterDoubts(classOf(z), { cell, province }),
    comparedWith: expected.comparedWith,
    funnelDistance: toThreeDecimals(Math.abs(z)),
    funnelSide: z < 0 ? "worse" : "better",
  };
}

export type Expected = Funnel & { comparedWith: "peer-group" | "province" };

/** What is expected of the agencies of a peer group; undefined where fewer than five can be compared. */
export function expectedFor(
  peerGroup: string | null | undefined,
  cells: readonly PublishedCell[],
): Expected | undefined {
  const all = cells.flatMap((cell) => comparable(cell) ?? []);
  const peers = cells
    .filter((one) => peerGroup && one.peerGroup === peerGroup)
    .flatMap((cell) => comparable(cell) ?? []);
  if (peers.length >= fewestAgenciesCompared) return { ...funnelOf(peers), comparedWith: "peer-group" };
  return all.length >= fewestAgenciesCompared ? { ...funnelOf(all), comparedWith: "province" } : undefined;
}

/** What an agency is compared by; undefined where fewer than 20 judged complaints are published. */
export function comparable(cell: PublishedCell): Compared | undefined {
  const parts = judgedParts(cell);
  const n = sum(Object.values(parts ?? {}));
  return parts && n >= fewestCompared ? { low: parts.confirmed / n, n } : undefined;
}

/** An agency is clearly better only where enough citizens were called, and no flag is set. */
function afterDoubts(byFunnel: Class, { cell, province }: { cell: PublishedCell; province: PublishedCell }): Class {
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

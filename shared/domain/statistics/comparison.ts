import { sum } from "./sum.ts";

/** How an agency of a peer group stands beside the others. There is no rank: neighbours differ by chance. */
export type Class = "clearly-better" | "as-expected" | "watch" | "clearly-worse";

/** Of so many answered complaints, so many went well: `good` of `all`, as the public reads both. */
export type Share = { good: number; all: number };

export type Compared = {
  /** Of Spiegelhalter's funnel (2005), with the spread between agencies that none of them is to blame for. */
  z: number;
  class: Class;
};

/** Beyond this an agency differs from the others, and beyond the second clearly so. */
export const limits = { watch: 1.96, clear: 3.09 };

/**
 * The funnel's parameters for a group of at least five: the common share θ, the overdispersion φ (mean of z², winsorised
 * at its 10 % and 90 % quantiles), and the variance τ² between agencies on the scale of asin √p.
 */
export function funnelOf(group: readonly Share[]): { theta: number; phi: number; tauSquared: number } {
  const theta = sum(group.map(({ good }) => good)) / sum(group.map(({ all }) => all));
  const z = winsorised(group.map((one) => distance(one, theta) / Math.sqrt(variance(one))));
  const phi = sum(z.map((one) => one * one)) / z.length;
  const w = group.map((one) => 1 / variance(one));
  const size = group.length;
  const room = sum(w) - sum(w.map((one) => one * one)) / sum(w);
  const tauSquared = phi <= 1 || room === 0 ? 0 : Math.max(0, (size * phi - (size - 1)) / room);
  return { theta, phi, tauSquared };
}

/** Where one agency stands in its group's funnel. */
export function compare(one: Share, { theta, tauSquared }: { theta: number; tauSquared: number }): Compared {
  const z = distance(one, theta) / Math.sqrt(variance(one) + tauSquared);
  return { z, class: classOf(z) };
}

/** Where one is that is so far from what is expected, in standard deviations; above 0 it is better. */
export function classOf(z: number): Class {
  if (Math.abs(z) < limits.watch) return "as-expected";
  if (Math.abs(z) < limits.clear) return "watch";
  return z > 0 ? "clearly-better" : "clearly-worse";
}

const scaled = (share: number) => Math.asin(Math.sqrt(share));
const distance = ({ good, all }: Share, theta: number) => scaled(good / all) - scaled(theta);
const variance = ({ all }: Share) => 1 / (4 * all);

/** Pulls what lies beyond the 10 % and 90 % quantiles to them, so that one odd agency does not widen the funnel. */
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

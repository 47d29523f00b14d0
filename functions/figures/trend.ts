import * as z from "zod";
import { fewestInTrend } from "#shared/policy-numbers.ts";
import { sum } from "./share.ts";

/** The signals of a control chart of individual values. A signal says that the service changed, not only by chance. */
export const TrendSignal = z.enum([
  "outside-limits",
  "seven-on-one-side-of-mean",
  "seven-rising-or-falling",
  "two-of-three-near-limit",
]);
export type TrendSignal = z.infer<typeof TrendSignal>;

export type Trend = {
  mean: number;
  /** `lower` and `upper`: mean ∓ 2.66 × the mean moving range. */
  lower: number;
  upper: number;
  /** For each value, the signals that are complete with it. */
  signals: TrendSignal[][];
};

/** Computes an XmR chart (individual values and moving range); undefined if there are too few values for limits. */
export function trendOf(values: readonly number[]): Trend | undefined {
  if (values.length < fewestInTrend) return undefined;
  const mean = average(values);
  const spread = 2.66 * average(values.slice(1).map((value, n) => Math.abs(value - (values[n] ?? value))));
  const limits = { mean, lower: mean - spread, upper: mean + spread };
  return { ...limits, signals: values.map((_, n) => signalsAt(values.slice(0, n + 1), limits)) };
}

type Limits = Omit<Trend, "signals">;
/** `up`: above the mean, or rising. `down`: below the mean, or falling. */
export type TrendSide = "up" | "down";

/** Returns the signals that are complete with the last value. */
function signalsAt(values: readonly number[], limits: Limits): TrendSignal[] {
  return TrendSignal.options.filter((signal) => signalSide(signal, values, limits));
}

/** Returns the side of a signal that is complete with the last value; undefined if the signal is not complete. */
export function signalSide(signal: TrendSignal, values: readonly number[], limits: Limits): TrendSide | undefined {
  if (rules[signal](values, limits, 1)) return "up";
  return rules[signal](values, limits, -1) ? "down" : undefined;
}

/** Returns whether a difference is above 0 by more than the error of floating-point numbers. */
export const isAbove = (difference: number) => difference > 1e-9;

/** Each rule looks upwards with the sign 1, and downwards with -1. */
const rules: Record<TrendSignal, (values: readonly number[], limits: Limits, sign: 1 | -1) => boolean> = {
  "outside-limits": (values, { mean, upper }, sign) =>
    values.slice(-1).some((last) => isAbove((last - mean) * sign - (upper - mean))),
  "seven-on-one-side-of-mean": (values, { mean }, sign) => {
    const last = values.slice(-7);
    return last.length === 7 && last.every((value) => isAbove((value - mean) * sign));
  },
  "seven-rising-or-falling": (values, _, sign) => {
    const last = values.slice(-7);
    const steps = last.slice(1).map((value, n) => value - (last[n] ?? value));
    return last.length === 7 && steps.every((step) => isAbove(step * sign));
  },
  "two-of-three-near-limit": (values, { mean, upper }, sign) => {
    const isFar = values.slice(-3).map((value) => isAbove((value - mean) * sign - ((upper - mean) * 2) / 3));
    return isFar.length === 3 && isFar[2] === true && isFar.filter(Boolean).length >= 2;
  },
};

const average = (numbers: readonly number[]) => sum(numbers) / numbers.length;

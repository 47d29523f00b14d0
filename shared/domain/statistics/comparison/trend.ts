import * as z from "zod";
import { fewestInTrend } from "#shared/domain/policy-numbers.ts";
import { sum } from "./share.ts";

/** What stands out in a chart of individual values: a sign that something changed, not chance alone. */
export const TrendSignal = z.enum(["outside", "seven-on-one-side", "seven-in-a-row", "two-of-three-far-out"]);
export type TrendSignal = z.infer<typeof TrendSignal>;

export type Trend = {
  mean: number;
  /** Mean ± 2.66 × the mean moving range. */
  lower: number;
  upper: number;
  /** For each value, what it completes. */
  signals: TrendSignal[][];
};

/** An XmR chart's numbers; undefined where there are too few values for limits. */
export function trendOf(values: readonly number[]): Trend | undefined {
  if (values.length < fewestInTrend) return undefined;
  const mean = average(values);
  const spread = 2.66 * average(values.slice(1).map((value, n) => Math.abs(value - (values[n] ?? value))));
  const limits = { mean, lower: mean - spread, upper: mean + spread };
  return { ...limits, signals: values.map((_, n) => signalsAt(values.slice(0, n + 1), limits)) };
}

type Limits = Omit<Trend, "signals">;
/** Above the mean or rising; below it or falling. */
export type TrendSide = "up" | "down";

/** What the last of the values completes. */
const signalsAt = (values: readonly number[], limits: Limits): TrendSignal[] =>
  TrendSignal.options.filter((signal) => signalSide(signal, values, limits));

/** To which side the last of the values completes a signal; undefined where it does not. */
export function signalSide(signal: TrendSignal, values: readonly number[], limits: Limits): TrendSide | undefined {
  if (rules[signal](values, limits, 1)) return "up";
  return rules[signal](values, limits, -1) ? "down" : undefined;
}

/** Whether a difference is more than what rounding makes of none. */
export const isAbove = (difference: number) => difference > 1e-9;

const rules: Record<TrendSignal, (values: readonly number[], limits: Limits, sign: 1 | -1) => boolean> = {
  outside: (values, { mean, upper }, sign) =>
    values.slice(-1).some((last) => isAbove((last - mean) * sign - (upper - mean))),
  "seven-on-one-side": (values, { mean }, sign) => {
    const last = values.slice(-7);
    return last.length === 7 && last.every((one) => isAbove((one - mean) * sign));
  },
  "seven-in-a-row": (values, _, sign) => {
    const last = values.slice(-7);
    const steps = last.slice(1).map((one, n) => one - (last[n] ?? one));
    return last.length === 7 && steps.every((step) => isAbove(step * sign));
  },
  "two-of-three-far-out": (values, { mean, upper }, sign) => {
    const isFar = values.slice(-3).map((one) => isAbove((one - mean) * sign - ((upper - mean) * 2) / 3));
    return isFar.length === 3 && isFar[2] === true && isFar.filter(Boolean).length >= 2;
  },
};

const average = (numbers: readonly number[]) => sum(numbers) / numbers.length;

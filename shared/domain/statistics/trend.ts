import * as z from "zod";
import { sum } from "./sum.ts";

/** What stands out in a chart of individual values: a sign that something changed, not chance alone. */
export const Signal = z.enum(["outside", "seven-on-one-side", "seven-in-a-row", "two-of-three-far-out"]);
export type Signal = z.infer<typeof Signal>;

export type Trend = {
  mean: number;
  /** Mean ± 2.66 × the mean moving range. */
  lower: number;
  upper: number;
  /** For each value, what it completes. */
  signals: Signal[][];
};

/** Fewer values say nothing yet. */
const fewest = 12;

/** An XmR chart's numbers; undefined where there are too few values for limits. */
export function trendOf(values: readonly number[]): Trend | undefined {
  if (values.length < fewest) return undefined;
  const mean = average(values);
  const spread = 2.66 * average(values.slice(1).map((value, n) => Math.abs(value - (values[n] ?? value))));
  const limits = { mean, lower: mean - spread, upper: mean + spread };
  return { ...limits, signals: values.map((_, n) => signalsAt(values.slice(0, n + 1), limits)) };
}

type Limits = Omit<Trend, "signals">;

/** What the last of the values completes. */
function signalsAt(values: readonly number[], limits: Limits): Signal[] {
  const found = Object.entries(rules).filter(([, isGiven]) => isGiven(values, limits));
  return found.map(([signal]) => signal as Signal);
}

const rules: Record<Signal, (values: readonly number[], limits: Limits) => boolean> = {
  outside: (values, { lower, upper }) => values.slice(-1).some((last) => last < lower || last > upper),
  "seven-on-one-side": (values, { mean }) => {
    const last = values.slice(-7);
    return last.length === 7 && (last.every((one) => one > mean) || last.every((one) => one < mean));
  },
  "seven-in-a-row": (values) => {
    const last = values.slice(-7);
    const steps = last.slice(1).map((one, n) => Math.sign(one - (last[n] ?? one)));
    return last.length === 7 && (steps.every((step) => step > 0) || steps.every((step) => step < 0));
  },
  "two-of-three-far-out": (values, { mean, upper }) => {
    const far = ((upper - mean) * 2) / 3;
    const last = values.slice(-3).map((one) => one - mean);
    const isFar = (side: 1 | -1) => last.filter((one) => one * side > far).length >= 2;
    return last.length === 3 && (isFar(1) || isFar(-1));
  },
};

const average = (numbers: readonly number[]) => sum(numbers) / numbers.length;

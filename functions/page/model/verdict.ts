import { toThreeDecimals } from "#shared/domain/statistics/share.ts";
import { isAbove, type Side, type Signal, sideOf, type Trend, trendOf } from "#shared/domain/statistics/trend.ts";
import type { OfHundred } from "./glance.ts";

/** What the last value of a chart of individual values says beside those before it. */
export type Verdict =
  | { state: "cannot-be-said"; values: number }
  | { state: "too-few" }
  | { state: "usual"; limits: Limits }
  | {
      state: "changed";
      limits: Limits;
      signal: Signal;
      side: Side;
      /** How many values, one after the other up to the last one, are part of it. */
      run: number;
      /** How many there are from the first of these on, with those that cannot be said. */
      spans: number;
      /** The last value before the run, where there is one, and the last one. */
      before?: Known;
      now: Known;
    };
export type Limits = { mean: number; lower: number; upper: number };
/** `at`: the month or the day that a value is of. */
type Known = { at: string; value: number; share?: OfHundred | undefined };
/** `share`: the same where it is a share, as the page says it. */
export type Value = { at: string; value: number | undefined; share?: OfHundred | undefined };

/** One figure as it went, oldest first; where it cannot be said it has no value. */
export type Course = { values: (Value & { signals: readonly Signal[] })[]; verdict: Verdict };

/** So many values are drawn; the limits are of all of them. */
export const mostDrawn = 18;

export function courseOf(all: readonly Value[]): Course {
  const known = all.flatMap(({ value, ...one }) => (value === undefined ? [] : [{ ...one, value }]));
  const trend = trendOf(known.map(({ value }) => value));
  const signals = new Map(known.map(({ at }, n) => [at, trend?.signals[n] ?? []]));
  const values = all.map((one) => ({ ...one, signals: signals.get(one.at) ?? [] }));
  return { values: values.slice(-mostDrawn), verdict: verdictOf({ all, known, trend }) };
}

type Judged = { all: readonly Value[]; known: Known[]; trend: Trend | undefined };

function verdictOf({ all, known, trend }: Judged): Verdict {
  const now = known.at(-1);
  if (!trend || !now) return { state: "cannot-be-said", values: known.length };
  if (all.at(-1)?.value === undefined) return { state: "too-few" };
  const limits = {
    mean: toThreeDecimals(trend.mean),
    lower: toThreeDecimals(trend.lower),
    upper: toThreeDecimals(trend.upper),
  };
  const values = known.map(({ value }) => value);
  const [signal] = trend.signals.at(-1) ?? [];
  const side = signal && sideOf(signal, values, trend);
  if (!side) return { state: "usual", limits };
  const run = runOf({ signal, side, values, mean: trend.mean });
  const spans = all.length - all.findIndex(({ at }) => at === known.at(-run)?.at);
  // A row of steps begins with the value that the first of them started from.
  const before = known.at(signal === "seven-in-a-row" ? -run : -1 - run);
  return { state: "changed", limits, signal, side, run, spans, ...(before && { before }), now };
}

type Running = { signal: Signal; side: Side; values: readonly number[]; mean: number };

function runOf({ signal, side, values, mean }: Running): number {
  if (signal === "outside") return 1;
  if (signal === "two-of-three-far-out") return 3;
  const sign = side === "up" ? 1 : -1;
  const isIn =
    signal === "seven-on-one-side"
      ? (n: number) => isAbove(((values[n] ?? mean) - mean) * sign)
      : (n: number) => isAbove(((values[n + 1] ?? 0) - (values[n] ?? 0)) * sign) || n === values.length - 1;
  let run = 0;
  for (let n = values.length - 1; n >= 0 && isIn(n); n--) run++;
  return run;
}

import { waitingRoundingBase } from "#shared/domain/policy-numbers.ts";
import { toThreeDecimals } from "#shared/domain/statistics/comparison/share.ts";
import {
  isAbove,
  signalSide,
  type Trend,
  type TrendSide,
  type TrendSignal,
  trendOf,
} from "#shared/domain/statistics/comparison/trend.ts";
import type { ShareInStrokes } from "./glance.ts";
import type { PageData } from "./material.ts";

/** What the last value of a chart of individual values says beside those before it. */
export type TrendVerdict =
  | { state: "cannot-be-said"; values: number }
  | { state: "too-few" }
  | { state: "usual"; limits: Limits }
  | {
      state: "changed";
      limits: Limits;
      signal: TrendSignal;
      side: TrendSide;
      /** How many values, one after the other up to the last one, are part of it. */
      run: number;
      /** How many there are from the first of these on, with those that cannot be said. */
      spans: number;
      /** The last value before the run, where there is one, and the last one. */
      before?: KnownValue;
      now: KnownValue;
    };
export type Limits = { mean: number; lower: number; upper: number };
/** `at`: the month or the day that a value is of. */
type KnownValue = { at: string; value: number; share?: ShareInStrokes | undefined };
/** `share`: the same where it is a share, as the page says it. */
export type Value = { at: string; value: number | undefined; share?: ShareInStrokes | undefined };

/** One figure as it went, oldest first; where it cannot be said it has no value. */
export type JudgedSeries = { values: (Value & { signals: readonly TrendSignal[] })[]; verdict: TrendVerdict };

/** So many values are drawn; the limits are of all of them. */
export const mostMonthsDrawn = 18;

export function judgeSeries(all: readonly Value[]): JudgedSeries {
  const known = all.flatMap(({ value, ...one }) => (value === undefined ? [] : [{ ...one, value }]));
  const trend = trendOf(known.map(({ value }) => value));
  const signals = new Map(known.map(({ at }, n) => [at, trend?.signals[n] ?? []]));
  const values = all.map((one) => ({ ...one, signals: signals.get(one.at) ?? [] }));
  return { values: values.slice(-mostMonthsDrawn), verdict: verdictOf({ all, known, trend }) };
}

type VerdictInput = { all: readonly Value[]; known: KnownValue[]; trend: Trend | undefined };

function verdictOf({ all, known, trend }: VerdictInput): TrendVerdict {
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
  const side = signal && signalSide(signal, values, trend);
  if (!side) return { state: "usual", limits };
  const run = runLength({ signal, side, values, mean: trend.mean });
  const spans = all.length - all.findIndex(({ at }) => at === known.at(-run)?.at);
  // A row of steps begins with the value that the first of them started from.
  const before = known.at(signal === "seven-in-a-row" ? -run : -1 - run);
  return { state: "changed", limits, signal, side, run, spans, ...(before && { before }), now };
}

type RunInput = { signal: TrendSignal; side: TrendSide; values: readonly number[]; mean: number };

function runLength({ signal, side, values, mean }: RunInput): number {
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

/** What waits for an answer, each column beside the counts of the months before. */
export type WaitingView = { late: TrendVerdict; openInTime: TrendVerdict };

/** A number that is rounded to tens may move by ten where hardly anything did. */
function ignoreSmallChange(verdict: TrendVerdict): TrendVerdict {
  if (verdict.state !== "changed" || Math.abs(verdict.now.value - verdict.limits.mean) > waitingRoundingBase)
    return verdict;
  return { state: "usual", limits: verdict.limits };
}

export function waitingView(waiting: PageData["waiting"]): WaitingView | undefined {
  if (!waiting) return undefined;
  const counts = [...waiting.past, { date: waiting.date, province: waiting.count.province }];
  const verdict = (column: keyof WaitingView) =>
    ignoreSmallChange(
      judgeSeries(
        counts.map(({ date, province }) => {
          const value = province[column];
          return { at: date, value: value === "<20" ? undefined : value };
        }),
      ).verdict,
    );
  return { late: verdict("late"), openInTime: verdict("openInTime") };
}

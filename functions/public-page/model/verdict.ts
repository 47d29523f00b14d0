import { toThreeDecimals } from "#functions/figures/share.ts";
import {
  isAbove,
  signalSide,
  type Trend,
  type TrendSide,
  type TrendSignal,
  trendOf,
} from "#functions/figures/trend.ts";
import { waitingRoundingBase } from "#shared/policy-numbers.ts";
import type { PageData } from "./material.ts";
import type { ShareInStrokes } from "./summary.ts";

/** How the last value of a series compares with the values before it, by the rules of a chart of individual values (XmR). */
export type TrendVerdict =
  | { state: "cannot-be-said"; values: number }
  | { state: "too-few-complaints" }
  | { state: "usual"; limits: Limits }
  | {
      state: "changed";
      limits: Limits;
      signal: TrendSignal;
      side: TrendSide;
      /** How many published values, up to the last one, belong to the signal. */
      run: number;
      /** The same count, with the unpublished values between them. */
      spans: number;
      /** `before`: the value before the run, if there is one; `now`: the last value. */
      before?: KnownValue;
      now: KnownValue;
    };
type Limits = { mean: number; lower: number; upper: number };
/** `at`: the month or the day that a value is of. */
type KnownValue = { at: string; value: number; share?: ShareInStrokes | undefined };
/** `value`: undefined if it is not published. `share`: the value as pages show it, if it is a share. */
export type Value = { at: string; value: number | undefined; share?: ShareInStrokes | undefined };

/** A figure over time, oldest value first, and the verdict on its last value. */
export type JudgedSeries = { values: (Value & { signals: readonly TrendSignal[] })[]; verdict: TrendVerdict };

/** How many of the last values are drawn. The limits are computed from all values. */
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
  if (all.at(-1)?.value === undefined) return { state: "too-few-complaints" };
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
  // A run of seven steps in one direction includes the value that it starts from.
  const before = known.at(signal === "seven-rising-or-falling" ? -run : -1 - run);
  return { state: "changed", limits, signal, side, run, spans, ...(before && { before }), now };
}

type RunInput = { signal: TrendSignal; side: TrendSide; values: readonly number[]; mean: number };

function runLength({ signal, side, values, mean }: RunInput): number {
  if (signal === "outside-limits") return 1;
  if (signal === "two-of-three-near-limit") return 3;
  const sign = side === "up" ? 1 : -1;
  const belongsToRun =
    signal === "seven-on-one-side-of-mean"
      ? (n: number) => isAbove(((values[n] ?? mean) - mean) * sign)
      : (n: number) => isAbove(((values[n + 1] ?? 0) - (values[n] ?? 0)) * sign) || n === values.length - 1;
  let run = 0;
  for (let n = values.length - 1; n >= 0 && belongsToRun(n); n--) run++;
  return run;
}

/** Trends of the complaints that wait for an answer: late ones, and those still in time. */
export type WaitingView = { overdue: TrendVerdict; notYetDue: TrendVerdict };

/** Waiting complaints are rounded to tens: a published change of ten may be a change of one, so it counts as usual. */
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
  return { overdue: verdict("overdue"), notYetDue: verdict("notYetDue") };
}

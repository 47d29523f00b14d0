import type { Figures } from "#shared/domain/statistics/figures.ts";
import { goodShare } from "#shared/domain/statistics/outcome-band.ts";
import { rounded } from "#shared/domain/statistics/shown-part.ts";
import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import { type Signal, type Trend, trendOf } from "#shared/domain/statistics/trend.ts";
import { type Glance, glanceOf } from "./glance.ts";

type MonthCell = { month: string; cell: ToldCell };

/** What the last value of a chart of individual values says beside those before it. */
export type Verdict =
  | { state: "cannot-be-said"; values: number }
  | { state: "untold" }
  | { state: "usual"; limits: Limits }
  | {
      state: "changed";
      limits: Limits;
      signal: Signal;
      side: "up" | "down";
      /** How many values in a row, up to the last one, are part of it. */
      run: number;
      /** The last value before the run, where there is one, and the last one. */
      before?: At;
      now: At;
    };
export type Limits = { mean: number; lower: number; upper: number };
type At = { month: string; value: number };

/** One figure by month, oldest first; a month in which it cannot be said has no value. */
export type MonthlyFigure = {
  values: { month: string; value?: number | undefined; signals: readonly Signal[] }[];
  verdict: Verdict;
};

/** So many months are drawn; the limits are of all that are closed. */
const drawn = 18;

export function monthlyFigure(months: readonly MonthCell[], read: (cell: ToldCell) => number | undefined) {
  const all = months.map(({ month, cell }) => ({ month, value: read(cell) }));
  const known = all.flatMap(({ month, value }) => (value === undefined ? [] : [{ month, value }]));
  const trend = trendOf(known.map(({ value }) => value));
  const signals = new Map(known.map(({ month }, n) => [month, trend?.signals[n] ?? []]));
  const values = all.map((one) => ({ ...one, signals: signals.get(one.month) ?? [] }));
  const isLastKnown = all.at(-1)?.value !== undefined;
  return { values: values.slice(-drawn), verdict: verdictOf({ known, trend, isLastKnown }) } satisfies MonthlyFigure;
}

type Judged = { known: At[]; trend: Trend | undefined; isLastKnown: boolean };

function verdictOf({ known, trend, isLastKnown }: Judged): Verdict {
  const now = known.at(-1);
  if (!trend || !now) return { state: "cannot-be-said", values: known.length };
  if (!isLastKnown) return { state: "untold" };
  const limits = { mean: rounded(trend.mean), lower: rounded(trend.lower), upper: rounded(trend.upper) };
  const [signal] = trend.signals.at(-1) ?? [];
  if (!signal) return { state: "usual", limits };
  const values = known.map(({ value }) => value);
  const side = sides[signal](values, trend) ? "up" : "down";
  const run = runOf({ signal, side, values, mean: trend.mean });
  // A row of steps begins with the value that the first of them started from.
  const before = known.at(signal === "seven-in-a-row" ? -run : -1 - run);
  return { state: "changed", limits, signal, side, run, ...(before && { before }), now };
}

const last = (values: readonly number[], back = 0) => values.at(-1 - back) ?? 0;

/** Whether a signal that the last value completes is upwards. */
const sides: Record<Signal, (values: readonly number[], trend: Trend) => boolean> = {
  outside: (values, { mean }) => last(values) > mean,
  "seven-on-one-side": (values, { mean }) => last(values) > mean,
  "seven-in-a-row": (values) => last(values) > last(values, 1),
  "two-of-three-far-out": (values, { mean }) => values.slice(-3).reduce((sum, one) => sum + one - mean, 0) > 0,
};

type Running = { signal: Signal; side: "up" | "down"; values: readonly number[]; mean: number };

function runOf({ signal, side, values, mean }: Running): number {
  if (signal === "outside") return 1;
  if (signal === "two-of-three-far-out") return 3;
  const sign = side === "up" ? 1 : -1;
  const isIn =
    signal === "seven-on-one-side"
      ? (n: number) => ((values[n] ?? mean) - mean) * sign > 0
      : (n: number) => ((values[n + 1] ?? 0) - (values[n] ?? 0)) * sign > 0 || n === values.length - 1;
  let run = 0;
  for (let n = values.length - 1; n >= 0 && isIn(n); n--) run++;
  return run;
}

export type MonthView = { month: string; glance: Glance };

/** The province by month: the band of each, and other figures each beside its own past. */
export type MonthsView = {
  good: MonthlyFigure;
  months: MonthView[];
  others: { name: "filed" | "goodHigh" | "officeWithin24h" | "unanswered"; figure: MonthlyFigure }[];
  /** Of the last month. */
  times: Figures;
};

const others = {
  filed: ({ cell }: ToldCell) => (typeof cell.all === "number" ? cell.all : undefined),
  goodHigh: ({ figures }: ToldCell) => figures.goodHigh,
  officeWithin24h: ({ figures }: ToldCell) => figures.officeWithin24h,
  unanswered: unansweredIn,
};

/** The share that nobody ever answered, where it is told alone. */
function unansweredIn(told: ToldCell): number | undefined {
  const glance = glanceOf(told);
  return glance.state === "told" ? glance.parts.find(({ kind }) => kind === "unanswered")?.share : undefined;
}

export function monthsView(months: readonly MonthCell[]): MonthsView {
  const good = monthlyFigure(months, ({ cell }) => {
    const share = goodShare(cell);
    return share && share.good / share.all;
  });
  const latest = months.at(-1)?.cell;
  return {
    good,
    months: months.slice(-drawn).map(({ month, cell }) => ({ month, glance: glanceOf(cell) })),
    others: (Object.keys(others) as (keyof typeof others)[]).map((name) => ({
      name,
      figure: monthlyFigure(months, others[name]),
    })),
    times: latest?.figures ?? {},
  };
}

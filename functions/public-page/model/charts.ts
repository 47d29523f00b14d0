import { sum, toThreeDecimals } from "#functions/figures/share.ts";
import type { TrendSignal } from "#functions/figures/trend.ts";
import type { Language } from "#shared/vocabulary.ts";

/**
 * Options of every drawing. A Persian drawing reads from the right. `width`: in pixels. `title`: what the figures show, as screen
 * readers read it.
 */
export type DrawingOptions = { language: Language; width: number; title: string };

/** How many of a hundred strokes each outcome gets, in the order in which they are drawn. */
export type Strokes = { kind: "accepted" | "silent" | "not-good" | "unanswered"; strokes: number }[];

/** The texts under the strokes: for each part the number of its strokes, its words and a smaller note, in drawing order. */
export type StrokeWords = {
  parts: { strokes: number; words: string; note?: string | undefined }[];
  /** The text above the short strokes, such as "14 unanswered". */
  unanswered?: string | undefined;
};

/** Shares of 0 to 1. `low`: confirmed; `high`: confirmed, or in time with a silent citizen; `peers`: the peers' average. */
export type Band = { low: number; high: number; peers?: number | undefined };

export type FunnelPoint = {
  name: string;
  /** How many complaints are counted, and the share that went well, 0 to 1. */
  counted: number;
  share: number;
  class: "clearly-better" | "as-expected" | "possibly-different" | "clearly-worse";
  side?: "better" | "worse" | undefined;
  /** Whether the drawing writes the name. On the page of an agency only that agency is named. */
  isNamed: boolean;
  /** Name, share, count and class, for a reader who points at the mark. */
  tooltip: string;
};
export type Funnel = { points: FunnelPoint[]; theta: number; tauSquared: number; axis: { x: string; y: string } };

type Limits = { mean: number; lower: number; upper: number };

/** 0 to 1, and how many of a hundred strokes stand for it. */
export type Share = { share: number; strokes: number };

/** Shares of 0 to 1 by month, oldest first. `limits` are missing if there are too few months for a trend. */
export type Months = {
  months: {
    label: string;
    year: string;
    /** Missing if too few complaints are published. */
    band?: { low: Share; high: Share } | undefined;
    tooltip: string;
  }[];
  limits?: Limits | undefined;
  /** A real change: how many of the last months it covers, and the words of the bracket over them. */
  changed?: { months: number; rule: string } | undefined;
};

/** The values of a small line, in any unit, and the limits of its strip of usual values. */
export type Series = {
  values: (number | undefined)[];
  limits?: Limits | undefined;
  /** For each value, the signals that it completes. */
  signals: readonly (readonly TrendSignal[])[];
};

/** A bar of a list, as a share of the longest, 0 to 1. */
export type Bar = { share: number };

/** A share rounded on its own. Shares that must add up to 100 take `strokesOfHundred` instead. */
export const shareInStrokes = (share: number): Share => ({
  share: toThreeDecimals(share),
  strokes: Math.round(share * 100),
});

/**
 * Divides 100 in proportion to counts, by the largest remainder, so that the whole numbers add up to 100. All are 0 if all counts
 * are 0. Drawings, lists and sentences use the same numbers; else a list could show 56 where a sentence shows 57.
 */
export function strokesOfHundred(counts: readonly number[]): number[] {
  const all = sum(counts);
  if (all === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (count * 100) / all);
  const missing = 100 - sum(exact.map((share) => Math.floor(share)));
  const byRemainder = exact.map((share, n) => ({ n, rest: share % 1 })).sort((a, b) => b.rest - a.rest || a.n - b.n);
  const roundedUp = new Set(byRemainder.slice(0, missing).map(({ n }) => n));
  return exact.map((share, n) => Math.floor(share) + (roundedUp.has(n) ? 1 : 0));
}

const formats: Record<Language, Intl.NumberFormat> = {
  fa: new Intl.NumberFormat("fa-IR", { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 }),
};

/** A number as it is written: ۱٬۴۸۴, ۳٫۵. */
export function formatNumber(number: number, language: Language): string {
  return formats[language].format(number);
}

import { sum, toThreeDecimals } from "#shared/domain/statistics/comparison/share.ts";
import type { TrendSignal } from "#shared/domain/statistics/comparison/trend.ts";
import type { Language } from "#shared/domain/vocabulary.ts";

/**
 * How a drawing is set: its language says its direction (Persian from the right), `width` its size in pixels. `title` says
 * what it shows, not what it is; it is the drawing's name for who does not see it.
 */
export type DrawingOptions = { language: Language; width: number; title: string };

/** A hundred strokes by the outcome of a hundred complaints, in the order in which they are drawn. */
export type Strokes = { kind: "accepted" | "silent" | "not-good" | "unanswered"; strokes: number }[];

/** What stands under a part of the strokes, the parts in their order: so many strokes, their words, and a smaller note. */
export type StrokeWords = {
  parts: { strokes: number; words: string; note?: string | undefined }[];
  /** Above the stubs, such as "14 unanswered". */
  unanswered?: string | undefined;
};

/** From the surely good to the possibly good, 0 to 1; `peers`: the average of those it is compared with. */
export type Band = { low: number; high: number; peers?: number | undefined };

export type FunnelPoint = {
  name: string;
  /** How many complaints are counted, and the share that went well, 0 to 1. */
  counted: number;
  share: number;
  class: "clearly-better" | "as-expected" | "watch" | "clearly-worse";
  side?: "better" | "worse" | undefined;
  /** Only this one of all is named where a page is an agency's own. */
  isNamed: boolean;
  /** What is said of it to who points at it: name, share, count and word. */
  says: string;
};
export type Funnel = { points: FunnelPoint[]; theta: number; tauSquared: number; axis: { x: string; y: string } };

export type Limits = { mean: number; lower: number; upper: number };

/** 0 to 1, and how many of a hundred strokes stand for it. */
export type Share = { share: number; strokes: number };

/** A chart of individual values: shares of 0 to 1 by month, oldest first. Without limits it is too short to be judged. */
export type Months = {
  months: {
    label: string;
    year: string;
    /** Missing where too few complaints are published to say it. */
    band?: { low: Share; high: Share } | undefined;
    says: string;
  }[];
  limits?: Limits | undefined;
  /** From how many months ago on it is a real change, and the words of the bracket over them. */
  changed?: { months: number; rule: string } | undefined;
};

/** One small line with its usual strip; any unit. */
export type Series = {
  values: (number | undefined)[];
  limits?: Limits | undefined;
  /** Which values complete a signal. */
  signals: readonly (readonly TrendSignal[])[];
};

/** A bar of a list, as a share of the longest, 0 to 1. */
export type Bar = { share: number };

/** A share that is no part of what strokes are drawn of. */
export const shareInStrokes = (share: number): Share => ({
  share: toThreeDecimals(share),
  strokes: Math.round(share * 100),
});

/**
 * Counts as whole shares of a hundred, by the largest remainder, so that they add up; all 0 where there is nothing. Whatever
 * says a share of a hundred says this one, or a list would say 56 where a sentence says 57.
 */
export function strokesOfHundred(counts: readonly number[]): number[] {
  const all = sum(counts);
  if (all === 0) return counts.map(() => 0);
  const exact = counts.map((one) => (one * 100) / all);
  const missing = 100 - sum(exact.map((one) => Math.floor(one)));
  const byRemainder = exact.map((one, n) => ({ n, rest: one % 1 })).sort((a, b) => b.rest - a.rest || a.n - b.n);
  const more = new Set(byRemainder.slice(0, missing).map(({ n }) => n));
  return exact.map((one, n) => Math.floor(one) + (more.has(n) ? 1 : 0));
}

const formats: Record<Language, Intl.NumberFormat> = {
  fa: new Intl.NumberFormat("fa-IR", { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 }),
};

/** A number as it is written: ۱٬۴۸۴, ۳٫۵. */
export function formatNumber(number: number, language: Language): string {
  return formats[language].format(number);
}

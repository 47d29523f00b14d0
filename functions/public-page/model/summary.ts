import {
  type AssessedOutcome,
  assessedOutcomes,
  judgedCounts,
  sum,
  toThreeDecimals,
} from "#functions/figures/share.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import { type Share, type Strokes, strokesOfHundred } from "./charts.ts";

/** A share with its whole number of 100. Every sentence, list and drawing shows that number. */
export type ShareInStrokes = Share;

/** One outcome with its published number, and the strokes that are drawn for it. */
export type SummaryPart = ShareInStrokes & { kind: Strokes[number]["kind"]; outcome: AssessedOutcome; count: number };

export type KnownSummary = {
  state: "known";
  /** How many complaints were filed, and how many of them count in the shares. */
  filed: number;
  judged: number;
  parts: SummaryPart[];
  /** `low`: confirmed; `high`: confirmed, or in time with a silent citizen. */
  low: ShareInStrokes;
  high: ShareInStrokes;
};

/** How many complaints of a cell were answered well. `too-few-complaints`: a count is published, but too few complaints for a share. */
export type OutcomeSummary = KnownSummary | { state: "too-few-complaints"; filed: number } | { state: "unpublished" };

/** The drawing order of the outcomes, from confirmed to unanswered, and the look of their strokes. */
const partOrder: Record<AssessedOutcome, { place: number; kind: SummaryPart["kind"] }> = {
  confirmed: { place: 0, kind: "accepted" },
  silent: { place: 1, kind: "silent" },
  overturned: { place: 2, kind: "not-good" },
  late: { place: 3, kind: "not-good" },
  unanswered: { place: 4, kind: "unanswered" },
};

export function summarize(derived: DerivedCell | undefined): OutcomeSummary {
  if (!derived) return { state: "unpublished" };
  const { cell, figures } = derived;
  const counts = judgedCounts(cell);
  const { assessedCount, confirmedShare, confirmedOrSilentShare } = figures;
  if (!counts || !assessedCount || confirmedShare === undefined || confirmedOrSilentShare === undefined)
    return { state: "too-few-complaints", filed: cell.count };
  const outcomes = assessedOutcomes.toSorted((one, other) => partOrder[one].place - partOrder[other].place);
  const strokes = strokesOfHundred(outcomes.map((outcome) => counts[outcome]));
  const parts = outcomes.map((outcome, n): SummaryPart => {
    const count = counts[outcome];
    const { kind } = partOrder[outcome];
    return { kind, outcome, count, share: toThreeDecimals(count / assessedCount), strokes: strokes[n] ?? 0 };
  });
  const strokesOf = (kinds: readonly string[]) =>
    sum(parts.filter(({ kind }) => kinds.includes(kind)).map((part) => part.strokes));
  return {
    state: "known",
    filed: cell.count,
    judged: assessedCount,
    parts: parts.filter(({ count }) => count > 0),
    low: { share: confirmedShare, strokes: strokesOf(["accepted"]) },
    high: { share: confirmedOrSilentShare, strokes: strokesOf(["accepted", "silent"]) },
  };
}

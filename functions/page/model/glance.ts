import { type JudgedOutcome, judgedOutcomes, judgedParts } from "#shared/domain/statistics/band.ts";
import { toThreeDecimals } from "#shared/domain/statistics/share.ts";
import { sum } from "#shared/domain/statistics/sum.ts";
import type { DerivedCell } from "#shared/domain/statistics/table-figures.ts";
import type { Share, Strokes } from "../drawings/drawn.ts";
import { strokesOfHundred } from "../drawings/hundred.ts";

/** A share with its whole number of a hundred, which is the same wherever the share stands. */
export type OfHundred = Share;

/** One outcome with its published number, and the strokes that are drawn for it. */
export type GlancePart = OfHundred & { kind: Strokes[number]["kind"]; outcome: JudgedOutcome; count: number };

export type Known = {
  state: "known";
  /** How many complaints were filed, and how many of them count in the shares. */
  filed: number;
  judged: number;
  parts: GlancePart[];
  /** Surely answered well, and possibly. */
  low: OfHundred;
  high: OfHundred;
};

/** How much of a cell was answered well. `too-few`: a count is published, but no share can be said. */
export type Glance = Known | { state: "too-few"; filed: number } | { state: "unpublished" };

/** The order in which strokes are drawn: the surely good first, the never answered last. */
const order: Record<JudgedOutcome, { place: number; kind: GlancePart["kind"] }> = {
  confirmed: { place: 0, kind: "accepted" },
  silent: { place: 1, kind: "silent" },
  overturned: { place: 2, kind: "not-good" },
  late: { place: 3, kind: "not-good" },
  unanswered: { place: 4, kind: "unanswered" },
};

export function glanceOf(derived: DerivedCell | undefined): Glance {
  if (!derived) return { state: "unpublished" };
  const { cell, figures } = derived;
  const counts = judgedParts(cell);
  const { judged, goodLow, goodHigh } = figures;
  if (!counts || !judged || goodLow === undefined || goodHigh === undefined)
    return { state: "too-few", filed: cell.count };
  const outcomes = judgedOutcomes.toSorted((one, other) => order[one].place - order[other].place);
  const strokes = strokesOfHundred(outcomes.map((outcome) => counts[outcome]));
  const parts = outcomes.map((outcome, n): GlancePart => {
    const count = counts[outcome];
    const { kind } = order[outcome];
    return { kind, outcome, count, share: toThreeDecimals(count / judged), strokes: strokes[n] ?? 0 };
  });
  const strokesOf = (kinds: readonly string[]) =>
    sum(parts.filter(({ kind }) => kinds.includes(kind)).map((part) => part.strokes));
  return {
    state: "known",
    filed: cell.count,
    judged,
    parts: parts.filter(({ count }) => count > 0),
    low: { share: goodLow, strokes: strokesOf(["accepted"]) },
    high: { share: goodHigh, strokes: strokesOf(["accepted", "silent"]) },
  };
}

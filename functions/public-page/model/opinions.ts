import { type CalledGroup, calledGroups } from "#functions/figures/called-citizens.ts";
import { calledFigurePrefixes, type Figures } from "#functions/figures/figures.ts";
import { sum } from "#functions/figures/share.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import { strokesOfHundred } from "./charts.ts";
import type { ShareInStrokes } from "./summary.ts";

export type CalledView = {
  group: CalledGroup;
  answers: number;
  /** The share of answers that say it was solved, 0 to 1, with its interval; missing if too few answered. */
  solved?: { share: number; from: number; to: number };
};

/** Opinions that citizens gave unasked, and answers of called citizens. */
export type OpinionsView = {
  /** How many citizens gave an opinion unasked; missing for fewer than 20. */
  answers?: number | undefined;
  /** Three shares that add up to a hundred. */
  solved?: Record<"yes" | "partly" | "no", ShareInStrokes> | undefined;
  pressured?: number | undefined;
  handling?: number | undefined;
  /** How many complaints were filed. */
  filed?: number | undefined;
  /** The share of called citizens who answered. */
  reached?: number | undefined;
  called: CalledView[];
};

export function opinionsView(derived: DerivedCell | undefined): OpinionsView {
  if (!derived) return { called: [] };
  const { figures, cell } = derived;
  const parts = cell.breakdowns?.solved;
  return {
    answers: parts && sum(Object.values(parts)),
    solved: solvedIn(derived),
    pressured: figures.pressuredShare,
    handling: figures.handlingMean,
    filed: cell.count,
    reached: figures.calledAnsweredShare,
    called: calledGroups.flatMap((group) => calledIn(figures, group) ?? []),
  };
}

/** The three shares, with whole numbers that add up to 100; undefined if a share is too uncertain to be published. */
function solvedIn({ cell, figures }: DerivedCell): OpinionsView["solved"] {
  const { solvedYesShare: yes, solvedPartlyShare: partly, solvedNoShare: no } = figures;
  if (yes === undefined || partly === undefined || no === undefined) return undefined;
  const counts = (["yes", "partly", "no"] as const).map((name) => cell.breakdowns?.solved?.[name] ?? 0);
  const [forYes = 0, forPartly = 0, forNo = 0] = strokesOfHundred(counts);
  return {
    yes: { share: yes, strokes: forYes },
    partly: { share: partly, strokes: forPartly },
    no: { share: no, strokes: forNo },
  };
}

function calledIn(figures: Figures, group: CalledGroup): CalledView | undefined {
  const name = calledFigurePrefixes[group];
  const answers = figures[`${name}Count`];
  if (answers === undefined) return undefined;
  const [share, from, to] = [
    figures[`${name}SolvedShare`],
    figures[`${name}SolvedLower`],
    figures[`${name}SolvedUpper`],
  ];
  const isPublished = share !== undefined && from !== undefined && to !== undefined;
  return { group, answers, ...(isPublished && { solved: { share, from, to } }) };
}

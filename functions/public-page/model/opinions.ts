import { type CalledGroup, calledGroups } from "#shared/domain/statistics/comparison/called-citizens.ts";
import type { Figures } from "#shared/domain/statistics/comparison/figures.ts";
import { sum } from "#shared/domain/statistics/comparison/share.ts";
import type { DerivedCell } from "#shared/domain/statistics/comparison/table-figures.ts";
import { strokesOfHundred } from "./charts.ts";
import type { ShareInStrokes } from "./glance.ts";

export type CalledView = {
  group: CalledGroup;
  answers: number;
  /** The share that says it was solved, with its interval; missing where too few answered. */
  solved?: { share: number; from: number; to: number };
};

/** What people say on their own, beside what called citizens say. */
export type OpinionsView = {
  /** How many answered on their own; missing for fewer than 20. */
  answers?: number | undefined;
  /** Three shares that add up to a hundred. */
  solved?: Record<"yes" | "partly" | "no", ShareInStrokes> | undefined;
  pressed?: number | undefined;
  handling?: number | undefined;
  /** How many complained. */
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
    pressed: figures.pressedShare,
    handling: figures.handlingMean,
    filed: cell.count,
    reached: figures.calledAnsweredShare,
    called: calledGroups.flatMap((group) => calledIn(figures, group) ?? []),
  };
}

/** Each share with the strokes that would be drawn for it; all three, or none where one is uncertain. */
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

const prefixes = { acceptors: "calledAcceptors", silent: "calledSilent", others: "calledOthers" } as const;

function calledIn(figures: Figures, group: CalledGroup): CalledView | undefined {
  const name = prefixes[group];
  const answers = figures[`${name}Answers`];
  if (answers === undefined) return undefined;
  const [share, from, to] = [figures[`${name}Solved`], figures[`${name}SolvedFrom`], figures[`${name}SolvedTo`]];
  const isSaid = share !== undefined && from !== undefined && to !== undefined;
  return { group, answers, ...(isSaid && { solved: { share, from, to } }) };
}

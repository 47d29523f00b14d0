import { type CalledGroup, calledGroups } from "#shared/domain/statistics/called.ts";
import type { Figures } from "#shared/domain/statistics/figures.ts";
import { shownParts, sumOf } from "#shared/domain/statistics/shown-part.ts";
import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import { strokesOfHundred } from "../drawings/hundred.ts";
import type { OfHundred } from "./glance.ts";

export type CalledView = {
  group: CalledGroup;
  answers: number;
  leftOut: number;
  /** The share that says it was solved, and between which shares it lies; left out under ten answers. */
  solved?: { share: number; from: number; to: number };
};

/** What people say who were not asked, beside what those say who were called. */
export type OpinionsView = {
  /** How many answered of their own accord, where that can be read. */
  answers?: number | undefined;
  /** Three shares that add up to a hundred, where all of them are told. */
  yes?: OfHundred | undefined;
  partly?: OfHundred | undefined;
  no?: OfHundred | undefined;
  pressed?: number | undefined;
  handling?: { low: number; high: number } | undefined;
  /** How many complained, of whom those are, and of those who were rung the share who answered; where it is told. */
  filed?: number | undefined;
  reached?: number | undefined;
  called: CalledView[];
};

export function opinionsOf(told: ToldCell | undefined): OpinionsView {
  const { figures = {}, cell = undefined } = told ?? {};
  const answers = cell && sumOf(shownParts(cell, "solved"));
  const { handlingLow, handlingHigh } = figures;
  return {
    answers: answers || undefined,
    ...(told && solvedIn(told)),
    pressed: figures.pressedShare,
    handling:
      handlingLow === undefined || handlingHigh === undefined ? undefined : { low: handlingLow, high: handlingHigh },
    filed: typeof cell?.all === "number" ? cell.all : undefined,
    reached: figures.calledAnsweredShare,
    called: calledGroups.flatMap((group) => calledIn(figures, group) ?? []),
  };
}

const solvedFigures = { yes: "solvedYesShare", partly: "solvedPartlyShare", no: "solvedNoShare" } as const;

/** Each as the strokes that would stand for it. */
function solvedIn({ cell, figures }: ToldCell): Partial<Record<keyof typeof solvedFigures, OfHundred>> {
  const parts = shownParts(cell, "solved");
  const strokes = strokesOfHundred(parts.map(({ shown }) => shown));
  const told = Object.entries(solvedFigures).flatMap(([name, figure]) => {
    const share = figures[figure];
    const own = strokes[parts.findIndex(({ classes }) => classes.join() === name)];
    return share === undefined || own === undefined ? [] : [[name, { share, strokes: own }] as const];
  });
  return Object.fromEntries(told);
}

const prefixes = { acceptors: "calledAcceptors", silent: "calledSilent", others: "calledOthers" } as const;

function calledIn(figures: Figures, group: CalledGroup): CalledView | undefined {
  const name = prefixes[group];
  const answers = figures[`${name}Answers`];
  if (answers === undefined) return undefined;
  const [share, from, to] = [figures[`${name}Solved`], figures[`${name}SolvedFrom`], figures[`${name}SolvedTo`]];
  const isTold = share !== undefined && from !== undefined && to !== undefined;
  return { group, answers, leftOut: figures[`${name}LeftOut`] ?? 0, ...(isTold && { solved: { share, from, to } }) };
}

import * as z from "zod";
import { fewestCompared } from "../policy-numbers.ts";
import { bandOf, judgedParts } from "./band.ts";
import { timeEdges } from "./breakdown.ts";
import { type CalledGroup, calledEstimate, calledGroups, calledShare, type SampledAgency } from "./called.ts";
import { Class, type Standing } from "./comparison.ts";
import { Flag, flaggedShare, flagsOf } from "./flags.ts";
import type { PeriodKind } from "./period.ts";
import type { Parts, PublishedCell } from "./published.ts";
import { type Share, sayable, shareIn, shareOf, toThreeDecimals } from "./share.ts";
import { sum } from "./sum.ts";
import { dimensionsOf, type Table } from "./table.ts";
import { Signal } from "./trend.ts";

const Rate = z.number().min(0).max(1).optional();
const Measured = z.number().optional();
const Count = z.int().min(0).optional();
/** The upper edge of a class of times, such as `PT3H`; `longer`, or `unanswered`. */
const Time = z.string().optional();

/** Everything derived from a published cell. A figure that cannot be said, since too few complaints are published, is missing. */
export const Figures = z.object({
  judged: Count,
  goodLow: Rate,
  goodLowFrom: Rate,
  goodHigh: Rate,
  goodHighTo: Rate,
  officeWithin1h: Rate,
  officeWithin3h: Rate,
  officeWithin24h: Rate,
  officeWithin48h: Rate,
  officeMedian: Time,
  officeP90: Time,
  elapsedWithin1h: Rate,
  elapsedWithin3h: Rate,
  elapsedWithin24h: Rate,
  elapsedWithin48h: Rate,
  elapsedMedian: Time,
  elapsedP90: Time,
  foundedShare: Rate,
  withdrawnShare: Rate,
  extendedShare: Rate,
  transferredOutShare: Rate,
  quickAcceptanceShare: Rate,
  solvedYesShare: Rate,
  solvedPartlyShare: Rate,
  solvedNoShare: Rate,
  handlingMean: Measured,
  pressedShare: Rate,
  calledAnsweredShare: Rate,
  calledAcceptorsAnswers: Count,
  calledAcceptorsSolved: Rate,
  calledAcceptorsSolvedFrom: Rate,
  calledAcceptorsSolvedTo: Rate,
  calledSilentAnswers: Count,
  calledSilentSolved: Rate,
  calledSilentSolvedFrom: Rate,
  calledSilentSolvedTo: Rate,
  calledOthersAnswers: Count,
  calledOthersSolved: Rate,
  calledOthersSolvedFrom: Rate,
  calledOthersSolvedTo: Rate,
  flags: z.array(Flag).optional(),
  class: Class.optional(),
  comparedWith: z.enum(["peer-group", "province"]).optional(),
  funnelDistance: Measured,
  funnelSide: z.enum(["better", "worse"]).optional(),
  retaliations: Count,
  trendMean: Measured,
  trendLower: Measured,
  trendUpper: Measured,
  trendSignals: z.array(Signal).optional(),
});
export type Figures = z.infer<typeof Figures>;
export type FigureName = keyof Figures;

type Place = { table: Table; kind: PeriodKind };
const isBrokenDown = ({ table }: Place) => dimensionsOf[table].length < 2;
const isFull = (place: Place) => isBrokenDown(place) && place.kind !== "month";
const isByAgency = (place: Place) => isFull(place) && (place.table === "total" || place.table === "agency");
const isCompared = ({ table, kind }: Place) => table === "agency" && kind === "four-quarters";

const estimate = <G extends "Acceptors" | "Silent" | "Others">(group: G) =>
  (["Answers", "Solved", "SolvedFrom", "SolvedTo"] as const).map((what) => `called${group}${what}` as const);
const times = <C extends "office" | "elapsed">(clock: C) =>
  (["Within1h", "Within3h", "Within24h", "Within48h", "Median", "P90"] as const).map(
    (what) => `${clock}${what}` as const,
  );

type FamilyOf = { figures: readonly FigureName[]; isIn: (place: Place) => boolean };
/** Figures that are derived alike, and the tables that have them. */
export const figureFamilies = {
  band: { figures: ["judged", "goodLow", "goodLowFrom", "goodHigh", "goodHighTo"], isIn: isBrokenDown },
  times: { figures: [...times("office"), ...times("elapsed")], isIn: isFull },
  findings: { figures: ["foundedShare"], isIn: isFull },
  conduct: { figures: ["withdrawnShare", "extendedShare", "quickAcceptanceShare"], isIn: isFull },
  transfers: { figures: ["transferredOutShare"], isIn: isByAgency },
  opinions: {
    figures: ["solvedYesShare", "solvedPartlyShare", "solvedNoShare", "handlingMean", "pressedShare"],
    isIn: isFull,
  },
  reached: { figures: ["calledAnsweredShare"], isIn: isByAgency },
  called: { figures: [...estimate("Acceptors"), ...estimate("Silent"), ...estimate("Others")], isIn: isByAgency },
  flags: { figures: ["flags"], isIn: (place) => place.table === "agency" },
  comparison: { figures: ["class", "comparedWith", "funnelDistance", "funnelSide"], isIn: isCompared },
  retaliations: { figures: ["retaliations"], isIn: ({ table, kind }) => table === "total" && kind === "four-quarters" },
  trend: {
    figures: ["trendMean", "trendLower", "trendUpper", "trendSignals"],
    isIn: ({ table, kind }) => table === "total" && kind === "month",
  },
} satisfies Record<string, FamilyOf>;
export type FigureFamily = keyof typeof figureFamilies;

/** The figures that a table has, in the order of its columns. */
export function figuresIn(place: Place): FigureName[] {
  const families: FamilyOf[] = Object.values(figureFamilies);
  return families.filter(({ isIn }) => isIn(place)).flatMap(({ figures }) => figures);
}

/** The published cells beside which a cell is read. */
export type Beside = {
  /** For an agency: the province in the same period. */
  province?: PublishedCell | undefined;
  /** For the province: the agencies of which only a part of the citizens is called. */
  sampled?: readonly SampledAgency[] | undefined;
  standing?: Standing | undefined;
};

/** Everything derived from a published cell, from published numbers alone. */
export function figuresOf(cell: PublishedCell, { province, sampled, standing }: Beside = {}): Figures {
  const { low, high } = bandOf(cell);
  const share = (one: Share | undefined) => one && toThreeDecimals(one.share);
  const flagged = (flag: Flag) => share(flaggedShare(cell, flag));
  const said = {
    judged: sum(Object.values(judgedParts(cell) ?? {})) || undefined,
    goodLow: share(low),
    goodLowFrom: low && toThreeDecimals(low.from),
    goodHigh: share(high),
    goodHighTo: high && toThreeDecimals(high.to),
    ...timesOf("office", cell.breakdowns?.["time-office"]),
    ...timesOf("elapsed", cell.breakdowns?.["time-elapsed"]),
    foundedShare: share(shareIn(cell, "finding", ["founded"])),
    withdrawnShare: flagged("withdrawn"),
    extendedShare: flagged("extended"),
    transferredOutShare: flagged("transferred-out"),
    quickAcceptanceShare: flagged("quick-acceptance"),
    solvedYesShare: share(shareIn(cell, "solved", ["yes"])),
    solvedPartlyShare: share(shareIn(cell, "solved", ["partly"])),
    solvedNoShare: share(shareIn(cell, "solved", ["no"])),
    handlingMean: meanMark(cell.breakdowns?.handling),
    pressedShare: flagged("pressed"),
    calledAnsweredShare: share(shareIn(cell, "called-outcome", ["answered"])),
    ...Object.assign({}, ...calledGroups.map((group) => calledFigures(cell, { group, sampled }))),
    flags: province && flagsOf(cell, province),
    ...standing,
    retaliations: cell.retaliations,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** Shares answered within each edge, and the edges by which half and nine of ten are answered; the unanswered are longest. */
function timesOf(clock: "office" | "elapsed", parts: Parts | undefined): Figures {
  if (!parts) return {};
  const edges = Object.keys(parts);
  const within = timeEdges.map(([edge], n): [string, number | undefined] => {
    const share = sayable(shareOf(parts, edges.slice(0, n + 1)));
    return [`${clock}Within${edge.slice(2).toLowerCase()}`, share && toThreeDecimals(share.share)];
  });
  const all = sum(Object.values(parts));
  const edgeAt = (share: number) =>
    edges.find((_, n) => sum(edges.slice(0, n + 1).map((edge) => parts[edge] ?? 0)) >= share * all);
  return {
    ...Object.fromEntries(within),
    ...(all >= fewestCompared && { [`${clock}Median`]: edgeAt(0.5), [`${clock}P90`]: edgeAt(0.9) }),
  };
}

/** The mean mark for the handling, 1 to 5. */
function meanMark(parts: Parts | undefined): number | undefined {
  const all = sum(Object.values(parts ?? {}));
  if (!parts || all < fewestCompared) return undefined;
  return toThreeDecimals(sum(Object.entries(parts).map(([mark, n]) => Number(mark) * n)) / all);
}

const prefixes = { acceptors: "calledAcceptors", silent: "calledSilent", others: "calledOthers" } as const;

function calledFigures(cell: PublishedCell, { group, sampled }: { group: CalledGroup; sampled: Beside["sampled"] }) {
  const parts = cell.breakdowns?.[`called-${group}-solved`];
  if (!parts) return {};
  const share = sampled ? calledEstimate(cell, { group, agencies: sampled }) : calledShare(cell, group);
  const name = prefixes[group];
  return {
    [`${name}Answers`]: sum(Object.values(parts)),
    ...(share && {
      [`${name}Solved`]: toThreeDecimals(share.share),
      [`${name}SolvedFrom`]: toThreeDecimals(share.from),
      [`${name}SolvedTo`]: toThreeDecimals(share.to),
    }),
  };
}

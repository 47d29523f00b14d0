import * as z from "zod";
import { fewestCompared } from "#shared/policy-numbers.ts";
import type { PeriodKind } from "#shared/time/period.ts";
import { type CalledGroup, calledEstimate, calledGroups, calledShare, type SampledAgency } from "./called-citizens.ts";
import { ComparisonClass, type ComparisonResult, Flag, flaggedShare, flagsOf } from "./comparison.ts";
import type { ClassCounts, PublishedCell } from "./publication.ts";
import {
  judgedCounts,
  publishableShare,
  type Share,
  shareBandOf,
  shareIn,
  shareOf,
  sum,
  toThreeDecimals,
} from "./share.ts";
import { dimensionsOf, type Table, timeLimits } from "./tables.ts";
import { TrendSignal } from "./trend.ts";

const Rate = z.number().min(0).max(1).optional();
const Measured = z.number().optional();
const Count = z.int().min(0).optional();
/** The name of a class of the time to answer: `PT3H`, for example, or `longer` or `unanswered`. */
const Time = z.string().optional();

/**
 * The figures that are derived from a published cell. A figure is missing if the cell has too few complaints for it.
 */
export const Figures = z.object({
  assessedCount: Count,
  confirmedShare: Rate,
  confirmedShareLower: Rate,
  confirmedOrSilentShare: Rate,
  confirmedOrSilentShareUpper: Rate,
  officeHoursWithin1h: Rate,
  officeHoursWithin3h: Rate,
  officeHoursWithin24h: Rate,
  officeHoursWithin48h: Rate,
  officeHoursMedian: Time,
  officeHoursP90: Time,
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
  pressuredShare: Rate,
  calledAnsweredShare: Rate,
  calledAcceptedCount: Count,
  calledAcceptedSolvedShare: Rate,
  calledAcceptedSolvedLower: Rate,
  calledAcceptedSolvedUpper: Rate,
  calledSilentCount: Count,
  calledSilentSolvedShare: Rate,
  calledSilentSolvedLower: Rate,
  calledSilentSolvedUpper: Rate,
  calledOtherCount: Count,
  calledOtherSolvedShare: Rate,
  calledOtherSolvedLower: Rate,
  calledOtherSolvedUpper: Rate,
  flags: z.array(Flag).optional(),
  comparisonClass: ComparisonClass.optional(),
  comparedWith: z.enum(["peer-group", "province"]).optional(),
  comparisonDistance: Measured,
  comparisonSide: z.enum(["better", "worse"]).optional(),
  retaliationReports: Count,
  trendMean: Measured,
  trendLower: Measured,
  trendUpper: Measured,
  trendSignals: z.array(TrendSignal).optional(),
});
export type Figures = z.infer<typeof Figures>;
export type FigureName = keyof Figures;

type TableAndKind = { table: Table; kind: PeriodKind };
const hasBreakdowns = ({ table }: TableAndKind) => dimensionsOf[table].length < 2;
const hasAllBreakdowns = (place: TableAndKind) => hasBreakdowns(place) && place.kind !== "month";
const isByAgency = (place: TableAndKind) =>
  hasAllBreakdowns(place) && (place.table === "total" || place.table === "agency");
const isCompared = ({ table, kind }: TableAndKind) => table === "agency" && kind === "four-quarters";

const calledFigureNames = <G extends "Accepted" | "Silent" | "Other">(group: G) =>
  (["Count", "SolvedShare", "SolvedLower", "SolvedUpper"] as const).map((what) => `called${group}${what}` as const);
const timeFigureNames = <C extends "officeHours" | "elapsed">(clock: C) =>
  (["Within1h", "Within3h", "Within24h", "Within48h", "Median", "P90"] as const).map(
    (what) => `${clock}${what}` as const,
  );

type FigureFamilyRule = { figures: readonly FigureName[]; isIn: (place: TableAndKind) => boolean };
/** Figures that are derived together. `isIn`: whether a table of a kind of period has them. */
export const figureFamilies = {
  band: {
    figures: [
      "assessedCount",
      "confirmedShare",
      "confirmedShareLower",
      "confirmedOrSilentShare",
      "confirmedOrSilentShareUpper",
    ],
    isIn: hasBreakdowns,
  },
  times: { figures: [...timeFigureNames("officeHours"), ...timeFigureNames("elapsed")], isIn: hasAllBreakdowns },
  findings: { figures: ["foundedShare"], isIn: hasAllBreakdowns },
  conduct: { figures: ["withdrawnShare", "extendedShare", "quickAcceptanceShare"], isIn: hasAllBreakdowns },
  transfers: { figures: ["transferredOutShare"], isIn: isByAgency },
  opinions: {
    figures: ["solvedYesShare", "solvedPartlyShare", "solvedNoShare", "handlingMean", "pressuredShare"],
    isIn: hasAllBreakdowns,
  },
  reached: { figures: ["calledAnsweredShare"], isIn: isByAgency },
  called: {
    figures: [...calledFigureNames("Accepted"), ...calledFigureNames("Silent"), ...calledFigureNames("Other")],
    isIn: isByAgency,
  },
  flags: { figures: ["flags"], isIn: (place) => place.table === "agency" },
  comparison: {
    figures: ["comparisonClass", "comparedWith", "comparisonDistance", "comparisonSide"],
    isIn: isCompared,
  },
  retaliationReports: {
    figures: ["retaliationReports"],
    isIn: ({ table, kind }) => table === "total" && kind === "four-quarters",
  },
  trend: {
    figures: ["trendMean", "trendLower", "trendUpper", "trendSignals"],
    isIn: ({ table, kind }) => table === "total" && kind === "month",
  },
} satisfies Record<string, FigureFamilyRule>;
export type FigureFamily = keyof typeof figureFamilies;

/** Returns the names of the figures of a table, in the order of its columns. */
export function figureNamesIn(place: TableAndKind): FigureName[] {
  const families: FigureFamilyRule[] = Object.values(figureFamilies);
  return families.filter(({ isIn }) => isIn(place)).flatMap(({ figures }) => figures);
}

/** The other published numbers that the figures of a cell need. */
type FigureContext = {
  /** Only for an agency: the province's cell in the same period. */
  province?: PublishedCell | undefined;
  /** Only for the province: the agencies with a sample of called citizens. */
  sampled?: readonly SampledAgency[] | undefined;
  /** Only for an agency in four quarters. */
  comparison?: ComparisonResult | undefined;
};

/** Derives the figures of a published cell. Uses only published numbers, so figures reveal no more than these do. */
export function figuresOf(cell: PublishedCell, { province, sampled, comparison }: FigureContext = {}): Figures {
  const { low, high } = shareBandOf(cell);
  const rounded = (share: Share | undefined) => share && toThreeDecimals(share.share);
  const flagged = (flag: Flag) => rounded(flaggedShare(cell, flag));
  const figures = {
    assessedCount: sum(Object.values(judgedCounts(cell) ?? {})) || undefined,
    confirmedShare: rounded(low),
    confirmedShareLower: low && toThreeDecimals(low.from),
    confirmedOrSilentShare: rounded(high),
    confirmedOrSilentShareUpper: high && toThreeDecimals(high.to),
    ...timeFigures("officeHours", cell.breakdowns?.["time-office-hours"]),
    ...timeFigures("elapsed", cell.breakdowns?.["time-elapsed"]),
    foundedShare: rounded(shareIn(cell, "finding", ["founded"])),
    withdrawnShare: flagged("withdrawn"),
    extendedShare: flagged("extended"),
    transferredOutShare: flagged("transferred-out"),
    quickAcceptanceShare: flagged("quick-acceptance"),
    solvedYesShare: rounded(shareIn(cell, "solved", ["yes"])),
    solvedPartlyShare: rounded(shareIn(cell, "solved", ["partly"])),
    solvedNoShare: rounded(shareIn(cell, "solved", ["no"])),
    handlingMean: meanHandling(cell.breakdowns?.handling),
    pressuredShare: flagged("pressured"),
    calledAnsweredShare: rounded(shareIn(cell, "called-outcome", ["answered"])),
    ...Object.assign({}, ...calledGroups.map((group) => calledFigures(cell, { group, sampled }))),
    flags: province && flagsOf(cell, province),
    ...comparison,
    retaliationReports: cell.retaliationReports,
  };
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}

/**
 * Returns the shares of complaints that were answered within each time limit. `Median` and `P90` are the first classes
 * up to which 50 % and 90 % of the complaints lie. Unanswered complaints count as the longest times.
 */
function timeFigures(clock: "officeHours" | "elapsed", counts: ClassCounts | undefined): Figures {
  if (!counts) return {};
  const classes = Object.keys(counts);
  const within = timeLimits.map(([limit], n): [string, number | undefined] => {
    const share = publishableShare(shareOf(counts, classes.slice(0, n + 1)));
    return [`${clock}Within${limit.slice(2).toLowerCase()}`, share && toThreeDecimals(share.share)];
  });
  const all = sum(Object.values(counts));
  const classAt = (share: number) =>
    classes.find((_, n) => sum(classes.slice(0, n + 1).map((name) => counts[name] ?? 0)) >= share * all);
  return {
    ...Object.fromEntries(within),
    ...(all >= fewestCompared && { [`${clock}Median`]: classAt(0.5), [`${clock}P90`]: classAt(0.9) }),
  };
}

/** Returns the citizens' mean mark for the handling, from 1 (bad) to 5 (good); undefined if too few gave one. */
function meanHandling(counts: ClassCounts | undefined): number | undefined {
  const all = sum(Object.values(counts ?? {}));
  if (!counts || all < fewestCompared) return undefined;
  return toThreeDecimals(sum(Object.entries(counts).map(([mark, n]) => Number(mark) * n)) / all);
}

/** How the names of the figures of each group of called citizens begin. */
export const calledFigurePrefixes = {
  accepted: "calledAccepted",
  silent: "calledSilent",
  other: "calledOther",
} as const;

function calledFigures(
  cell: PublishedCell,
  { group, sampled }: { group: CalledGroup; sampled: FigureContext["sampled"] },
) {
  const counts = cell.breakdowns?.[`called-${group}-solved`];
  if (!counts) return {};
  const share = sampled ? calledEstimate(cell, { group, agencies: sampled }) : calledShare(cell, group);
  const name = calledFigurePrefixes[group];
  return {
    [`${name}Count`]: sum(Object.values(counts)),
    ...(share && {
      [`${name}SolvedShare`]: toThreeDecimals(share.share),
      [`${name}SolvedLower`]: toThreeDecimals(share.from),
      [`${name}SolvedUpper`]: toThreeDecimals(share.to),
    }),
  };
}

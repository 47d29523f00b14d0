import type { FigureName } from "./figures.ts";
import type { Period } from "./period.ts";
import { dimensionsOf, type Table } from "./table.ts";

type Place = { table: Table; kind: Period["kind"] };
type FamilyOf = { figures: readonly FigureName[]; isIn: (place: Place) => boolean };

const isOneWay = ({ table }: Place) => dimensionsOf[table].length < 2;
const isAsked = (place: Place) => isOneWay(place) && place.kind !== "month";
const isCalled = (place: Place) => isAsked(place) && (place.table === "total" || place.table === "agency");
const isCompared = ({ table, kind }: Place) => table === "agency" && kind === "four-quarters";
const estimate = <G extends "Acceptors" | "Silent" | "Others">(group: G) =>
  (["Answers", "LeftOut", "Solved", "SolvedFrom", "SolvedTo"] as const).map((what) => `called${group}${what}` as const);
const times = <C extends "office" | "elapsed">(clock: C) =>
  (["Within1h", "Within3h", "Within24h", "Within48h", "Median", "P90"] as const).map(
    (what) => `${clock}${what}` as const,
  );

/** Figures that are made in one way, and the tables that have them. */
export const figureFamilies = {
  band: { figures: ["counted", "goodLow", "goodHigh"], isIn: isOneWay },
  "band-middle": { figures: ["goodMid"], isIn: isCalled },
  times: { figures: [...times("office"), ...times("elapsed")], isIn: isOneWay },
  findings: { figures: ["foundedShare"], isIn: isOneWay },
  conduct: {
    figures: ["withdrawnShare", "extendedShare", "passedOnShare", "quickAcceptanceShare"],
    isIn: isOneWay,
  },
  opinions: {
    figures: ["solvedYesShare", "solvedPartlyShare", "solvedNoShare", "handlingLow", "handlingHigh", "pressedShare"],
    isIn: isAsked,
  },
  reached: { figures: ["calledAnsweredShare"], isIn: isCalled },
  called: { figures: [...estimate("Acceptors"), ...estimate("Silent"), ...estimate("Others")], isIn: isCalled },
  flags: { figures: ["flags"], isIn: ({ table }) => table === "agency" },
  comparison: {
    figures: ["class", "comparedWith", "funnelDistance", "funnelSide"],
    isIn: isCompared,
  },
  evidence: { figures: ["evidence"], isIn: isCompared },
  retaliations: { figures: ["retaliations"], isIn: ({ table, kind }) => table === "total" && kind === "year" },
  trend: {
    figures: ["trendMean", "trendLower", "trendUpper", "trendSignals"],
    isIn: ({ table, kind }) => table === "total" && kind === "month",
  },
} satisfies Record<string, FamilyOf>;
export type FigureFamily = keyof typeof figureFamilies;

/** The figures that a table has. */
export function figuresIn(place: Place): FigureName[] {
  const families: FamilyOf[] = Object.values(figureFamilies);
  return families.filter(({ isIn }) => isIn(place)).flatMap(({ figures }) => figures);
}

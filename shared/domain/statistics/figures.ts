import * as z from "zod";
import { Flag } from "./flags.ts";
import { StandingClass } from "./standing.ts";
import { Signal } from "./trend.ts";

const Rate = z.number().min(0).max(1).optional();
const Measured = z.number().optional();
const Count = z.int().min(0).optional();
/** The upper edge of a bin of times; later than all of them; or never answered. */
const Time = z.string().optional();

/** All that is said of a published cell, beside its count and its parts; what cannot be said is left out. */
export const Figures = z.object({
  counted: Count,
  goodLow: Rate,
  goodMid: Rate,
  goodHigh: Rate,
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
  passedOnShare: Rate,
  quickAcceptanceShare: Rate,
  solvedYesShare: Rate,
  solvedPartlyShare: Rate,
  solvedNoShare: Rate,
  handlingLow: Measured,
  handlingHigh: Measured,
  pressedShare: Rate,
  calledAnsweredShare: Rate,
  calledAcceptorsAnswers: Count,
  calledAcceptorsLeftOut: Count,
  calledAcceptorsSolved: Rate,
  calledAcceptorsSolvedFrom: Rate,
  calledAcceptorsSolvedTo: Rate,
  calledSilentAnswers: Count,
  calledSilentLeftOut: Count,
  calledSilentSolved: Rate,
  calledSilentSolvedFrom: Rate,
  calledSilentSolvedTo: Rate,
  calledOthersAnswers: Count,
  calledOthersLeftOut: Count,
  calledOthersSolved: Rate,
  calledOthersSolvedFrom: Rate,
  calledOthersSolvedTo: Rate,
  flags: z.array(Flag).optional(),
  class: StandingClass.optional(),
  comparedWith: z.enum(["peer-group", "province"]).optional(),
  funnelDistance: Measured,
  funnelSide: z.enum(["better", "worse"]).optional(),
  evidence: Rate,
  retaliations: z.union([z.int(), z.literal("<10")]).optional(),
  trendMean: Measured,
  trendLower: Measured,
  trendUpper: Measured,
  trendSignals: z.array(Signal).optional(),
});
export type Figures = z.infer<typeof Figures>;
export type FigureName = keyof Figures;

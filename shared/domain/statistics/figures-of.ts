import { answerTimes } from "./answer-times.ts";
import { type CalledAgency, type CalledGroup, calledEstimate, calledGroups, type Estimate } from "./called.ts";
import type { Figures } from "./figures.ts";
import { flaggedShare, flagsOf } from "./flags.ts";
import { opinionsIn } from "./opinions.ts";
import { bandOf } from "./outcome-band.ts";
import type { PublishedCell } from "./published.ts";
import { fewestFor, shareIn, shownParts } from "./shown-part.ts";
import type { Standing } from "./standing.ts";

/** What a cell is read together with, all of it published too. */
export type Beside = {
  /** The agencies that called estimates are made of; left out in tables that have none. */
  called?: readonly CalledAgency[] | undefined;
  /** The same period's province, of an agency. */
  province?: PublishedCell | undefined;
  standing?: Standing | undefined;
};

/** What is said of a cell, from what is published alone. */
export function figuresOf(cell: PublishedCell, { called, province, standing }: Beside = {}): Figures {
  const passedOnShare = flaggedShare(cell, "passed-on");
  const flags = province && flagsOf(cell, province);
  if (typeof cell.all === "string")
    return { ...(passedOnShare !== undefined && { passedOnShare, flags }), ...standing };
  const estimates = Object.fromEntries(
    calledGroups.map((group) => [group, called && calledEstimate(called, { group, whole: cell })]),
  ) as Record<CalledGroup, Estimate | undefined>;
  return {
    ...bandOf(cell, estimates.silent?.solved),
    ...named("office", answerTimes(cell, "office")),
    ...named("elapsed", answerTimes(cell, "elapsed")),
    foundedShare: shareIn(shownParts(cell, "finding"), "founded", fewestFor.rates),
    withdrawnShare: flaggedShare(cell, "withdrawn"),
    extendedShare: flaggedShare(cell, "extended"),
    passedOnShare,
    quickAcceptanceShare: flaggedShare(cell, "quick-acceptance"),
    ...opinionsIn(cell),
    calledAnsweredShare: shareIn(shownParts(cell, "called-outcome"), "answered", fewestFor.opinions),
    ...named("calledAcceptors", estimates.acceptors),
    ...named("calledSilent", estimates.silent),
    ...named("calledOthers", estimates.others),
    ...(flags && { flags }),
    ...standing,
    retaliations: cell.retaliations,
  };
}

/** The same values, each under its name with a word before it: `median` is `officeMedian`. */
function named(word: string, values: object | undefined): Figures {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [word + name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

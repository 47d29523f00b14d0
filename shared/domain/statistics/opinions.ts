import type { PublishedCell } from "./published.ts";
import { fewestFor, rounded, shareIn, shownParts, sumOf } from "./shown-part.ts";

export type Opinions = {
  solvedYesShare?: number | undefined;
  solvedPartlyShare?: number | undefined;
  solvedNoShare?: number | undefined;
  handlingLow?: number | undefined;
  handlingHigh?: number | undefined;
  pressedShare?: number | undefined;
};

/** What people say who were not asked. Those who were called are told apart, and never mixed with them. */
export function opinionsIn(cell: PublishedCell): Opinions {
  const solved = shownParts(cell, "solved");
  const share = (name: string) => shareIn(solved, name, fewestFor.opinions);
  const [handlingLow, handlingHigh] = handlingIn(cell);
  return {
    solvedYesShare: share("yes"),
    solvedPartlyShare: share("partly"),
    solvedNoShare: share("no"),
    handlingLow,
    handlingHigh,
    pressedShare: shareIn(shownParts(cell, "pressed"), "pressed", fewestFor.opinions),
  };
}

/** Between which numbers the mean lies: marks that are told as one are taken for their lowest, and for their highest. */
function handlingIn(cell: PublishedCell): number[] {
  const parts = shownParts(cell, "handling");
  if (sumOf(parts) < fewestFor.opinions) return [];
  return [Math.min, Math.max].map((one) => {
    const sum = parts.reduce((total, { classes, shown }) => total + shown * one(...classes.map(Number)), 0);
    return rounded(sum / sumOf(parts));
  });
}

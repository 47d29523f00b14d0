import type { Share } from "./comparison.ts";
import type { PublishedCell } from "./published.ts";
import { aloneIn, fewestFor, mostHidden, rangeIn, rounded, type ShownPart, shownParts, sumOf } from "./shown-part.ts";

/** Classes that are in no rate. */
export const beside: readonly string[] = ["pending", "apart"];
/** Classes of what went wrong. */
const wrong = ["D", "N", "L"];
const has = ({ classes }: ShownPart, names: readonly string[]) => classes.some((one) => names.includes(one));

type Outcomes = {
  /** All that is counted. */
  all: number;
  /** Answered in time, and accepted or upheld; undefined where it is told together with others. */
  good: number | undefined;
  /** The same together with those who are silent; undefined where what went wrong, or far more that is in no rate, is told with them. */
  goodAtBest: number | undefined;
};

/**
 * The parts that are counted: all but those made of classes alone that are in no rate, and no more of the others than may
 * be in one, or who files and withdraws about an agency would lower what it is told to do well.
 */
export const countedParts = (cell: PublishedCell) => shownParts(cell, "outcome").filter(isCounted).map(mostCounted);

const isCounted = ({ classes }: Pick<ShownPart, "classes">) => !classes.every((one) => beside.includes(one));

/** Of a part that is mostly in no rate few are in one, on either side of the class that most are in. */
function mostCounted(part: ShownPart): ShownPart {
  const { classes, shown, mostly } = part;
  if (mostly === undefined || !beside.includes(mostly)) return part;
  const place = classes.indexOf(mostly);
  const sides = [classes.slice(0, place), classes.slice(place + 1)].filter((side) => isCounted({ classes: side }));
  return { ...part, shown: Math.min(shown, sides.length * mostHidden) };
}

/** Only the class that ends a part, or that it mostly is, may be many. */
function isMostlyBeside(part: ShownPart): boolean {
  const { classes, mostly } = part;
  if (!has(part, beside)) return false;
  return mostly === undefined ? classes.at(-1) !== "U" : beside.includes(mostly);
}

function outcomesIn(cell: PublishedCell): Outcomes {
  const parts = countedParts(cell);
  const isClear = parts.every(
    (part) => !isMostlyBeside(part) && (!has(part, wrong) || part.classes.every((one) => wrong.includes(one))),
  );
  const atBest = parts.filter((part) => has(part, ["U", "G"]));
  return { all: sumOf(parts), good: aloneIn(parts, "G"), goodAtBest: isClear ? sumOf(atBest) : undefined };
}

/** What agencies are compared by; undefined where there are too few, or what went well is not told alone. */
export function goodShare(cell: PublishedCell): Share | undefined {
  const { all, good } = outcomesIn(cell);
  return all < fewestFor.rates || good === undefined ? undefined : { good, all };
}

/** The least and the most that may have gone well, where it, or what went wrong, is told together with others. */
export function goodShares(cell: PublishedCell): { least: Share; most: Share } | undefined {
  const parts = countedParts(cell);
  const [all, good] = [sumOf(parts), rangeIn(parts, "G")];
  if (!good || all < fewestFor.rates) return undefined;
  const counted = parts.filter((part) => !isMostlyBeside(part));
  const isGoodBeside = !counted.some((part) => has(part, ["G"]));
  const fewest = sumOf(counted) + (isGoodBeside ? good.most : 0);
  return { least: { good: good.least, all }, most: { good: good.most, all: fewest } };
}

export type Band = { counted?: number; goodLow?: number; goodHigh?: number; goodMid?: number };

/**
 * How much went well: a band, since of those who are silent nobody knows. `solved`: the share of called silent citizens
 * who say that it was solved, from which the middle is taken.
 */
export function bandOf(cell: PublishedCell, solved: number | undefined): Band {
  const { all, good, goodAtBest } = outcomesIn(cell);
  if (all === 0) return {};
  if (all < fewestFor.rates) return { counted: all };
  const [low, high] = [good, goodAtBest].map((one) => (one === undefined ? undefined : one / all));
  const mid = low === undefined || high === undefined || solved === undefined ? undefined : low + solved * (high - low);
  return {
    counted: all,
    ...(low !== undefined && { goodLow: rounded(low) }),
    ...(high !== undefined && { goodHigh: rounded(high) }),
    ...(mid !== undefined && { goodMid: rounded(mid) }),
  };
}

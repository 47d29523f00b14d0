import type { Share } from "./comparison.ts";
import type { PublishedCell } from "./published.ts";
import { aloneIn, fewestFor, rangeIn, rounded, type ShownPart, shownParts, sumOf } from "./shown-part.ts";

/** Classes that are in no rate, and those that went wrong. */
const beside = ["pending", "apart"];
const wrong = ["D", "N", "L"];
const has = ({ classes }: ShownPart, names: readonly string[]) => classes.some((one) => names.includes(one));

type Outcomes = {
  /** All that is counted: the parts, but those made of `pending` and `apart` alone. */
  all: number;
  /** Answered in time, and accepted or upheld; undefined where it is told together with others. */
  good: number | undefined;
  /** The same together with those who are silent; undefined where what went wrong is told with anything else. */
  goodAtBest: number | undefined;
  /** As few as may be counted: what went wrong may be told with far more that is still pending. */
  fewest: number;
};

function outcomesIn(cell: PublishedCell): Outcomes {
  const parts = shownParts(cell, "outcome").filter(({ classes }) => !classes.every((one) => beside.includes(one)));
  const atBest = parts.filter((part) => has(part, ["U", "G"]));
  const isClear = parts.every((part) => !has(part, wrong) || part.classes.every((one) => wrong.includes(one)));
  return {
    all: sumOf(parts),
    good: aloneIn(parts, "G"),
    goodAtBest: isClear ? sumOf(atBest) : undefined,
    fewest: sumOf(parts.filter((part) => !has(part, beside) || has(part, ["U", "G"]))),
  };
}

/** What agencies are compared by; undefined where there are too few, or what went well is not told alone. */
export function goodShare(cell: PublishedCell): Share | undefined {
  const { all, good } = outcomesIn(cell);
  return all < fewestFor.rates || good === undefined ? undefined : { good, all };
}

/** The least and the most that may have gone well, where it is told together with others. */
export function goodShares(cell: PublishedCell): { least: Share; most: Share } | undefined {
  const { all, fewest } = outcomesIn(cell);
  const good = rangeIn(shownParts(cell, "outcome"), "G");
  if (!good || all < fewestFor.rates) return undefined;
  return { least: { good: good.least, all }, most: { good: Math.min(good.most, fewest), all: fewest } };
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

import { leftOut } from "./partition.ts";
import type { PublishedCell } from "./published.ts";
import { fewestFor, mostHidden, rounded, type ShownPart, shownParts, sumOf } from "./shown-part.ts";

export type AnswerTimes = {
  within1h?: number;
  within3h?: number;
  within24h?: number;
  within48h?: number;
  median?: string;
  p90?: string;
};

const edges = { within1h: "PT1H", within3h: "PT3H", within24h: "PT24H", within48h: "PT48H" } as const;

/**
 * How fast answers come, on one clock, with the unanswered as longer than all. A time is told by the upper edge of its
 * bin, such as `PT3H`; `longer` than the last edge, or `unanswered`; left out where it may be either.
 */
export function answerTimes(cell: PublishedCell, clock: "office" | "elapsed"): AnswerTimes {
  const parts = shownParts(cell, `time-${clock}`);
  const all = sumOf(parts);
  const within = Object.entries(edges).map(([name, edge]) => [name, shareWithin(parts, edge)]);
  return {
    ...(all >= fewestFor.rates && Object.fromEntries(within)),
    ...(all >= fewestFor.medians && { median: edgeAt(parts, 0.5), p90: edgeAt(parts, 0.9) }),
  };
}

/** Undefined where the edge falls within what is told as one. */
function shareWithin(parts: readonly ShownPart[], edge: string): number | undefined {
  const last = parts.findIndex(({ classes }) => classes.at(-1) === edge);
  return last < 0 ? undefined : rounded(sumOf(parts.slice(0, last + 1)) / sumOf(parts));
}

function edgeAt(parts: readonly ShownPart[], share: number): string | undefined {
  const place = parts.findIndex((_, n) => sumOf(parts.slice(0, n + 1)) >= share * sumOf(parts));
  const part = parts[place];
  if (!part) return undefined;
  const { classes, mostly } = part;
  if (classes.length > 1 && mostly && isWithin(part, share * sumOf(parts) - sumOf(parts.slice(0, place))))
    return mostly;
  const last = classes.at(-1);
  // What is told together with the unanswered is no time at all, unless it is one of them alone.
  return classes.length > 1 && ["longer", "unanswered", leftOut].includes(last ?? "") ? undefined : last;
}

/** Whether a place in a part that is told as one is surely in the class that most of it are in. */
function isWithin({ classes, shown, mostly }: ShownPart, place: number): boolean {
  const few = (isSome: boolean) => (isSome ? mostHidden : 0);
  return place > few(classes[0] !== mostly) && place <= shown - few(classes.at(-1) !== mostly);
}

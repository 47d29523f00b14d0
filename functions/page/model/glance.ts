import { beside, countedParts } from "#shared/domain/statistics/outcome-band.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { fewestFor, rounded, type ShownPart, sumOf } from "#shared/domain/statistics/shown-part.ts";
import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import type { Share, Strokes } from "../drawings/drawn.ts";
import { strokesOfHundred } from "../drawings/hundred.ts";

/** A share as it is told: each has one whole number, wherever it stands. */
export type OfHundred = Share;

/** Of a share that is told together with others only the least, or the most, that it may be can be said. */
export type End = "least" | "most";

/** One part of what is counted, as it was published. */
export type GlancePart = OfHundred & { kind: Strokes[number]["kind"]; classes: readonly string[]; shown: number };

export type Told = {
  state: "told";
  /** How many were filed, and how many of them are counted, by the parts that can be read. */
  filed: number;
  counted: number;
  parts: GlancePart[];
  /** Surely well, and possibly well; left out where what it is made of is told together with others. */
  low?: OfHundred;
  high?: OfHundred;
};

/**
 * What is said of how much went well in a cell. `few`: none, or fewer than five, and nothing tells which; `too-few`: so
 * many that a count is told, and no share.
 */
export type Glance =
  | Told
  | { state: "too-few"; filed: number }
  | { state: "few" }
  | { state: "held-back" }
  | { state: "unpublished" };

export function glanceOf(told: ToldCell | undefined): Glance {
  if (!told) return { state: "unpublished" };
  const { cell, figures } = told;
  if (cell.all === "<5") return { state: "few" };
  if (cell.all === "held-back") return { state: "held-back" };
  const { counted, goodLow, goodHigh } = figures;
  if (counted === undefined || counted < fewestFor.rates) return { state: "too-few", filed: cell.all };
  const parts = partsOf(cell);
  const strokes = (kinds: readonly string[]) => total(parts.filter(({ kind }) => kinds.includes(kind)));
  const atBest = total(parts.filter(({ classes }) => classes.some((name) => name === "U" || name === "G")));
  return {
    state: "told",
    filed: cell.all,
    counted,
    parts,
    ...(goodLow !== undefined && { low: { share: goodLow, strokes: strokes(["accepted"]) } }),
    ...(goodHigh !== undefined && { high: { share: goodHigh, strokes: atBest } }),
  };
}

const total = (parts: readonly { strokes: number }[]) => parts.reduce((sum, { strokes }) => sum + strokes, 0);

/** The order in which strokes are drawn: what surely went well first, what was never answered last. */
const order = ["G", "G+U", "U", "joined", "D", "L", "N"];

function partsOf(cell: PublishedCell): GlancePart[] {
  const counted = countedParts(cell);
  const strokes = strokesOfHundred(counted.map(({ shown }) => shown));
  const all = sumOf(counted);
  const parts = counted.map(
    (part, n): GlancePart => ({
      kind: kindOf(part),
      classes: part.classes,
      shown: part.shown,
      share: rounded(part.shown / all),
      strokes: strokes[n] ?? 0,
    }),
  );
  return parts.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function placeOf({ kind, classes }: GlancePart): number {
  return order.indexOf(kind === "joined" ? "joined" : (classes[0] ?? ""));
}

function kindOf({ classes }: ShownPart): GlancePart["kind"] {
  // What is told together with complaints that are in no rate is neither of the two.
  if (classes.some((name) => beside.includes(name))) return "joined";
  // What was accepted is sure only where nothing at all is told with it.
  if (classes.length === 1 && classes[0] === "G") return "accepted";
  if (classes.every((name) => name === "U")) return "silent";
  if (classes.length === 1 && classes[0] === "N") return "unanswered";
  return classes.every((name) => name === "D" || name === "N" || name === "L") ? "not-good" : "joined";
}

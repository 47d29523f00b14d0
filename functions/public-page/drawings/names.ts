import { sum } from "#functions/figures/share.ts";
import { type Box, type Pen, type Place, widthOf } from "./pen.ts";

/** A mark whose name is written. `preferred`: the side on which the name stands if it covers nothing there. */
export type NamedMark = Place & { name: string; isBold: boolean; preferred: keyof typeof sides };

const fontSize = 14;
const nameHeight = fontSize + 4;

/**
 * Where a name stands, in pixels from the middle of its mark. `dx` leads to the end of the name that `anchor` names, `dy` to the
 * top of the name.
 */
type Position = { anchor: "start" | "middle" | "end"; dx: number; dy: number };
const topOfName = { above: -9 - nameHeight, level: -nameHeight / 2, below: 9 };
const sides = {
  above: { anchor: "middle", dx: 0, dy: topOfName.above },
  below: { anchor: "middle", dx: 0, dy: topOfName.below },
  after: { anchor: "start", dx: 10, dy: topOfName.level },
  before: { anchor: "end", dx: -10, dy: topOfName.level },
  aboveAfter: { anchor: "start", dx: -6, dy: topOfName.above },
  aboveBefore: { anchor: "end", dx: 6, dy: topOfName.above },
  belowAfter: { anchor: "start", dx: -6, dy: topOfName.below },
  belowBefore: { anchor: "end", dx: 6, dy: topOfName.below },
} satisfies Record<string, Position>;

/** The part of a name's width that lies before its anchor. */
const widthBefore = { start: 0, middle: 0.5, end: 1 };

/** For crowded places: above and below the mark, in steps of half a line, up to ten lines away. */
const farPositions = Array.from({ length: 20 }, (_, n) => ((n + 1) * nameHeight) / 2).flatMap((distance) =>
  [sides.above, sides.below, sides.aboveAfter, sides.belowAfter, sides.aboveBefore, sides.belowBefore].map(
    (side): Position => ({ ...side, dy: side.dy + Math.sign(side.dy) * distance }),
  ),
);

type Surroundings = {
  /** All marks of the drawing, also those without a name. */
  marks: readonly Place[];
  pen: Pen;
  plot: Box;
};

/**
 * Writes the names of marks, one after the other. A name stands where it covers the least area of marks and earlier names. Of
 * equally good positions the preferred side comes first, then the nearest position.
 */
export function namesDrawing(named: readonly NamedMark[], { marks, pen, plot }: Surroundings): string {
  const occupied: Box[] = marks.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }));
  return named
    .map((mark) => {
      const place = freestPlace(mark, { occupied, plot });
      occupied.push(place.box);
      return nameDrawing(mark, { ...place, pen });
    })
    .join("");
}

type NamePlace = { box: Box; leader: Box; anchor: Position["anchor"] };

function freestPlace(mark: NamedMark, { occupied, plot }: { occupied: readonly Box[]; plot: Box }): NamePlace {
  const places = [sides[mark.preferred], ...Object.values(sides), ...farPositions].map((position) => {
    const box = boxAt(mark, { position, plot });
    const leader = leaderTo(box, mark);
    const coveredArea = sum(occupied.map((other) => overlap(box, other) + overlap(leader, other)));
    return { box, leader, anchor: position.anchor, coveredArea };
  });
  return places.reduce((best, place) => (place.coveredArea < best.coveredArea ? place : best));
}

function nameDrawing({ name, isBold }: NamedMark, { box, leader, anchor, pen }: NamePlace & { pen: Pen }): string {
  // A name is narrower than its box, so it is written from the end that is nearest to its mark.
  const place = { x: box.x + widthBefore[anchor] * box.width, y: box.y + fontSize - 1 };
  const text = pen.write({ ...place, text: name, anchor, size: fontSize, isBold, isOverLines: true });
  return (leader.height > 0 ? pen.path("ink", pen.box(leader)) : "") + text;
}

/** The box of a name at a position, moved so that it lies inside the plot. */
function boxAt({ x, y, name }: NamedMark, { position, plot }: { position: Position; plot: Box }): Box {
  const width = widthOf(name, fontSize);
  const { anchor, dx, dy } = position;
  const largestX = plot.x + plot.width - width;
  return {
    x: Math.round(Math.max(plot.x, Math.min(x + dx - widthBefore[anchor] * width, largestX))),
    y: Math.round(Math.max(0, Math.min(y + dy, plot.y + plot.height - nameHeight))),
    width,
    height: nameHeight,
  };
}

/** The line that leads from a mark up or down to its name. Its height is 0 if the name stands beside the mark. */
function leaderTo(box: Box, { x, y }: NamedMark): Box {
  const [gapAbove, gapBelow] = [y - 7 - (box.y + box.height), box.y - (y + 7)];
  const gap = Math.max(gapAbove, gapBelow);
  return { x: x - 0.5, y: gapAbove > 0 ? box.y + box.height : y + 7, width: 1, height: gap > 2 ? gap : 0 };
}

/** The area that two boxes share, in square pixels. */
function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, wide) * Math.max(0, high);
}

import { sum } from "#shared/domain/statistics/comparison/share.ts";
import { type Box, type Pen, type Place, widthOf } from "./pen.ts";

export type NamedMark = Place & { name: string; isBold: boolean; preferred: Side };

const size = 14;
const height = size + 4;

type Anchor = "start" | "middle" | "end";
/** Where a name may stand: which of its ends is so far from the middle of its mark, and its top from there. */
type Choice = { anchor: Anchor; dx: number; dy: number };
const beside = { above: -9 - height, level: -height / 2, below: 9 };
const sides = {
  above: { anchor: "middle", dx: 0, dy: beside.above },
  below: { anchor: "middle", dx: 0, dy: beside.below },
  after: { anchor: "start", dx: 10, dy: beside.level },
  before: { anchor: "end", dx: -10, dy: beside.level },
  aboveAfter: { anchor: "start", dx: -6, dy: beside.above },
  aboveBefore: { anchor: "end", dx: 6, dy: beside.above },
  belowAfter: { anchor: "start", dx: -6, dy: beside.below },
  belowBefore: { anchor: "end", dx: 6, dy: beside.below },
} satisfies Record<string, Choice>;
type Side = keyof typeof sides;
const along = { start: 0, middle: 0.5, end: 1 };

/** In a crowd: half a line after the other away from the mark, to where a line leads. */
const farther = Array.from({ length: 20 }, (_, n) => ((n + 1) * height) / 2).flatMap((away) =>
  [sides.above, sides.below, sides.aboveAfter, sides.belowAfter, sides.aboveBefore, sides.belowBefore].map(
    (side): Choice => ({ ...side, dy: side.dy + Math.sign(side.dy) * away }),
  ),
);

type Setting = {
  /** All that are drawn, those without a name too. */
  marks: readonly Place[];
  pen: Pen;
  plot: Box;
};

/** The names of marks, each where it covers least of other names and marks, and where it should be if it covers none. */
export function namesDrawing(named: readonly NamedMark[], { marks, pen, plot }: Setting): string {
  const taken: Box[] = marks.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }));
  return named
    .map((one) => {
      const choices = [sides[one.preferred], ...Object.values(sides), ...farther].map((choice) => {
        const box = boxAt(one, { choice, plot });
        const leader = leaderTo(box, one);
        const covers = sum(taken.map((other) => overlap(box, other) + overlap(leader, other)));
        return { box, leader, anchor: choice.anchor, covers };
      });
      const { box, leader, anchor } = choices.reduce((a, b) => (b.covers < a.covers ? b : a));
      taken.push(box);
      // A name is less wide than its box: it is written from the end that is nearest to its mark.
      const place = { x: box.x + along[anchor] * box.width, y: box.y + size - 1 };
      const name = pen.write({ ...place, text: one.name, anchor, size, isBold: one.isBold, isOverLines: true });
      return (leader.height > 0 ? pen.path("ink", pen.box(leader)) : "") + name;
    })
    .join("");
}

/** Where a name would lie, within the plot. */
function boxAt({ x, y, name }: NamedMark, { choice, plot }: { choice: Choice; plot: Box }): Box {
  const width = widthOf(name, size);
  const { anchor, dx, dy } = choice;
  const most = plot.x + plot.width - width;
  return {
    x: Math.round(Math.max(plot.x, Math.min(x + dx - along[anchor] * width, most))),
    y: Math.round(Math.max(0, Math.min(y + dy, plot.y + plot.height - height))),
    width,
    height,
  };
}

/** From a mark up or down to a name that does not stand beside it; of no height where it does. */
function leaderTo(box: Box, { x, y }: NamedMark): Box {
  const [above, below] = [y - 7 - (box.y + box.height), box.y - (y + 7)];
  const long = Math.max(above, below);
  return { x: x - 0.5, y: above > 0 ? box.y + box.height : y + 7, width: 1, height: long > 2 ? long : 0 };
}

function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, wide) * Math.max(0, high);
}

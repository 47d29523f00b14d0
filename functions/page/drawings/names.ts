import { sum } from "#shared/domain/statistics/sum.ts";
import { type Box, type Pen, type Place, widthOf } from "./pen.ts";

export type Named = Place & { name: string; isBold: boolean; preferred: Side };

const size = 14;
const height = size + 4;

type Anchor = "start" | "middle" | "end";
const beside = { above: -9 - height, level: -height / 2, below: 9 };
/** Where a name may stand: which of its ends is so far from the middle of its mark, and its top from there. */
const sides = {
  above: { anchor: "middle", dx: 0, dy: beside.above },
  below: { anchor: "middle", dx: 0, dy: beside.below },
  after: { anchor: "start", dx: 10, dy: beside.level },
  before: { anchor: "end", dx: -10, dy: beside.level },
  aboveAfter: { anchor: "start", dx: -6, dy: beside.above },
  aboveBefore: { anchor: "end", dx: 6, dy: beside.above },
  belowAfter: { anchor: "start", dx: -6, dy: beside.below },
  belowBefore: { anchor: "end", dx: 6, dy: beside.below },
} satisfies Record<string, { anchor: Anchor; dx: number; dy: number }>;
type Side = keyof typeof sides;
const along = { start: 0, middle: 0.5, end: 1 };

/** The names of marks, each where it covers least of other names and marks, and where it should be if it covers none. */
export function namesDrawing(named: readonly Named[], { pen, plot }: { pen: Pen; plot: Box }): string {
  const taken: Box[] = named.map(({ x, y }) => ({ x: x - 7, y: y - 7, width: 14, height: 14 }));
  return named
    .map((one) => {
      const choices = [one.preferred, ...(Object.keys(sides) as Side[])].map((side) => {
        const box = boxAt(one, { side, plot });
        return { box, anchor: sides[side].anchor, covers: sum(taken.map((other) => overlap(box, other))) };
      });
      const best = choices.reduce((a, b) => (b.covers < a.covers ? b : a));
      taken.push(best.box);
      // A name is less wide than its box: it is written from the end that is nearest to its mark.
      const place = { x: best.box.x + along[best.anchor] * best.box.width, y: best.box.y + size - 1 };
      return pen.write({ ...place, text: one.name, anchor: best.anchor, size, isBold: one.isBold, isOverLines: true });
    })
    .join("");
}

/** Where a name would lie, within the plot. */
function boxAt({ x, y, name }: Named, { side, plot }: { side: Side; plot: Box }): Box {
  const width = widthOf(name, size);
  const { anchor, dx, dy } = sides[side];
  const most = plot.x + plot.width - width;
  return {
    x: Math.round(Math.max(plot.x, Math.min(x + dx - along[anchor] * width, most))),
    y: Math.round(Math.max(0, Math.min(y + dy, plot.y + plot.height - height))),
    width,
    height,
  };
}

function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, wide) * Math.max(0, high);
}

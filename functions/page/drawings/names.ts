import { type Box, type Pen, type Place, widthOf } from "./pen.ts";

export type Named = Place & { name: string; isBold: boolean; preferred: Side };
type Side = "above" | "below" | "after" | "before";

const size = 14;
const sides: readonly Side[] = ["after", "before", "above", "below"];

/** The names of marks, each where it meets neither another name nor an edge, as near to where it should be as that allows. */
export function namesDrawing(named: readonly Named[], { pen, plot }: { pen: Pen; plot: Box }): string {
  const taken: Box[] = named.map(({ x, y }) => ({ x: x - 7, y: y - 7, width: 14, height: 14 }));
  return named
    .map((one) => {
      const choices = [one.preferred, ...sides].map((side) => boxAt(one, { side, plot }));
      const box = choices.find((choice) => !taken.some((other) => meets(choice, other))) ?? choices[0];
      if (!box) return "";
      taken.push(box);
      const anchor = anchors[box.side];
      const place = { x: box.x + along[anchor] * box.width, y: box.y + size - 1 };
      return pen.write({ ...place, text: one.name, anchor, size, isBold: one.isBold, isOverLines: true });
    })
    .join("");
}

/** Where a name would lie, within the plot. */
function boxAt({ x, y, name }: Named, { side, plot }: { side: Side; plot: Box }): Box & { side: Side } {
  const [width, height] = [widthOf(name, size), size + 4];
  const places: Record<Side, Place> = {
    above: { x: x - width / 2, y: y - 9 - height },
    below: { x: x - width / 2, y: y + 9 },
    after: { x: x + 10, y: y - height / 2 },
    before: { x: x - 10 - width, y: y - height / 2 },
  };
  const [least, most] = [plot.x, plot.x + plot.width - width];
  const lowest = plot.y + plot.height - height;
  return {
    side,
    x: Math.round(Math.max(least, Math.min(places[side].x, most))),
    y: Math.round(Math.max(0, Math.min(places[side].y, lowest))),
    width,
    height,
  };
}

/** A name is less wide than its box: it is written from the end that is nearest to its mark. */
const anchors = { above: "middle", below: "middle", after: "start", before: "end" } as const;
const along = { start: 0, middle: 0.5, end: 1 };

const meets = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

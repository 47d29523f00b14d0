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
      const place = { x: box.x + box.width / 2, y: box.y + size - 1 };
      const halo = { text: one.name, anchor: "middle" as const, size, isBold: one.isBold };
      return pen.write({ ...place, ...halo, classes: "ink ground-line halo" });
    })
    .join("");
}

function boxAt({ x, y, name }: Named, { side, plot }: { side: Side; plot: Box }): Box {
  const [width, height] = [widthOf(name, size), size + 4];
  const places: Record<Side, Place> = {
    above: { x: x - width / 2, y: y - 9 - height },
    below: { x: x - width / 2, y: y + 9 },
    after: { x: x + 10, y: y - height / 2 },
    before: { x: x - 10 - width, y: y - height / 2 },
  };
  const place = places[side];
  const within = (at: number, room: { from: number; to: number }) =>
    Math.round(Math.max(room.from, Math.min(at, room.to)));
  return {
    x: within(place.x, { from: plot.x, to: plot.x + plot.width - width }),
    y: within(place.y, { from: 0, to: plot.y + plot.height - height }),
    width,
    height,
  };
}

const meets = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

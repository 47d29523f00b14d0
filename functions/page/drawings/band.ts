import type { Band, Look } from "./drawn.ts";
import { type Pen, penFor } from "./pen.ts";

const height = 16;
const middle = height / 2;

/** A thin line of 0 to 100, solid to the low, hatched on to the high, and a tick where the peers' average lies. */
export function bandDrawing({ low, high, peers }: Band, look: Look): string {
  const pen = penFor(look);
  const at = (share: number) => Math.round(share * look.width);
  const ends = [0, look.width].map((x) => ({ x, y: middle + 0.5 }));
  return pen.framed(
    [
      pen.path("grey-line", pen.line(ends)),
      at(low) > 0 ? pen.path("accent", pen.box({ x: 0, y: middle - 4, width: at(low), height: 8 })) : "",
      silentDrawing(pen, { from: at(low), to: at(high) }),
      peers === undefined ? "" : tickDrawing(pen, Math.min(Math.max(at(peers), 2), look.width - 2)),
    ].join(""),
    height,
  );
}

function silentDrawing(pen: Pen, { from, to }: { from: number; to: number }): string {
  if (to <= from) return "";
  const inset = Math.min(0.7, (to - from) / 2);
  const box = pen.box({ x: from + inset, y: middle - 3.3, width: to - from - 2 * inset, height: 6.6 });
  // On the ground's colour, or the line would show through.
  return pen.path("ground", box) + pen.path("accent-line", box, 'fill="url(#hatch-accent)" stroke-width="1.4"');
}

function tickDrawing(pen: Pen, x: number): string {
  const halo = pen.path("ground", pen.box({ x: x - 3, y: 0, width: 6, height }));
  return halo + pen.path("ink", pen.box({ x: x - 1, y: 0, width: 2, height }));
}

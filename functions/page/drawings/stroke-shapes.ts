import type { Look, Strokes } from "./drawn.ts";
import type { Box, Pen } from "./pen.ts";

export type Kind = Strokes[number]["kind"];

const outline = 'stroke-width="1.4"';
export const strokeLooks: Record<Kind, { classes: string; more: string; inset: number }> = {
  // An outline lies on its edge: drawn so far inwards it ends where a solid stroke does.
  accepted: { classes: "accent", more: "", inset: 0 },
  silent: { classes: "accent-line", more: `fill="url(#hatch-accent)" ${outline}`, inset: 0.7 },
  "not-good": { classes: "muted-line", more: outline, inset: 0.7 },
  unanswered: { classes: "muted-line", more: outline, inset: 0.7 },
};

/** How wide and high strokes are, in pixels, and how many stand in a row. */
export type Rows = { perRow: number; pitch: number; wide: number; high: number; stub: number; gap: number };

/** One row from 700 pixels on, four of 25 below. */
export function rowsFor({ width }: Look): Rows {
  const perRow = width < 700 ? 25 : 100;
  const pitch = Math.floor((width + 4) / perRow);
  if (perRow === 25) return { perRow, pitch, wide: pitch - 4, high: 28, stub: 5, gap: 8 };
  return { perRow, pitch, wide: Math.round(pitch * 0.64), high: 112, stub: 8, gap: 0 };
}

/** What the stroke of a number, from 0 on, is; undefined beyond the last. */
export function kindAt(strokes: Strokes, n: number): Kind | undefined {
  return strokes.flatMap(({ kind, strokes: count }) => Array<Kind>(count).fill(kind))[n];
}

/** The boxes of the strokes of one kind, as a path. */
export function strokesOf(kind: Kind, { kinds, rows, pen }: { kinds: readonly Kind[]; rows: Rows; pen: Pen }): string {
  const { inset } = strokeLooks[kind];
  const high = kind === "unanswered" ? rows.stub : rows.high;
  const boxes = kinds.map((one, n) => {
    if (one !== kind) return "";
    const bottom = Math.floor(n / rows.perRow) * (rows.high + rows.gap) + rows.high;
    const x = (n % rows.perRow) * rows.pitch;
    return pen.box({ x: x + inset, y: bottom - high + inset, width: rows.wide - 2 * inset, height: high - 2 * inset });
  });
  return boxes.join("");
}

/** One stroke as it stands before its words in a list. */
export function strokeSwatch(kind: Kind, { pen, box }: { pen: Pen; box: Box }): string {
  const { classes, more, inset } = strokeLooks[kind];
  const size = { width: box.width - 2 * inset, height: box.height - 2 * inset };
  return pen.path(classes, pen.box({ x: box.x + inset, y: box.y + inset, ...size }), more);
}

import type { Look, Strokes, StrokeWords } from "./drawn.ts";
import { penFor, widthOf } from "./pen.ts";
import { type Kind, rowsFor, strokeLooks, strokesOf } from "./stroke-shapes.ts";
import { bracketedWords, strokesKey, stubWords } from "./strokes-words.ts";

const roomForBrackets = 108;

/**
 * A hundred strokes; with their words under them where these are given: each under its part, or in a line where a part is
 * narrower than its words. `hasRoom` says which; a page sets a list beside the drawing instead of the line.
 */
export function strokesDrawing(strokes: Strokes, look: Look, words?: StrokeWords): string {
  const rows = rowsFor(look);
  const kinds = strokes.flatMap(({ kind, strokes: count }) => Array<Kind>(count).fill(kind));
  const bottom = (100 / rows.perRow) * (rows.high + rows.gap) - rows.gap;
  const pen = penFor(look);
  const drawn = Object.entries(strokeLooks).map(([kind, { classes, more }]) =>
    pen.path(classes, strokesOf(kind as Kind, { kinds, rows, pen }), more),
  );
  if (!words) return pen.framed(drawn.join(""), bottom);
  const wording = { pen, look, rows, strokes, words, bottom };
  if (hasRoom(words, look))
    return pen.framed(drawn.join("") + bracketedWords(wording) + stubWords(wording), bottom + roomForBrackets);
  const key = strokesKey({ pen, look, strokes, words, at: { x: 0, y: bottom + 36 }, size: 17 });
  return pen.framed(drawn.join("") + key.drawn, bottom + 18 + key.height);
}

/** Whether every part that there is, is wide enough for its words. */
export function hasRoom({ parts }: StrokeWords, look: Look): boolean {
  const { perRow, pitch } = rowsFor(look);
  const isWide = ({ strokes, words, note = "" }: StrokeWords["parts"][number]) =>
    strokes === 0 || strokes * pitch >= Math.max(widthOf(words, 17), widthOf(note, 14)) + 12;
  return perRow === 100 && parts.every(isWide);
}

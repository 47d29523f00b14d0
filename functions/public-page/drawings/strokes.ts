import { sum } from "#functions/figures/share.ts";
import { type DrawingOptions, formatNumber, type Strokes, type StrokeWords } from "../model/charts.ts";
import { type Box, createPen, type Drawing, type Pen, type Place, widthOf } from "./pen.ts";

type Kind = Strokes[number]["kind"];

const outline = 'stroke-width="1.4"';
const strokeLooks: Record<Kind, { classes: string; more: string; inset: number }> = {
  // SVG draws half of an outline outside its box. Half its width as inset keeps all strokes the same size.
  accepted: { classes: "accent", more: "", inset: 0 },
  silent: { classes: "accent-line", more: `fill="url(#hatch-accent)" ${outline}`, inset: 0.7 },
  "not-good": { classes: "muted-line", more: outline, inset: 0.7 },
  unanswered: { classes: "muted-line", more: outline, inset: 0.7 },
};

/** How many strokes stand in a row, and their sizes in pixels. `pitch`: from one to the next; `stub`: height if unanswered. */
type Rows = { perRow: number; pitch: number; wide: number; high: number; stub: number; gap: number };

/** One row of 100 in a drawing of 700 pixels or more, else four rows of 25. */
function rowsFor({ width }: DrawingOptions): Rows {
  const perRow = width < 700 ? 25 : 100;
  const pitch = Math.floor((width + 4) / perRow);
  if (perRow === 25) return { perRow, pitch, wide: pitch - 4, high: 28, stub: 5, gap: 8 };
  return { perRow, pitch, wide: Math.round(pitch * 0.64), high: 112, stub: 8, gap: 0 };
}

/** The kind of the stroke at index `n`; undefined beyond the last stroke. */
function strokeKindAt(strokes: Strokes, n: number): Kind | undefined {
  return strokes.flatMap(({ kind, strokes: count }) => Array<Kind>(count).fill(kind))[n];
}

/** The boxes of the strokes of one kind, as a path. */
function strokesOf(kind: Kind, { kinds, rows, pen }: { kinds: readonly Kind[]; rows: Rows; pen: Pen }): string {
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

/** A single stroke that stands before its words in a list. */
function strokeSwatch(kind: Kind, { pen, box }: { pen: Pen; box: Box }): string {
  const { classes, more, inset } = strokeLooks[kind];
  const size = { width: box.width - 2 * inset, height: box.height - 2 * inset };
  return pen.path(classes, pen.box({ x: box.x + inset, y: box.y + inset, ...size }), more);
}

/** The strokes, their words, and the lower end of the strokes (`bottom`, in pixels). */
type Wording = { pen: Pen; look: DrawingOptions; rows: Rows; strokes: Strokes; words: StrokeWords; bottom: number };

/** Writes a bracket, the number, the words and the note under each part of the strokes. */
function bracketedWords({ pen, look, rows, words, bottom }: Wording): string {
  return words.parts
    .map(({ strokes, words: text, note }, n) => {
      if (strokes === 0) return "";
      const x = sum(words.parts.slice(0, n).map((part) => part.strokes)) * rows.pitch;
      const end = x + (strokes - 1) * rows.pitch + rows.wide;
      const [high, low] = [bottom + 7, bottom + 13.5];
      const corners = [
        { x: x + 0.5, y: high },
        { x: x + 0.5, y: low },
        { x: end - 0.5, y: low },
        { x: end - 0.5, y: high },
      ];
      return [
        pen.path("muted-line", pen.line(corners)),
        pen.write({ x, y: bottom + 46, text: formatNumber(strokes, look.language), size: 28, isBold: true }),
        pen.write({ x, y: bottom + 73, text, size: 17 }),
        note ? pen.write({ x, y: bottom + 97, text: note, classes: "muted" }) : "",
      ].join("");
    })
    .join("");
}

/** Writes the words of the unanswered complaints above their short strokes, if these are wide enough together. */
function stubWords({ pen, rows, strokes, words: { unanswered } }: Wording): string {
  const before = strokes.findIndex(({ kind }) => kind === "unanswered");
  const stubs = strokes[before]?.strokes ?? 0;
  if (!unanswered || stubs * rows.pitch < widthOf(unanswered, 14)) return "";
  const x = (sum(strokes.slice(0, before).map((one) => one.strokes)) + stubs / 2) * rows.pitch;
  return pen.write({ x, y: rows.high - rows.stub - 10, text: unanswered, anchor: "middle", classes: "muted" });
}

type Key = Pick<Wording, "pen" | "look" | "strokes" | "words"> & {
  /** Where the key begins, and the size of its words in pixels. */
  at: Place;
  size: number;
};

/**
 * The key: one entry for each look of a stroke, in as few lines as the width allows. An entry that is too wide gets its own line.
 * Returns the drawing, its height, and the width of its widest entry, in pixels.
 */
export function strokesKey({ pen, look, strokes, words, at, size }: Key) {
  const line = Math.round(size * 1.9);
  const place = { ...at };
  let widest = 0;
  const drawn = words.parts.flatMap(({ strokes: count, words: text }, n) => {
    const kind = strokeKindAt(strokes, sum(words.parts.slice(0, n).map((part) => part.strokes)));
    if (count === 0 || !kind) return [];
    const number = formatNumber(count, look.language);
    const width = size * 1.1 + widthOf(`${number} `, size * 1.4) + widthOf(text, size);
    if (place.x > at.x && place.x + width > look.width - at.x) Object.assign(place, { x: at.x, y: place.y + line });
    const [{ x, y }, high] = [{ ...place }, Math.round(size * 1.3)];
    place.x += Math.round(width + size * 1.5);
    widest = Math.max(widest, width);
    const runs = [{ text: number, size: Math.round(size * 1.4), isBold: true }, { text }];
    return [
      strokeSwatch(kind, { pen, box: { x, y: y + 3 - high, width: Math.round(size * 0.6), height: high } }),
      pen.write({ x: x + Math.round(size), y, text: runs, size }),
    ];
  });
  return { drawn: drawn.join(""), height: place.y - at.y + line, width: widest };
}

const roomForBrackets = 108;

/**
 * Draws a hundred strokes. If there are `words`, they stand under the strokes: each under its part if all parts are wide enough
 * (`hasRoom`), else as a key. Pages give no `words` if they have no room, and write a list instead of the key.
 */
export function strokesDrawing(strokes: Strokes, look: DrawingOptions, words?: StrokeWords): Drawing {
  const rows = rowsFor(look);
  const kinds = strokes.flatMap(({ kind, strokes: count }) => Array<Kind>(count).fill(kind));
  const bottom = (100 / rows.perRow) * (rows.high + rows.gap) - rows.gap;
  const pen = createPen(look);
  const drawn = Object.entries(strokeLooks).map(([kind, { classes, more }]) =>
    pen.path(classes, strokesOf(kind as Kind, { kinds, rows, pen }), more),
  );
  if (!words) return pen.drawing(drawn.join(""), bottom);
  const wording = { pen, look, rows, strokes, words, bottom };
  if (hasRoom(words, look))
    return pen.drawing(drawn.join("") + bracketedWords(wording) + stubWords(wording), bottom + roomForBrackets);
  const key = strokesKey({ pen, look, strokes, words, at: { x: 0, y: bottom + 36 }, size: 17 });
  return pen.drawing(drawn.join("") + key.drawn, bottom + 18 + key.height);
}

/** Whether every part is wide enough for its words. */
export function hasRoom({ parts }: StrokeWords, look: DrawingOptions): boolean {
  const { perRow, pitch } = rowsFor(look);
  const isWide = ({ strokes, words, note = "" }: StrokeWords["parts"][number]) =>
    strokes === 0 || strokes * pitch >= Math.max(widthOf(words, 17), widthOf(note, 14)) + 12;
  return perRow === 100 && parts.every(isWide);
}

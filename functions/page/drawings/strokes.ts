import { sum } from "#shared/domain/statistics/sum.ts";
import type { Look, Strokes, StrokeWords } from "./drawn.ts";
import { type Box, digits, type Pen, penFor, widthOf } from "./pen.ts";

type Kind = Strokes[number]["kind"];
const looks: Record<Kind, { classes: string; more?: string; isOutlined: boolean }> = {
  accepted: { classes: "accent", isOutlined: false },
  silent: { classes: "accent-line", more: 'fill="url(#hatch-accent)" stroke-width="1.4"', isOutlined: true },
  "not-good": { classes: "muted-line", more: 'stroke-width="1.4"', isOutlined: true },
  unanswered: { classes: "muted-line", more: 'stroke-width="1.4"', isOutlined: true },
  joined: { classes: "muted-line", more: 'stroke-width="1.4"', isOutlined: true },
};

type Rows = { perRow: number; pitch: number; wide: number; high: number; stub: number; gap: number };
const gapOfWords = 108;

/** One row from 700 pixels on, four of 25 below. */
function rowsFor({ width }: Look): Rows {
  const perRow = width < 700 ? 25 : 100;
  const pitch = Math.floor((width + 4) / perRow);
  const isOneRow = perRow === 100;
  const wide = isOneRow ? Math.max(Math.round(pitch * 0.64), 2) : pitch - 4;
  return { perRow, pitch, wide, high: isOneRow ? 112 : 28, stub: isOneRow ? 8 : 5, gap: isOneRow ? 0 : 8 };
}

/**
 * A hundred strokes, and under them the words where they are given and each part is wide enough for its own: `hasRoom` says
 * so, and without room they stand in a list beside the drawing.
 */
export function strokesDrawing(strokes: Strokes, look: Look, words?: StrokeWords): string {
  const rows = rowsFor(look);
  const isWorded = words !== undefined && hasRoom(words, look);
  const high = (100 / rows.perRow) * (rows.high + rows.gap) - rows.gap;
  const pen = penFor(look, high + (isWorded ? gapOfWords : 0));
  const kinds = strokes.flatMap(({ kind, strokes: count }) => Array<Kind>(count).fill(kind));
  const drawn = Object.entries(looks).map(([kind, { classes, more }]) => {
    const boxes = kinds.map((one, n) => (one === kind ? strokeAt({ n, kind: one }, { rows, pen }) : ""));
    return pen.path(classes, boxes.join(""), more);
  });
  return pen.framed(
    drawn.join("") +
      (isWorded ? wordsUnder(words, { rows, pen, look, high }) + stubWords(words, kinds, { rows, pen }) : ""),
  );
}

type Setting = { rows: Rows; pen: Pen };

function strokeAt({ n, kind }: { n: number; kind: Kind }, { rows, pen }: Setting): string {
  // An outline lies on its edge: drawn so far inwards it ends where a solid stroke does.
  const inset = looks[kind].isOutlined ? 0.7 : 0;
  const high = kind === "unanswered" ? rows.stub : rows.high;
  const bottom = Math.floor(n / rows.perRow) * (rows.high + rows.gap) + rows.high;
  const x = (n % rows.perRow) * rows.pitch;
  // What is told as one touches: of these it is not said which is which.
  const width = kind === "joined" ? rows.pitch : rows.wide - 2 * inset;
  return pen.box({ x: x + inset, y: bottom - high + inset, width, height: high - 2 * inset });
}

/** One stroke as it stands before its words in a list. */
export function strokeSwatch(kind: Kind, { pen, box }: { pen: Pen; box: Box }): string {
  const { classes, more, isOutlined } = looks[kind];
  const inset = isOutlined ? 0.7 : 0;
  const { x, y, width, height } = box;
  const drawn = { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset };
  return pen.path(classes, pen.box(drawn), more);
}

/** The kinds that a list's words are about, by the stroke that begins each part. */
export function kindsOf(strokes: Strokes, { parts }: StrokeWords): (Kind | undefined)[] {
  const kinds = strokes.flatMap(({ kind, strokes: count }) => Array<Kind>(count).fill(kind));
  return parts.map((_, n) => kinds[sum(parts.slice(0, n).map((part) => part.strokes))]);
}

/** Whether every part that there is, is wide enough for its words. */
export function hasRoom({ parts }: StrokeWords, look: Look): boolean {
  const { perRow, pitch } = rowsFor(look);
  const isWide = ({ strokes, words, note = "" }: StrokeWords["parts"][number]) =>
    strokes === 0 || strokes * pitch >= Math.max(widthOf(words, 17), widthOf(note, 14)) + 12;
  return perRow === 100 && parts.every(isWide);
}

function wordsUnder({ parts }: StrokeWords, { rows, pen, look, high }: Setting & { look: Look; high: number }): string {
  const starts = parts.map((_, n) => sum(parts.slice(0, n).map((part) => part.strokes)));
  return parts
    .map(({ strokes, words, note }, n) => {
      if (strokes === 0) return "";
      const x = (starts[n] ?? 0) * rows.pitch;
      const end = x + (strokes - 1) * rows.pitch + rows.wide;
      const bracket = pen.line([
        { x: x + 0.5, y: high + 7 },
        { x: x + 0.5, y: high + 13.5 },
        { x: end - 0.5, y: high + 13.5 },
        { x: end - 0.5, y: high + 7 },
      ]);
      return [
        pen.path("muted-line", bracket),
        pen.write({ x, y: high + 46, text: digits(strokes, look.language), size: 28, isBold: true }),
        pen.write({ x, y: high + 73, text: words, size: 17 }),
        note ? pen.write({ x, y: high + 97, text: note, classes: "muted" }) : "",
      ].join("");
    })
    .join("");
}

function stubWords({ unanswered }: StrokeWords, kinds: readonly Kind[], { rows, pen }: Setting): string {
  const stubs = kinds.filter((kind) => kind === "unanswered").length;
  if (!unanswered || stubs * rows.pitch < widthOf(unanswered, 14)) return "";
  const x = (kinds.indexOf("unanswered") + stubs / 2) * rows.pitch;
  return pen.write({ x, y: rows.high - rows.stub - 10, text: unanswered, anchor: "middle", classes: "muted" });
}

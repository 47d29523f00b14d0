import type { Language } from "#shared/vocabulary.ts";
import { createPen, type Drawing, linesOf, type Pen, widthOf } from "./drawings/pen.ts";
import { strokesDrawing, strokesKey } from "./drawings/strokes.ts";
import { type SvgRenderer, standaloneSvg } from "./embed.ts";
import type { Strokes, StrokeWords } from "./model/charts.ts";

/** The texts and strokes of the picture that messengers and news sites show for a link to the province's page. */
export type SharePictureInput = {
  language: Language;
  /** The name of the service and of the province. */
  name: string;
  /** One sentence; `accent`: the words of it that are coloured. */
  headline: string;
  accent?: string | undefined;
  strokes: { drawn: Strokes; words: StrokeWords };
  /** The period of the figures, such as "Mehr 1405". */
  asOf: string;
  /** Says that every number is rounded. */
  note: string;
  /** The address of the page, without `https://`. */
  address: string;
};

const width = 1200;
const height = 630;
const margin = 52;
const innerWidth = width - 2 * margin;

/** A PNG of 1200 × 630 pixels, since messengers and search engines show no SVG. */
export function sharePicture(input: SharePictureInput, { toPng }: SvgRenderer): Uint8Array {
  return toPng(standaloneSvg(shareDrawing(input)));
}

/** From top to bottom: name and period, headline, strokes, key, note, address. */
export function shareDrawing(input: SharePictureInput): Drawing {
  const { language, name, asOf, note, address, strokes } = input;
  const pen = createPen({ language, width, title: input.headline });
  const hundredStrokes = strokesDrawing(strokes.drawn, { language, width: innerWidth, title: "" });
  const date = fittingSize(asOf, { size: 26, width: 400 });
  const named = fittingSize(name, { size: 30, width: innerWidth - widthOf(asOf, date) - 32 });
  const line = (text: string) => ({
    x: margin,
    text,
    size: fittingSize(text, { size: 21, width: innerWidth }),
    classes: "muted",
  });
  return pen.drawing(
    [
      `<rect class="ground" width="${width}" height="${height}"/>`,
      pen.write({ x: margin, y: 76, text: name, size: named, isBold: true }),
      pen.write({ x: width - margin, y: 76, text: asOf, anchor: "end", size: date, classes: "muted" }),
      headlineDrawing(input, pen),
      `<g transform="translate(${margin} 308)">${hundredStrokes.content}</g>`,
      keyDrawing(input, pen),
      pen.write({ ...line(note), y: 568 }),
      pen.write({ ...line(address), y: 602 }),
    ].join(""),
    height,
  );
}

const fittingSize = (text: string, room: { size: number; width: number }) =>
  Math.floor(room.size * Math.min(1, room.width / widthOf(text, room.size)));

/** Pixels between the strokes and the note. */
const roomForKey = 96;

/** The key in the largest size at which it fits above the note, and each of its entries into one line. */
function keyDrawing({ language, strokes: { drawn, words } }: SharePictureInput, pen: Pen): string {
  const key = { pen, look: { language, width, title: "" }, strokes: drawn, words, at: { x: margin, y: 470 } };
  const drawings = [23, 20, 17, 15, 13].map((size) => strokesKey({ ...key, size }));
  const fitting = drawings.find(({ height, width }) => height <= roomForKey && width <= innerWidth);
  return (fitting ?? drawings.at(-1))?.drawn ?? "";
}

/** The headline in the largest size at which it takes at most two lines. */
function headlineDrawing({ headline, accent }: SharePictureInput, pen: Pen): string {
  const sizes = [66, 58, 50, 42];
  const size = sizes.find((one) => linesOf(headline, { size: one, width: innerWidth }).length <= 2) ?? 36;
  const lines = linesOf(headline, { size, width: innerWidth }).map((line) => line.split(" "));
  const marked = new Set(accent && headline.includes(accent) ? wordsWithin(headline, accent) : []);
  let count = 0;
  return lines
    .map((words, n) => {
      const parts = words.map((word) => ({ text: word, classes: marked.has(count++) ? "accent" : "ink" }));
      return pen.write({ x: margin, y: 168 + n * Math.round(size * 1.4), text: parts, size, isBold: true });
    })
    .join("");
}

/** The indexes of the words of a text that one of its parts consists of. */
function wordsWithin(text: string, part: string): number[] {
  const first = text.slice(0, text.indexOf(part)).split(" ").length - 1;
  return part.split(" ").map((_, n) => first + n);
}

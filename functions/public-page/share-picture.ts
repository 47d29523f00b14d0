import type { Language } from "#shared/domain/vocabulary.ts";
import { createPen, linesOf, type Pen, widthOf } from "./drawings/pen.ts";
import { strokesDrawing, strokesKey } from "./drawings/strokes.ts";
import { innerSvg, type SvgRenderer, standaloneSvg } from "./embed.ts";
import type { Strokes, StrokeWords } from "./model/charts.ts";

/** What a message or a news site shows of the province. */
export type SharePictureInput = {
  language: Language;
  /** The province's system. */
  name: string;
  /** One sentence, and the words of it that carry the accent. */
  headline: string;
  accent?: string | undefined;
  strokes: { drawn: Strokes; words: StrokeWords };
  /** Of when it is, such as "Mehr 1405". */
  asOf: string;
  /** That every number is rounded. */
  note: string;
  /** Where it is found, without `https://`. */
  address: string;
};

const width = 1200;
const height = 630;
const margin = 52;
const innerWidth = width - 2 * margin;

/** A PNG of 1200 × 630, for what shows no SVG: messengers, search engines. */
export function sharePicture(shared: SharePictureInput, { toPng }: SvgRenderer): Uint8Array {
  return toPng(standaloneSvg(shareDrawing(shared)));
}

/** From the top: whose it is and of when, the headline, the strokes, what their looks say, the note, the address. */
export function shareDrawing(shared: SharePictureInput): string {
  const { language, name, asOf, note, address, strokes } = shared;
  const pen = createPen({ language, width, title: shared.headline });
  const drawing = strokesDrawing(strokes.drawn, { language, width: innerWidth, title: "" });
  const date = fittingSize(asOf, { size: 26, width: 400 });
  const named = fittingSize(name, { size: 30, width: innerWidth - widthOf(asOf, date) - 32 });
  const line = (text: string) => ({
    x: margin,
    text,
    size: fittingSize(text, { size: 21, width: innerWidth }),
    classes: "muted",
  });
  return pen.framed(
    [
      `<rect class="ground" width="${width}" height="${height}"/>`,
      pen.write({ x: margin, y: 76, text: name, size: named, isBold: true }),
      pen.write({ x: width - margin, y: 76, text: asOf, anchor: "end", size: date, classes: "muted" }),
      headlineDrawing(shared, pen),
      `<g transform="translate(${margin} 308)">${innerSvg(drawing)}</g>`,
      keyDrawing(shared, pen),
      pen.write({ ...line(note), y: 568 }),
      pen.write({ ...line(address), y: 602 }),
    ].join(""),
    height,
  );
}

const fittingSize = (text: string, room: { size: number; width: number }) =>
  Math.floor(room.size * Math.min(1, room.width / widthOf(text, room.size)));

/** Between the strokes and the note. */
const roomForKey = 96;

/** In as large a size as lets it stand above the note, and each of its entries in a line. */
function keyDrawing({ language, strokes: { drawn, words } }: SharePictureInput, pen: Pen): string {
  const key = { pen, look: { language, width, title: "" }, strokes: drawn, words, at: { x: margin, y: 470 } };
  const all = [23, 20, 17, 15, 13].map((size) => strokesKey({ ...key, size }));
  const fits = all.find((one) => one.height <= roomForKey && one.width <= innerWidth);
  return (fits ?? all.at(-1))?.drawn ?? "";
}

/** In as large a size as lets it stand in two lines. */
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

/** The places, among all words, of those that a part of the text consists of. */
function wordsWithin(text: string, part: string): number[] {
  const first = text.slice(0, text.indexOf(part)).split(" ").length - 1;
  return part.split(" ").map((_, n) => first + n);
}

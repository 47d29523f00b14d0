import type { Language } from "#shared/domain/vocabulary.ts";
import type { Strokes, StrokeWords } from "./drawings/drawn.ts";
import { linesOf, type Pen, penFor, widthOf } from "./drawings/pen.ts";
import { strokesDrawing } from "./drawings/strokes.ts";
import { strokesKey } from "./drawings/strokes-words.ts";
import { aloneIn, innerOf } from "./embed.ts";
import type { Outlines } from "./outlines.ts";

/** What a message or a news site shows of the province. */
export type Shareable = {
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
const within = width - 2 * margin;

/** A PNG of 1200 × 630, for what shows no SVG: messengers, search engines. */
export function sharePicture(shared: Shareable, { picture }: Outlines): Uint8Array {
  return picture(aloneIn(shareDrawing(shared)));
}

/** From the top: whose it is and of when, the headline, the strokes, what their looks say, the note, the address. */
export function shareDrawing(shared: Shareable): string {
  const { language, name, asOf, note, address, strokes } = shared;
  const pen = penFor({ language, width, title: shared.headline });
  const drawing = strokesDrawing(strokes.drawn, { language, width: within, title: "" });
  const date = fitting(asOf, { size: 26, width: 400 });
  const named = fitting(name, { size: 30, width: within - widthOf(asOf, date) - 32 });
  const line = (text: string) => ({
    x: margin,
    text,
    size: fitting(text, { size: 21, width: within }),
    classes: "muted",
  });
  return pen.framed(
    [
      `<rect class="ground" width="${width}" height="${height}"/>`,
      pen.write({ x: margin, y: 76, text: name, size: named, isBold: true }),
      pen.write({ x: width - margin, y: 76, text: asOf, anchor: "end", size: date, classes: "muted" }),
      headlineDrawing(shared, pen),
      `<g transform="translate(${margin} 308)">${innerOf(drawing)}</g>`,
      keyDrawing(shared, pen),
      pen.write({ ...line(note), y: 568 }),
      pen.write({ ...line(address), y: 602 }),
    ].join(""),
    height,
  );
}

const fitting = (text: string, room: { size: number; width: number }) =>
  Math.floor(room.size * Math.min(1, room.width / widthOf(text, room.size)));

/** Between the strokes and the note. */
const roomForKey = 96;

/** In as large a size as lets it stand above the note, and each of its entries in a line. */
function keyDrawing({ language, strokes: { drawn, words } }: Shareable, pen: Pen): string {
  const key = { pen, look: { language, width, title: "" }, strokes: drawn, words, at: { x: margin, y: 470 } };
  const all = [23, 20, 17, 15, 13].map((size) => strokesKey({ ...key, size }));
  const fits = all.find((one) => one.height <= roomForKey && one.width <= within);
  return (fits ?? all.at(-1))?.drawn ?? "";
}

/** In as large a size as lets it stand in two lines. */
function headlineDrawing({ headline, accent }: Shareable, pen: Pen): string {
  const sizes = [66, 58, 50, 42];
  const size = sizes.find((one) => linesOf(headline, { size: one, width: within }).length <= 2) ?? 36;
  const lines = linesOf(headline, { size, width: within }).map((line) => line.split(" "));
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

import type { Language } from "#shared/vocabulary.ts";
import { escapeHtml as escapedMarkup } from "#shared/wording/html.ts";
import { type DrawingOptions, formatNumber } from "../model/charts.ts";

/** A place in pixels. `x` counts from the side where reading begins (English left, Persian right), `y` from the top. */
export type Place = { x: number; y: number };
export type Box = Place & { width: number; height: number };
/** A part of a text with its own colour, size or weight. */
type TextPart = { text: string; classes?: string; size?: number; isBold?: boolean };
type Writing = Place & {
  text: string | readonly TextPart[];
  /** Which end of the text stands at the place. Reading begins at `start`. */
  anchor?: "start" | "middle" | "end";
  size?: number;
  isBold?: boolean;
  classes?: string;
  /** Adds an outline in the colour of the ground, so that the text is readable over lines. */
  isOverLines?: boolean;
};

/** Makes the functions that write SVG. Each `x` counts from the side where reading begins, so Persian drawings are mirrored. */
export function createPen({ language, width, title }: DrawingOptions) {
  const isMirrored = language === "fa";
  const across = (x: number) => short(isMirrored ? width - x : x);
  const anchors = isMirrored
    ? { start: "end", middle: "middle", end: "start" }
    : { start: "start", middle: "middle", end: "end" };
  return {
    across,
    /** A box as a part of a path. */
    box: ({ x, y, width: wide, height: high }: Box) =>
      `M${short(isMirrored ? width - x - wide : x)} ${short(y)}h${short(wide)}v${short(high)}h${short(-wide)}z`,
    line: (places: readonly Place[]) =>
      places.map(({ x, y }, n) => `${n === 0 ? "M" : "L"}${across(x)} ${short(y)}`).join(""),
    path: (classes: string, d: string, more = "") =>
      d ? `<path class="${classes}"${more && ` ${more}`} d="${d}"/>` : "",
    write: ({ x, y, text, anchor = "start", size = 14, isBold, isOverLines, classes = "ink" }: Writing) => {
      const weight = isBold ? ' font-weight="700"' : "";
      const names = isOverLines ? `${classes} ground-line" paint-order="stroke" stroke-width="4` : classes;
      const place = `x="${across(x)}" y="${short(y)}" text-anchor="${anchors[anchor]}"`;
      // The space separates this text from the next one in a browser that shows text only.
      return `<text class="${names}" ${place} font-size="${size}"${weight}>${withDirection(text, language)}</text> `;
    },
    /** Ends a drawing; `content`: all that was drawn. */
    drawing: (content: string, height: number): Drawing => ({ content, width, height, title }),
  };
}
export type Pen = ReturnType<typeof createPen>;

/** A finished drawing. `content`: the SVG elements inside the `<svg>` element; `width` and `height` in pixels. */
export type Drawing = { content: string; width: number; height: number; title: string };

/** The drawing as an `<svg>` element for a page. Its classes get their colours from the page's style sheet. */
export function svgOf({ content, width, height, title }: Drawing): string {
  // Every drawing is left to right, so that anchors mean sides. `withDirection` gives each Persian text its own direction.
  return `<svg class="drawing" xmlns="http://www.w3.org/2000/svg" role="img" direction="ltr" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="none"><title>${escapeXml(title)}</title>${content}</svg>`;
}

const short = (pixels: number) => Math.round(pixels * 10) / 10;

/** Text between tags or in an attribute; without the characters that XML cannot hold. */
export function escapeXml(text: string): string {
  return escapedMarkup(text.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ""));
}

const isPersian = /^\P{L}*(?=\p{L})\p{Script=Arabic}/u;

function textPart({ text, classes, size, isBold }: TextPart): string {
  const all = [classes && ` class="${classes}"`, size && ` font-size="${size}"`, isBold && ' font-weight="700"'];
  const attributes = all.filter(Boolean).join("");
  return attributes ? `<tspan${attributes}>${escapeXml(text)}</tspan>` : escapeXml(text);
}

/** Marks Persian text as right to left, independent of the text around it. An address or a number alone is not marked. */
function withDirection(text: string | readonly TextPart[], language: Language): string {
  const inner = typeof text === "string" ? escapeXml(text) : text.map(textPart).join(" ");
  return language === "fa" && isPersian.test(inner.replaceAll(/<[^>]*>/g, "")) ? `\u2067${inner}\u2069` : inner;
}

/** The approximate width of a text in pixels. For most texts it is a little more than the font Vazirmatn needs. */
export function widthOf(text: string, size: number): number {
  // Vowel marks and joiners take no room.
  const letters = text.replaceAll(/[\p{M}\p{Cf} ]/gu, "").length;
  return (letters * 0.54 + (text.split(" ").length - 1) * 0.26) * size;
}

/** Breaks a text into lines of at most `width` pixels; an empty text has no lines. A wider word gets a line of its own. */
export function linesOf(text: string, { size, width }: { size: number; width: number }): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = [...lines.slice(-1), word].join(" ");
    if (lines.length > 0 && widthOf(longer, size) <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** The upper end of an axis for shares (0 to 1), in hundredths: 80, or 100 where a share is above 0.78. */
export function axisTop(shares: readonly number[]): 80 | 100 {
  return shares.some((one) => one > 0.78) ? 100 : 80;
}

/** The numbers of an axis from 0 until `most` is reached: four to six steps of 1, 2 or 5 times a power of ten. */
export function axisSteps(most: number): number[] {
  const rough = Math.max(most, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step);
}

type Edges = { start: number; end: number; top: number; bottom: number };

/** The box inside the edges of a drawing. */
export function plotBox({ width, height }: { width: number; height: number }, edge: Edges): Box {
  return { x: edge.start, y: edge.top, width: width - edge.start - edge.end, height: height - edge.top - edge.bottom };
}

type Grid = { pen: Pen; plot: Box; top: number; language: Language };

export function yOfShare(share: number, { plot, top }: Pick<Grid, "plot" | "top">): number {
  return Math.round(plot.y + plot.height * (1 - (share * 100) / top));
}

/** Thin lines at every 20 of 100, a stronger line at 0, and their numbers at the side where reading begins. */
export function gridDrawing({ pen, plot, top, language }: Grid): string {
  const levels = Array.from({ length: top / 20 + 1 }, (_, n) => n * 20);
  return levels
    .map((level) => {
      const y = yOfShare(level / 100, { plot, top }) + 0.5;
      const ends = [plot.x, plot.x + plot.width].map((x) => ({ x, y }));
      const number = pen.write({ x: 0, y: y + 4.5, text: formatNumber(level, language), classes: "muted" });
      return pen.path(level === 0 ? "muted-line" : "hair-line", pen.line(ends)) + number;
    })
    .join("");
}

import type { Language } from "#shared/domain/vocabulary.ts";
import { escapeHtml as escapedMarkup } from "#shared/domain/wording/html.ts";
import { type DrawingOptions, formatNumber } from "../model/charts.ts";

/** A place, in pixels from where the language begins to read, and from the top. */
export type Place = { x: number; y: number };
export type Box = Place & { width: number; height: number };
/** A word of a text that looks another way than the rest. */
type Word = { text: string; classes?: string; size?: number; isBold?: boolean };
export type Writing = Place & {
  text: string | readonly Word[];
  /** Which of its ends stands at the place, as it is read. */
  anchor?: "start" | "middle" | "end";
  size?: number;
  isBold?: boolean;
  classes?: string;
  /** Kept readable on lines by an edge of the ground's colour. */
  isOverLines?: boolean;
};

/** Draws from the side where the language begins to read: what is drawn in English is mirrored in Persian. */
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
      // The space parts it from the next one where a browser of text alone reads them in a row.
      return `<text class="${names}" ${place} font-size="${size}"${weight}>${set(text, language)}</text> `;
    },
    // Its own direction, so that anchors mean sides; each text is isolated by `set`, so that it still reads its own way.
    framed: (inner: string, height: number) =>
      `<svg class="drawing" xmlns="http://www.w3.org/2000/svg" role="img" direction="ltr" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="none"><title>${escapeXml(title)}</title>${inner}</svg>`,
  };
}
export type Pen = ReturnType<typeof createPen>;

const short = (pixels: number) => Math.round(pixels * 10) / 10;

/** Text between tags or in an attribute; without the characters that XML cannot hold. */
export function escapeXml(text: string): string {
  return escapedMarkup(text.replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ""));
}

const isPersian = /^\P{L}*(?=\p{L})\p{Script=Arabic}/u;

function wordSet({ text, classes, size, isBold }: Word): string {
  const looks = [classes && ` class="${classes}"`, size && ` font-size="${size}"`, isBold && ' font-weight="700"'];
  const given = looks.filter(Boolean).join("");
  return given ? `<tspan${given}>${escapeXml(text)}</tspan>` : escapeXml(text);
}

/** Text in its language's direction, whatever stands around it; an address or a number alone stays as it is. */
function set(text: string | readonly Word[], language: Language): string {
  const inner = typeof text === "string" ? escapeXml(text) : text.map(wordSet).join(" ");
  return language === "fa" && isPersian.test(inner.replaceAll(/<[^>]*>/g, "")) ? `\u2067${inner}\u2069` : inner;
}

/** About how wide a text is set, in pixels: a little more than Vazirmatn needs of most. */
export function widthOf(text: string, size: number): number {
  // Vowel marks and joiners take no room.
  const letters = text.replaceAll(/[\p{M}\p{Cf} ]/gu, "").length;
  return (letters * 0.54 + (text.split(" ").length - 1) * 0.26) * size;
}

/** A text in lines of a width; none of no text. A word that is wider stands in a line of its own. */
export function linesOf(text: string, { size, width }: { size: number; width: number }): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = [...lines.slice(-1), word].join(" ");
    if (lines.length > 0 && widthOf(longer, size) <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** Shares of 0 to 1 are drawn up to this, in hundredths: up to 80, unless one of them is higher. */
export function axisTop(shares: readonly number[]): 80 | 100 {
  return shares.some((one) => one > 0.78) ? 100 : 80;
}

/** Steps of 1, 2 or 5 times a power of ten, from 0 on until `most` is within: four to six of them. */
export function axisSteps(most: number): number[] {
  const rough = Math.max(most, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step);
}

type Edges = { start: number; end: number; top: number; bottom: number };

/** What is left within the edges of a drawing. */
export function plotBox({ width, height }: { width: number; height: number }, edge: Edges): Box {
  return { x: edge.start, y: edge.top, width: width - edge.start - edge.end, height: height - edge.top - edge.bottom };
}

type Grid = { pen: Pen; plot: Box; top: number; language: Language };

export function yOfShare(share: number, { plot, top }: Pick<Grid, "plot" | "top">): number {
  return Math.round(plot.y + plot.height * (1 - (share * 100) / top));
}

/** Hairs at every 20 of a hundred, a line at none, and their numbers where reading begins. */
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

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { type DrawingFile, drawingFiles } from "#shared/runtime/bundled-files.ts";
import type { Language } from "#shared/vocabulary.ts";
import { palettes, withColours } from "./drawings/colours.ts";
import { createPen, type Drawing, escapeXml, linesOf } from "./drawings/pen.ts";

/** Renders drawings with our fonts, so that they look the same on sites and in messengers without these fonts. */
export type SvgRenderer = {
  /** Replaces the text of an SVG with outlines of its letters. */
  toOutlines: (svg: string) => string;
  /** Renders an SVG as a PNG of the same size. */
  toPng: (svg: string) => Uint8Array;
};

let rendererPromise: Promise<SvgRenderer> | undefined;

/** Loads the fonts and the WebAssembly renderer at the first call; later calls share them. */
export function getSvgRenderer(): Promise<SvgRenderer> {
  rendererPromise ??= createSvgRenderer();
  return rendererPromise;
}

async function createSvgRenderer(): Promise<SvgRenderer> {
  const fonts = (["vazirmatn-400.ttf", "vazirmatn-700.ttf"] as const).map(readBundledFile);
  const [fontBuffers] = await Promise.all([Promise.all(fonts), readBundledFile("index_bg.wasm").then(initWasm)]);
  const font = { fontBuffers, loadSystemFonts: false, defaultFontFamily: "Vazirmatn" };
  return {
    toOutlines: (svg) => useAndFree(new Resvg(svg, { font }), (read) => roundPaths(read.toString())),
    toPng: (svg) => useAndFree(new Resvg(svg, { font }), (read) => useAndFree(read.render(), (image) => image.asPng())),
  };
}

/** Rounds the numbers of paths to a tenth of a pixel. Every letter has about a hundred numbers, and nobody sees the rest. */
function roundPaths(svg: string): string {
  const rounded = (number: string) => String(Math.round(Number(number) * 10) / 10);
  return svg.replaceAll(/ d="[^"]*"/g, (path) => path.replaceAll(/-?\d+\.\d{2,}/g, rounded));
}

/** Frees an object of the WebAssembly renderer after its use, since no garbage collector clears its memory. */
function useAndFree<Held extends { free: () => void }, Made>(held: Held, make: (held: Held) => Made): Made {
  try {
    return make(held);
  } finally {
    held.free();
  }
}

/** Reads a font or the renderer: in a bundle it lies beside the code, elsewhere in its npm package. */
function readBundledFile(name: DrawingFile): Promise<Uint8Array<ArrayBuffer>> {
  const beside = join(import.meta.dirname, name);
  return readFile(existsSync(beside) ? beside : join(import.meta.dirname, "../..", drawingFiles[name]));
}

export type EmbedTexts = {
  /** The message of the drawing; stands above it. */
  title: string;
  /** The period of the figures, such as "Mehr 1405". */
  date: string;
  /** The address of the page with the figures. */
  source: string;
  /** The meaning of the marks, and a remark that the numbers are rounded. */
  note: string;
  language: Language;
};

const margin = 24;
const titleLine = 28;
const below = 56;
const line = 22;

/** An SVG file for other sites: the title above the drawing; note, period and source below. It needs no font. */
export function framedEmbed(drawing: Drawing, texts: EmbedTexts, { toOutlines }: SvgRenderer): string {
  const { title, date, source, note, language } = texts;
  const { width, height } = drawing;
  const titles = linesOf(title, { size: 19, width });
  const above = 36 + titles.length * titleLine;
  const notes = linesOf(note, { size: 14, width });
  const whole = { width: width + 2 * margin, height: height + above + below + notes.length * line };
  const pen = createPen({ language, width: whole.width, title });
  const bottom = whole.height - 18;
  const framed = pen.drawing(
    [
      `<rect class="ground" width="${whole.width}" height="${whole.height}"/>`,
      ...titles.map((text, n) => pen.write({ x: margin, y: 38 + n * titleLine, text, size: 19, isBold: true })),
      `<g transform="translate(${margin} ${above})">${drawing.content}</g>`,
      ...notes.map((text, n) =>
        pen.write({ x: margin, y: bottom - (notes.length - n) * line, text, classes: "muted" }),
      ),
      pen.write({ x: margin, y: bottom, text: date, classes: "muted" }),
      pen.write({ x: whole.width - margin, y: bottom, text: source, anchor: "end", classes: "muted" }),
    ].join(""),
    whole.height,
  );
  return withAccessibleName(toOutlines(standaloneSvg(framed)), texts);
}

/** The drawing as SVG with the colours of a light screen and the name of the font, which a page has in its style sheet. */
export function standaloneSvg(drawing: Drawing): string {
  return withColours(drawing, palettes.light).replace("<svg ", '<svg font-family="Vazirmatn" ');
}

/** Adds a title and a description, since screen readers cannot read outlines. The renderer drops earlier ones. */
function withAccessibleName(svg: string, { title, date, source, note, language }: EmbedTexts): string {
  const names = `<title>${escapeXml(title)}</title><desc>${escapeXml(`${note} ${date}. ${source}`)}</desc>`;
  return svg.replace(
    /<svg ([^>]*)>/,
    (_, attributes: string) => `<svg role="img" xml:lang="${language}" ${attributes}>${names}`,
  );
}

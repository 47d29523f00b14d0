import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Language } from "#shared/domain/vocabulary.ts";
import { type DrawingFile, drawingFiles } from "#shared/runtime/bundled-files.ts";
import { palettes, withColours } from "./drawings/colours.ts";
import { createPen, escapeXml, linesOf } from "./drawings/pen.ts";

/** Sets the text of a drawing that stands alone, which reads the same then wherever it is shown. */
export type SvgRenderer = {
  /** The same drawing with shapes for its text. */
  toOutlines: (svg: string) => string;
  /** The same as a PNG, as large as it says. */
  toPng: (svg: string) => Uint8Array;
};

let rendererPromise: Promise<SvgRenderer> | undefined;

/** Reads the fonts and compiles what sets them, once. */
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

/** A twentieth of a pixel is seen by nobody, and every glyph has a hundred numbers. */
function roundPaths(svg: string): string {
  const short = (number: string) => String(Math.round(Number(number) * 10) / 10);
  return svg.replaceAll(/ d="[^"]*"/g, (path) => path.replaceAll(/-?\d+\.\d{2,}/g, short));
}

/** What is compiled has a memory that nothing clears by itself. */
function useAndFree<Held extends { free: () => void }, Made>(held: Held, make: (held: Held) => Made): Made {
  try {
    return make(held);
  } finally {
    held.free();
  }
}

/** In a bundle a file lies beside the code, elsewhere in its package. */
function readBundledFile(name: DrawingFile): Promise<Uint8Array<ArrayBuffer>> {
  const beside = join(import.meta.dirname, name);
  return readFile(existsSync(beside) ? beside : join(import.meta.dirname, "../../node_modules", drawingFiles[name]));
}

export type EmbedTexts = {
  /** What it shows; the first line of it. */
  title: string;
  /** Of when it is, such as "Mehr 1405". */
  date: string;
  /** Whose figures they are, and where they are found. */
  source: string;
  /** What its marks mean, and that its numbers are moved. */
  note: string;
  language: Language;
};

const margin = 24;
const titleLine = 28;
const below = 56;
const line = 22;

/** A drawing as a file of its own, for pages of others: its title above, of when it is and whose below, no font needed. */
export function framedEmbed(svg: string, embedded: EmbedTexts, { toOutlines }: SvgRenderer): string {
  const { title, date, source, note, language } = embedded;
  const [width, height] = [sizeOf(svg, "width"), sizeOf(svg, "height")];
  const titles = linesOf(title, { size: 19, width });
  const above = 36 + titles.length * titleLine;
  const notes = linesOf(note, { size: 14, width });
  const whole = { width: width + 2 * margin, height: height + above + below + notes.length * line };
  const pen = createPen({ language, width: whole.width, title });
  const bottom = whole.height - 18;
  const framed = pen.framed(
    [
      `<rect class="ground" width="${whole.width}" height="${whole.height}"/>`,
      ...titles.map((text, n) => pen.write({ x: margin, y: 38 + n * titleLine, text, size: 19, isBold: true })),
      `<g transform="translate(${margin} ${above})">${innerSvg(svg)}</g>`,
      ...notes.map((text, n) =>
        pen.write({ x: margin, y: bottom - (notes.length - n) * line, text, classes: "muted" }),
      ),
      pen.write({ x: margin, y: bottom, text: date, classes: "muted" }),
      pen.write({ x: whole.width - margin, y: bottom, text: source, anchor: "end", classes: "muted" }),
    ].join(""),
    whole.height,
  );
  return withAccessibleName(toOutlines(standaloneSvg(framed)), embedded);
}

/** With its colours and its font within. */
export function standaloneSvg(svg: string): string {
  return withColours(svg, palettes.light).replace("<svg ", '<svg font-family="Vazirmatn" ');
}

/** Outlines say nothing to who does not see them. */
function withAccessibleName(svg: string, { title, date, source, note, language }: EmbedTexts): string {
  const names = `<title>${escapeXml(title)}</title><desc>${escapeXml(`${note} ${date}. ${source}`)}</desc>`;
  return svg.replace(
    /<svg ([^>]*)>/,
    (_, attributes: string) => `<svg role="img" xml:lang="${language}" ${attributes}>${names}`,
  );
}

function sizeOf(svg: string, side: "width" | "height"): number {
  return Number(new RegExp(` ${side}="(\\d+)"`).exec(svg)?.[1] ?? 0);
}

/** A drawing without its frame and its name. */
export function innerSvg(svg: string): string {
  return svg.slice(svg.indexOf("</title>") + "</title>".length, svg.lastIndexOf("</svg>"));
}

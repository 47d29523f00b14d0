import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { type DrawnWith, drawnWith } from "#shared/runtime/page-files.ts";

/** Sets the text of a drawing that stands alone, which reads the same then wherever it is shown. */
export type Outlines = {
  /** The same drawing with shapes for its text. */
  outlined: (svg: string) => string;
  /** The same as a PNG, as large as it says. */
  picture: (svg: string) => Uint8Array;
};

let ready: Promise<Outlines> | undefined;

/** Reads the fonts and compiles what sets them, once. */
export function readyOutlines(): Promise<Outlines> {
  ready ??= newOutlines();
  return ready;
}

async function newOutlines(): Promise<Outlines> {
  const fonts = (["vazirmatn-400.ttf", "vazirmatn-700.ttf"] as const).map(readBeside);
  const [fontBuffers] = await Promise.all([Promise.all(fonts), readBeside("index_bg.wasm").then(initWasm)]);
  const font = { fontBuffers, loadSystemFonts: false, defaultFontFamily: "Vazirmatn" };
  return {
    outlined: (svg) => using(new Resvg(svg, { font }), (read) => rounded(read.toString())),
    picture: (svg) => using(new Resvg(svg, { font }), (read) => using(read.render(), (image) => image.asPng())),
  };
}

/** A twentieth of a pixel is seen by nobody, and every glyph has a hundred numbers. */
function rounded(svg: string): string {
  const short = (number: string) => String(Math.round(Number(number) * 10) / 10);
  return svg.replaceAll(/ d="[^"]*"/g, (path) => path.replaceAll(/-?\d+\.\d{2,}/g, short));
}

/** What is compiled has a memory that nothing clears by itself. */
function using<Held extends { free: () => void }, Made>(held: Held, make: (held: Held) => Made): Made {
  try {
    return make(held);
  } finally {
    held.free();
  }
}

/** In a bundle a file lies beside the code, elsewhere in its package. */
function readBeside(name: DrawnWith): Promise<Uint8Array<ArrayBuffer>> {
  const beside = join(import.meta.dirname, name);
  return readFile(existsSync(beside) ? beside : join(import.meta.dirname, "../../node_modules", drawnWith[name]));
}

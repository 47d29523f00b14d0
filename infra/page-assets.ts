import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import subsetFont from "subset-font";
import { type AssetFile, type PageAssets, pageFiles, pageInputFiles } from "#shared/runtime/bundled-files.ts";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/foad-fonts");

/** Vazirmatn as its package has it, by weight. */
const fontNames = { 400: "Regular", 700: "Bold" } as const;
export type Weight = keyof typeof fontNames;

function wholeFont(weight: Weight): Buffer {
  return readFileSync(join(root, `node_modules/vazirmatn/fonts/ttf/Vazirmatn-${fontNames[weight]}.ttf`));
}

export const fontLicence = () => readFileSync(join(root, "node_modules/vazirmatn/OFL.txt"));

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)).join("");

/** Every sign that pages in Persian and English are written with; a name that has another is shown in the reader's font. */
const characters = [
  between(0x20, 0x7e),
  "\u00a0«»·×±°–—‘’“”•…‹›←↑→↓−≤≥≈\u200c\u200d\u200e\u200f",
  "،؛؟ءآأؤإئابةتثجحخدذرزژسشصضطظعغفقکكگلمنهويىپچیۀًٌٍَُِّْٔ",
  "۰۱۲۳۴۵۶۷۸۹٪٫٬",
].join("");

/** What joins letters, places marks and spaces pairs; figures of other forms and alternates go. */
const features = ["init", "medi", "fina", "isol", "rlig", "calt", "ccmp", "mark", "mkmk", "locl", "kern"];

/** The signs of our pages alone, compressed for browsers. Kept, since to compress one takes half a second. */
export async function fontSubset(weight: Weight): Promise<Buffer> {
  const font = wholeFont(weight);
  const digest = createHash("sha256").update(font).update(characters).update(features.join()).digest("hex");
  const file = join(cache, `${digest}.woff2`);
  try {
    return readFileSync(file);
  } catch {
    const subset = await subsetFont(font, characters, {
      targetFormat: "woff2",
      keepFeatures: features,
      noHinting: true,
    });
    mkdirSync(cache, { recursive: true });
    // In one step: another synthesis may look for it meanwhile.
    writeFileSync(`${file}.${process.pid}`, subset);
    renameSync(`${file}.${process.pid}`, file);
    return subset;
  }
}

const weights: Weight[] = [400, 700];

/** Lays style and fonts beside the code that makes the public page, with a list of their addresses. */
export async function writePageAssets(folder: string): Promise<void> {
  const lay = (name: string, bytes: string | Buffer) => writeFileSync(join(folder, name), bytes);
  const fonts: AssetFile[] = [];
  for (const weight of weights) {
    const bytes = await fontSubset(weight);
    lay(pageFiles.fonts[weight], bytes);
    fonts.push(assetFile(pageFiles.fonts[weight], { bytes, type: "font/woff2" }));
  }
  const pieces = Object.values(pageInputFiles).map((name) => readFileSync(join(folder, name), "utf8"));
  const css = await styleWith(fonts, folder);
  lay(pageFiles.style, css);
  lay(pageFiles.licence, fontLicence());
  const style = assetFile(pageFiles.style, { bytes: css, type: "text/css; charset=utf-8" });
  const licence = assetFile(pageFiles.licence, { bytes: fontLicence(), type: "text/plain; charset=utf-8" });
  const assets: PageAssets = {
    digest: digestOf(readFileSync(join(folder, "index.js")), css, ...pieces, ...fonts.map(({ path }) => path)),
    style: style.path,
    fonts: fonts.map(({ path }) => path),
    files: [style, ...fonts, licence],
  };
  lay(pageFiles.assets, JSON.stringify(assets));
}

/** A file whose address holds a digest of its bytes, so that whoever has it never asks again. */
function assetFile(name: string, { bytes, type }: { bytes: string | Buffer; type: string }): AssetFile {
  const [stem, extension] = [name.replace(/\.\w+$/, ""), /\w+$/.exec(name)?.[0]];
  return { path: `/assets/${stem}.${digestOf(bytes)}.${extension}`, name, type };
}

/** The pages' style and the drawings', in which fonts are named as they lie beside the code. */
async function styleWith(fonts: readonly AssetFile[], folder: string): Promise<string> {
  const styles = [join(folder, pageInputFiles.drawings), join(root, "functions/public-page/style.css")];
  const { code } = await transform(styles.map((file) => readFileSync(file, "utf8")).join("\n"), {
    loader: "css",
    minify: true,
    legalComments: "none",
  });
  return fonts.reduce((css, { name, path }) => css.replaceAll(name, path), code);
}

function digestOf(...parts: (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 12);
}

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import subsetFont from "subset-font";
import { type AssetFile, type PageAssets, pageFiles, pageInputFiles } from "#shared/runtime/bundled-files.ts";

const root = join(import.meta.dirname, "../..");
const cache = join(root, "node_modules/.cache/foad-fonts");

/** Files of the font Vazirmatn by weight, as its package names them. */
const fontNames = { 400: "Regular", 700: "Bold" } as const;
type Weight = keyof typeof fontNames;

function wholeFont(weight: Weight): Buffer {
  return readFileSync(join(root, `node_modules/vazirmatn/fonts/ttf/Vazirmatn-${fontNames[weight]}.ttf`));
}

const fontLicence = () => readFileSync(join(root, "node_modules/vazirmatn/OFL.txt"));

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)).join("");

/** Every character of our pages in Persian and English. The browser shows other characters in its own font. */
const characters = [
  between(0x20, 0x7e),
  "\u00a0«»·×±°–—‘’“”•…‹›←↑→↓−≤≥≈\u200c\u200d\u200e\u200f",
  "،؛؟ءآأؤإئابةتثجحخدذرزژسشصضطظعغفقکكگلمنهويىپچیۀًٌٍَُِّْٔ",
  "۰۱۲۳۴۵۶۷۸۹٪٫٬",
].join("");

/** OpenType features that join letters, place marks and space pairs. Alternates and other forms of digits are removed. */
const features = ["init", "medi", "fina", "isol", "rlig", "calt", "ccmp", "mark", "mkmk", "locl", "kern"];

/** Returns the font with only the characters of our pages, as WOFF2. Cached, because compression takes half a second. */
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
    // A rename is atomic: another synthesis may read the file at the same time.
    writeFileSync(`${file}.${process.pid}`, subset);
    renameSync(`${file}.${process.pid}`, file);
    return subset;
  }
}

export const fontWeights: Weight[] = [400, 700];

/**
 * Writes style, fonts and the list of their addresses into `folder`, the bundle of the function that renders the public
 * page.
 */
export async function writePageAssets(folder: string): Promise<void> {
  const write = (name: string, bytes: string | Buffer) => writeFileSync(join(folder, name), bytes);
  const fonts: AssetFile[] = [];
  for (const weight of fontWeights) {
    const bytes = await fontSubset(weight);
    write(pageFiles.fonts[weight], bytes);
    fonts.push(assetFile(pageFiles.fonts[weight], { bytes, type: "font/woff2" }));
  }
  const pieces = Object.values(pageInputFiles).map((name) => readFileSync(join(folder, name), "utf8"));
  const css = await styleWith(fonts, folder);
  write(pageFiles.style, css);
  write(pageFiles.licence, fontLicence());
  const style = assetFile(pageFiles.style, { bytes: css, type: "text/css; charset=utf-8" });
  const licence = assetFile(pageFiles.licence, { bytes: fontLicence(), type: "text/plain; charset=utf-8" });
  const assets: PageAssets = {
    digest: digestOf(readFileSync(join(folder, "index.js")), css, ...pieces, ...fonts.map(({ path }) => path)),
    style: style.path,
    fonts: fonts.map(({ path }) => path),
    files: [style, ...fonts, licence],
  };
  write(pageFiles.assets, JSON.stringify(assets));
}

/** A file whose address holds a digest of its bytes, so that browsers may cache it forever. */
function assetFile(name: string, { bytes, type }: { bytes: string | Buffer; type: string }): AssetFile {
  const [stem, extension] = [name.replace(/\.\w+$/, ""), /\w+$/.exec(name)?.[0]];
  return { path: `/assets/${stem}.${digestOf(bytes)}.${extension}`, name, type };
}

/** Returns the styles of the pages and of the drawings as one CSS text; font names are replaced by the fonts' addresses. */
async function styleWith(fonts: readonly AssetFile[], folder: string): Promise<string> {
  const styles = [join(folder, pageInputFiles.drawings), join(root, "functions/public-page/style.css")];
  const { code } = await transform(styles.map((file) => readFileSync(file, "utf8")).join("\n"), {
    loader: "css",
    minify: true,
    legalComments: "none",
  });
  return fonts.reduce((css, { name, path }) => css.replaceAll(name, path), code);
}

/** The first twelve digits of the SHA-256 of all parts. */
export function digestOf(...parts: (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 12);
}

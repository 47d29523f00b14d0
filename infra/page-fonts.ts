import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/foad-fonts");

/** Vazirmatn as its package has it, by weight. */
const whole = { 400: "Regular", 700: "Bold" } as const;
export type Weight = keyof typeof whole;

function wholeFont(weight: Weight): Buffer {
  return readFileSync(join(root, `node_modules/vazirmatn/fonts/ttf/Vazirmatn-${whole[weight]}.ttf`));
}

export const fontLicence = () => readFileSync(join(root, "node_modules/vazirmatn/OFL.txt"));

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)).join("");

/** Every sign that pages in Persian and English are written with; a name that has another is shown in the reader's font. */
const signs = [
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
  const digest = createHash("sha256").update(font).update(signs).update(features.join()).digest("hex");
  const file = join(cache, `${digest}.woff2`);
  try {
    return readFileSync(file);
  } catch {
    const subset = await subsetFont(font, signs, { targetFormat: "woff2", keepFeatures: features, noHinting: true });
    mkdirSync(cache, { recursive: true });
    // In one step: another synthesis may look for it meanwhile.
    writeFileSync(`${file}.${process.pid}`, subset);
    renameSync(`${file}.${process.pid}`, file);
    return subset;
  }
}

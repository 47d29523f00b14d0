import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clean } from "#functions/files/clean.job.ts";
import { jpegDecoder } from "#functions/files/cleaning/pictures/jpeg-and-webp.ts";
import type { Pixels } from "#functions/files/cleaning/pictures/picture.ts";
import { pictures } from "#shared/province/slices.static.ts";

/** How sharp a page of Persian print stays when it is made anew; both are kept for whoever wants to look. */
const file = new Uint8Array(readFileSync(join(import.meta.dirname, "../fixtures/attachments/persian-page.jpg")));
const cleaned = await clean({ bytes: file, from: "image/jpeg", ...pictures });
if (!("bytes" in cleaned)) throw new Error(`the page is refused: ${cleaned.uncleanable}`);
const before = (await jpegDecoder())(file);
const after = (await jpegDecoder())(cleaned.bytes);
if (after.width !== before.width) throw new Error("the page was scaled: compare by eye");

/** The mean step from a pixel to its right neighbour: what blurs letters makes it smaller. */
function sharpness({ rgba }: Pixels): number {
  let steps = 0;
  for (let at = 4; at < rgba.length; at += 4) steps += Math.abs((rgba[at] ?? 0) - (rgba[at - 4] ?? 0));
  return steps / (rgba.length / 4);
}

/** In decibels; above 35 nobody tells the two apart at reading distance. */
function likeness(one: Pixels, other: Pixels): number {
  let squares = 0;
  for (let at = 0; at < one.rgba.length; at += 4) squares += ((one.rgba[at] ?? 0) - (other.rgba[at] ?? 0)) ** 2;
  return 10 * Math.log10(255 ** 2 / (squares / (one.rgba.length / 4)));
}

const folder = mkdtempSync(join(tmpdir(), "foad-sharpness-"));
writeFileSync(join(folder, "before.jpg"), file);
writeFileSync(join(folder, "after.jpg"), cleaned.bytes);
console.log(
  `sharpness ${(sharpness(after) / sharpness(before)).toFixed(3)} of before, likeness ${likeness(before, after).toFixed(1)} dB`,
);
console.log(`${file.length} bytes became ${cleaned.bytes.length}; look at both in ${folder}`);

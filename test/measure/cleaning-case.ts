import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clean, type FileToClean } from "#functions/files/clean.job.ts";
import { jpegEncoder } from "#functions/files/cleaning/pictures/jpeg-and-webp.ts";
import type { Pixels } from "#functions/files/cleaning/pictures/picture.ts";
import { contentOf, fixtures, noisePng } from "../support/sample-files.ts";
import { encodeWebp } from "../support/webp-encoder.ts";

const megabyte = 1_024 * 1_024;
const size = 10 * megabyte;
const how = { quality: 85, largestSide: 3_000 };

/** How many of 256 levels the grain of a phone's camera is wide. Grain of the night packs badly. */
const [night, day] = [70, 30];

/** A picture of twelve megapixels with such a grain. */
function grain(levels: number): Pixels {
  const [width, height] = [4_000, 3_000];
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < rgba.length; at += 4) {
    const light = 90 + ((at / 4 / width) % 256) / 4;
    for (let colour = 0; colour < 3; colour++) rgba[at + colour] = light + (Math.random() - 0.5) * levels;
    rgba[at + 3] = 255;
  }
  return { rgba, width, height };
}

/** A sound of so many bytes: the frames of a small one, again and again, without the tag in front of them. */
function longSound(bytes: number): Uint8Array {
  const fixture = fixtures.find(({ contentType }) => contentType === "audio/mpeg");
  if (!fixture) throw new Error("no recording in the collection");
  const content = contentOf(fixture);
  const [a = 0, b = 0, c = 0, d = 0] = content.subarray(6, 10);
  // An ID3v2 tag has ten bytes of its own and says how many follow, in seven bits a byte.
  const frames = content.subarray(10 + ((a << 21) | (b << 14) | (c << 7) | d));
  return Buffer.concat(Array.from({ length: Math.floor(bytes / frames.length) }, () => frames));
}

/** As many pages with `photo` as `bytes` hold. */
async function scans(photo: Uint8Array, bytes: number): Promise<Uint8Array> {
  const { PDFDocument } = await import("@cantoo/pdf-lib");
  const document = await PDFDocument.create();
  for (let pages = 0; (pages + 1) * photo.length < bytes; pages++) {
    const picture = await document.embedJpg(photo.with(photo.length - 20, pages));
    document.addPage([595, 842]).drawImage(picture, { x: 0, y: 0, width: 595, height: 842 });
  }
  return document.save();
}

/** As many pages as that of Persian print, as an office writes them, or as a scanner takes them. */
async function persian(file: string, pages: number): Promise<Uint8Array> {
  const { PDFDocument } = await import("@cantoo/pdf-lib");
  const source = await PDFDocument.load(
    readFileSync(join(import.meta.dirname, `../fixtures/attachments/persian/${file}`)),
  );
  const document = await PDFDocument.create();
  while (document.getPageCount() < pages) {
    const most = Math.min(source.getPageCount(), pages - document.getPageCount());
    const copied = await document.copyPages(
      source,
      Array.from({ length: most }, (_, page) => page),
    );
    for (const page of copied) document.addPage(page);
  }
  return document.save();
}
const pdfOf = (file: string, pages: number) => async () => ({
  from: "application/pdf" as const,
  bytes: await persian(file, pages),
});

const jpeg = async (levels: number, quality: number) => (await jpegEncoder())(grain(levels), quality);

const cases: Record<string, () => Promise<Pick<FileToClean, "bytes" | "from">>> = {
  JPEG: async () => ({ from: "image/jpeg", bytes: await jpeg(night, 92) }),
  PNG: async () => ({ from: "image/png", bytes: noisePng(size) }),
  WebP: async () => ({ from: "image/webp", bytes: await encodeWebp(grain(night), { quality: 98 }) }),
  PDF: async () => ({ from: "application/pdf", bytes: await scans(await jpeg(night, 40), size) }),
  "PDF, 1 page": pdfOf("office-pages.pdf", 1),
  "PDF, 10 pages": pdfOf("office-pages.pdf", 10),
  "PDF, 60 pages": pdfOf("office-pages.pdf", 60),
  "PDF, 60 grey scans": pdfOf("scan-grey.pdf", 60),
  "PDF, 60 colour scans": pdfOf("scan-colour.pdf", 60),
  MP3: async () => ({ from: "audio/mpeg", bytes: longSound(size) }),
  "JPEG, 2 MB": async () => ({ from: "image/jpeg", bytes: await jpeg(day, 85) }),
  "PDF, 2 MB": async () => ({ from: "application/pdf", bytes: await scans(await jpeg(day, 75), 2 * megabyte) }),
  "MP3, 2 MB": async () => ({ from: "audio/mpeg", bytes: longSound(2 * megabyte) }),
};

/** One case in a process of its own, made in another before it: `make <case>` writes the file, `clean <file> <type>` cleans it. */
const [task, one = "", from = ""] = process.argv.slice(2);
if (task === "make") {
  const made = await cases[one]?.();
  process.stdout.write(`${made?.from}\n`);
  process.stdout.write(Buffer.from(made?.bytes ?? []).toString("base64"));
}
if (task === "clean") {
  const bytes = new Uint8Array(readFileSync(one));
  const began = process.cpuUsage();
  const cleaning = await clean({ bytes, from: from as FileToClean["from"], ...how });
  const { user, system } = process.cpuUsage(began);
  const out = "bytes" in cleaning ? cleaning.bytes.length : cleaning.uncleanable;
  process.stdout.write(
    JSON.stringify({ seconds: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1_024, out }),
  );
}
export const caseNames = Object.keys(cases);

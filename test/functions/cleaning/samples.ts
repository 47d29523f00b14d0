import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect } from "vitest";
import type { Cleaned, Cleaning } from "#functions/attachments/cleaning/cleaned.ts";
import { cleanImage } from "#functions/attachments/cleaning/pictures/clean-image.ts";
import type { Pixels } from "#functions/attachments/cleaning/pictures/pixels.ts";
import {
  aPicture,
  canvas,
  decoded,
  exif,
  jpegOf,
  pngChunk,
  pngOf,
  segment,
  webp,
  webpChunk,
  webpOf,
  withChunks,
  withSegments,
} from "./pictures.ts";

export type ImageType = Parameters<typeof cleanImage>[1]["from"];

export const heic = readFileSync(join(import.meta.dirname, "../../fixtures/attachments/heic-small.heic"));

export const good: Record<ImageType, Buffer> = {
  "image/jpeg": await jpegOf(aPicture()),
  "image/png": await pngOf(aPicture()),
  "image/webp": await webpOf(aPicture()),
  "image/heic": heic,
};
export const types = Object.keys(good) as ImageType[];

export const clean = (file: Uint8Array, from: ImageType, largestSide = 3000) =>
  cleanImage(file, { from, quality: 82, largestSide });

export async function cleaned(
  file: Uint8Array,
  from: ImageType,
  largestSide?: number,
): Promise<Cleaned & { pixels: Pixels }> {
  const made = await clean(file, from, largestSide);
  if ("uncleanable" in made) throw new Error(made.uncleanable);
  return { ...made, pixels: await decoded(made.bytes, made.contentType) };
}

/** A picture is refused, and the next one is cleaned as if nothing had been. */
export async function refusal(file: Uint8Array, from: ImageType): Promise<Cleaning> {
  const refused = await clean(file, from);
  expect(await clean(good[from], from)).toHaveProperty("bytes");
  return refused;
}

export const marker = "MARKER-09123456789";
export const text = (before: string) => Buffer.from(`${before}${marker}`, "latin1");
export const zipped = deflateSync(text(""));
export const xmp = text("<x:xmpmeta xmlns:x='adobe:ns:meta/'>");
export const anExif = exif({ marker });
export const exifBody = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), anExif]);
export const thumbnail = Buffer.concat([Buffer.from("JFXX\0\x10", "latin1"), good["image/jpeg"], text("")]);
export const iptc = Buffer.concat([
  Buffer.from("Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x17\x1c\x02\x78\0\x12", "latin1"),
  text(""),
]);

export const laden: Record<ImageType, Buffer> = {
  "image/jpeg": withSegments(
    good["image/jpeg"],
    segment(0xe0, thumbnail),
    segment(0xe1, exifBody),
    segment(0xe1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), xmp])),
    segment(0xe2, text("ICC_PROFILE\0\x01\x01")),
    segment(0xe2, text("MPF\0")),
    segment(0xed, iptc),
    segment(0xef, text("a maker's own")),
    segment(0xfe, text("a comment ")),
  ),
  "image/png": withChunks(
    good["image/png"],
    pngChunk("iCCP", Buffer.concat([Buffer.from("profile\0\0"), zipped])),
    pngChunk("tEXt", text("Author\0")),
    pngChunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), zipped])),
    pngChunk("iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), xmp])),
    pngChunk("eXIf", anExif),
    pngChunk("tIME", Buffer.from([7, 0xea, 11, 25, 1, 2, 3])),
    pngChunk("prVt", text("a maker's own")),
  ),
  "image/webp": webp(
    canvas({ width: 64, height: 40, flags: 0x2c }),
    webpChunk("ICCP", text("")),
    good["image/webp"].subarray(12),
    webpChunk("EXIF", anExif),
    webpChunk("XMP ", xmp),
    webpChunk("OWNS", text("a maker's own")),
  ),
  "image/heic": heic,
};

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import writeJpeg from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { expect } from "vitest";
import type { CleanFile, CleaningOutcome } from "#functions/files/cleaning/cleaned.ts";
import { newProgram } from "#functions/files/cleaning/codec-instance.ts";
import { cleanImage } from "#functions/files/cleaning/pictures/clean-image.ts";
import { jpegDecoder, webpDecoder } from "#functions/files/cleaning/pictures/jpeg-and-webp.ts";
import type { Pixels } from "#functions/files/cleaning/pictures/picture.ts";
import { pngDecoder } from "#functions/files/cleaning/pictures/png.ts";

import { encodeWebp } from "../../support/webp-encoder.ts";
import { profileOf } from "./colour-profiles.ts";

export type Corner = "red" | "green" | "blue" | "white";
export const corners: Record<Corner, [number, number, number]> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
};

/** A grey slope with a square of another colour in each corner, row by row: top left, top right, bottom left, bottom right. */
export function aPicture({
  width = 64,
  height = 40,
  at = ["red", "green", "blue", "white"],
  opacity = 255,
}: Drawn = {}) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grey = 60 + Math.round((120 * x) / width);
      const isCorner = (x < 16 || x >= width - 16) && (y < 16 || y >= height - 16);
      const corner = at[(y < 16 ? 0 : 2) + (x < 16 ? 0 : 1)] ?? "white";
      rgba.set([...(isCorner ? corners[corner] : [grey, grey, grey]), opacity], (y * width + x) * 4);
    }
  }
  return { rgba, width, height };
}
type Drawn = { width?: number; height?: number; at?: Corner[]; opacity?: number };

/** The corners of a picture, by the colour that each is nearest to. */
export function cornersOf({ rgba, width, height }: Pixels): Corner[] {
  const places = [5 * width + 5, 6 * width - 6, (height - 6) * width + 5, (height - 5) * width - 6];
  return places.map((place) => {
    const seen = rgba.subarray(place * 4, place * 4 + 3);
    const far = (corner: Corner) => corners[corner].reduce((sum, part, n) => sum + Math.abs(part - (seen[n] ?? 0)), 0);
    return (Object.keys(corners) as Corner[]).reduce((best, one) => (far(one) < far(best) ? one : best));
  });
}

/** How alike two pictures are, in decibels; above 30 hardly anybody sees a difference. */
export function likeness(one: Pixels, other: Pixels): number {
  const squares = one.rgba.reduce((sum, part, n) => sum + (part - (other.rgba[n] ?? 0)) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / one.rgba.length || 1e-9));
}

export async function jpegOf({ rgba, width, height }: Pixels, options: object = {}): Promise<Buffer> {
  type Writer = { encode: (...given: [Uint8ClampedArray, number, number, object]) => Uint8Array };
  const jpeg = await newProgram<Writer>({ codec: "writeJpeg", start: writeJpeg });
  return Buffer.from(jpeg.encode(rgba, width, height, { ...defaultOptions, quality: 95, ...options }));
}

export async function pngOf({ rgba, width, height }: Pixels): Promise<Buffer> {
  const rows = Array.from({ length: height }, (_, y) => Buffer.from(rgba.subarray(y * width * 4, (y + 1) * width * 4)));
  return rawPng({ width, height, depth: 8, colour: 6, rows });
}

export const webpOf = (pixels: Pixels) => encodeWebp(pixels, { quality: 95 });

export async function decoded(file: Uint8Array, type: string): Promise<Pixels> {
  const decoders: Record<string, () => Promise<(file: Uint8Array) => Pixels>> = {
    "image/jpeg": jpegDecoder,
    "image/png": pngDecoder,
    "image/webp": webpDecoder,
  };
  const decode = await decoders[type]?.();
  if (!decode) throw new Error(`nothing reads ${type}`);
  return decode(file);
}

/** A segment of a JPEG. */
export function segment(kind: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, kind, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
}

/** A JPEG with more segments after its start. */
export function withSegments(jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** A chunk of a PNG. */
export function pngChunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  return Buffer.concat([uint32(body.length), named, uint32(crc32(named))]);
}

/** A PNG with more chunks after its header. */
export function withChunks(png: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

/** A PNG of any kind of pixels, each row without a filter. */
export function rawPng({ width, height, depth, colour, rows, chunks = [] }: RawPng): Buffer {
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([depth, colour, 0, 0, 0])]);
  const pixels = deflateSync(Buffer.concat(rows.map((row) => Buffer.concat([Buffer.from([0]), row]))));
  const parts = [pngChunk("IHDR", header), ...chunks, pngChunk("IDAT", pixels), pngChunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
}
type RawPng = {
  width: number;
  height: number;
  depth: number;
  colour: number;
  rows: Buffer[];
  chunks?: Buffer[];
};

/** A chunk of a WebP. */
export function webpChunk(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(type, "latin1"), length, body, Buffer.alloc(body.length % 2)]);
}

/** A WebP of these chunks. */
export function webp(...chunks: Buffer[]): Buffer {
  return webpChunk("RIFF", Buffer.concat([Buffer.from("WEBP", "latin1"), ...chunks]));
}

/** The chunk that a WebP with anything beside its picture begins with. */
export function canvas({ width, height, flags }: { width: number; height: number; flags: number }): Buffer {
  const body = Buffer.alloc(10);
  body.writeUInt8(flags);
  body.writeUIntLE(width - 1, 4, 3);
  body.writeUIntLE(height - 1, 7, 3);
  return webpChunk("VP8X", body);
}

/** A box of a HEIC. */
export function box(type: string, ...bodies: Buffer[]): Buffer {
  const body = Buffer.concat(bodies);
  return Buffer.concat([uint32(body.length + 8), Buffer.from(type, "latin1"), body]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Exif as cameras write it: which way up, who made it, and where. */
export function exif({ orientation = 1, marker = "" }: { orientation?: number; marker?: string }): Buffer {
  const text = Buffer.from(`${marker}\0`, "latin1");
  const [make, gps] = [8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + text.length];
  const entry = (tag: number, ...[kind, count, value]: [number, number, Buffer]) =>
    Buffer.concat([Buffer.from([tag >> 8, tag & 0xff, 0, kind]), uint32(count), value]);
  const directory = [
    entry(0x010f, 2, text.length, uint32(make)),
    entry(0x0112, 3, 1, Buffer.from([0, orientation, 0, 0])),
    entry(0x8825, 4, 1, uint32(gps)),
  ];
  const place = [entry(0x0001, 2, 2, Buffer.from("N\0\0\0")), entry(0x0002, 5, 3, uint32(gps + 2 + 2 * 12 + 4))];
  const degrees = [36, 1, 16, 1, 47, 1].map(uint32);
  const start = [Buffer.from("MM\0*", "latin1"), uint32(8)];
  const first = [Buffer.from([0, 3]), ...directory, uint32(0), text];
  return Buffer.concat([...start, ...first, Buffer.from([0, 2]), ...place, uint32(0), ...degrees]);
}

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
): Promise<CleanFile & { pixels: Pixels }> {
  const made = await clean(file, from, largestSide);
  if ("uncleanable" in made) throw new Error(made.uncleanable);
  return { ...made, pixels: await decoded(made.bytes, made.contentType) };
}

/** A picture is refused, and the next one is cleaned as if nothing had been. */
export async function refusal(file: Uint8Array, from: ImageType): Promise<CleaningOutcome> {
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

export const profileSegment = (profile: Buffer) =>
  segment(0xe2, Buffer.concat([Buffer.from("ICC_PROFILE\0\x01\x01"), profile]));
export const profileChunk = (profile: Buffer) =>
  pngChunk("iCCP", Buffer.concat([Buffer.from("profile\0\0"), deflateSync(profile)]));

export const laden: Record<ImageType, Buffer> = {
  "image/jpeg": withSegments(
    good["image/jpeg"],
    segment(0xe0, thumbnail),
    segment(0xe1, exifBody),
    segment(0xe1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), xmp])),
    profileSegment(profileOf()),
    segment(0xe2, text("MPF\0")),
    segment(0xed, iptc),
    segment(0xef, text("a maker's own")),
    segment(0xfe, text("a comment ")),
  ),
  "image/png": withChunks(
    good["image/png"],
    profileChunk(profileOf()),
    pngChunk("tEXt", text("Author\0")),
    pngChunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), zipped])),
    pngChunk("iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), xmp])),
    pngChunk("eXIf", anExif),
    pngChunk("tIME", Buffer.from([7, 0xea, 11, 25, 1, 2, 3])),
    pngChunk("prVt", text("a maker's own")),
  ),
  "image/webp": webp(
    canvas({ width: 64, height: 40, flags: 0x2c }),
    webpChunk("ICCP", profileOf()),
    good["image/webp"].subarray(12),
    webpChunk("EXIF", anExif),
    webpChunk("XMP ", xmp),
    webpChunk("OWNS", text("a maker's own")),
  ),
  "image/heic": heic,
};

import readJpeg from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import writeJpeg from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions as jpegDefaults } from "@jsquash/jpeg/meta.js";
import readWebp from "@jsquash/webp/codec/dec/webp_dec.js";
import writeWebp from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions as webpDefaults } from "@jsquash/webp/meta.js";
import { hasSignatureOf } from "#shared/files/format.ts";
import { newProgram } from "../codec-instance.ts";
import { type ImageHeaderResult, orientationIn, type Pixels, putOnWhite, type Size } from "./picture.ts";

const marker = { app1: 0xe1, scan: 0xda, end: 0xd9, fill: 0xff };
const exifName = "Exif\0\0";
/** The markers SOF0 to SOF15, except three numbers that are markers of tables. */
const frames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/** A progressive picture has about ten scans. The decoder goes over all pixels for each scan, even for an empty one. */
const mostScans = 32;

/** More relevant segments than any honest picture has. */
const mostSegments = 1_000;

/** Reads the header of a JPEG file: its segments up to the end marker. Bytes after it are not part of the picture. */
export function readJpegHeader(file: Buffer): ImageHeaderResult {
  if (!hasSignatureOf("image/jpeg", file)) return { uncleanable: "unreadable" };
  const found = segments(file).filter(isRelevantSegment).take(mostSegments).toArray();
  const scans = found.filter(({ kind }) => kind === marker.scan).length;
  const last = found.at(-1);
  if (scans > mostScans) return { uncleanable: "too-complex" };
  if (scans === 0 || last?.kind !== marker.end) return { uncleanable: "unreadable" };
  const exif = found.find(isExif)?.body.subarray(exifName.length);
  return {
    sizes: found.filter(({ kind }) => frames.has(kind)).map(jpegSizeIn),
    orientation: exif ? orientationIn(exif) : 1,
    picture: file.subarray(0, last.end),
  };
}

function isRelevantSegment(segment: Segment): boolean {
  return segment.kind === marker.scan || segment.kind === marker.end || frames.has(segment.kind) || isExif(segment);
}

function isExif({ kind, body }: Segment): boolean {
  return kind === marker.app1 && body.toString("latin1", 0, exifName.length) === exifName;
}

function jpegSizeIn({ body }: Segment): Size {
  return { width: body.readUInt16BE(3), height: body.readUInt16BE(1) };
}

type Segment = { kind: number; body: Buffer; end: number };

function* segments(file: Buffer): Generator<Segment> {
  for (let at = nextMarker(file, 2); at !== undefined; ) {
    const kind = file.readUInt8(at + 1);
    const end = at + 2 + (kind === marker.end ? 0 : file.readUInt16BE(at + 2));
    yield { kind, body: file.subarray(at + 4, end), end };
    if (kind === marker.end) return;
    at = nextMarker(file, end);
  }
}

/** The next marker of a segment. Within the data of a scan, 0xFF is followed by zero or belongs to a restart marker. */
function nextMarker(file: Buffer, from: number): number | undefined {
  for (let at = from; at + 1 < file.length; at++) {
    if (file[at] !== marker.fill) continue;
    const kind = file[at + 1] ?? 0;
    if (kind > 0x01 && kind !== marker.fill && (kind < 0xd0 || kind > 0xd7)) return at;
  }
  return undefined;
}

type Chunk = { type: string; body: Buffer };

/** Reads the size of the picture from each kind of chunk that has it. */
const webpSizeIn: Record<string, (body: Buffer) => Size> = {
  VP8X: (body) => ({ width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 }),
  "VP8 ": (body) => ({ width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff }),
  VP8L: (body) => {
    const packed = body.readUInt32LE(1);
    return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
  },
};

/** Reads the header of a WebP file: the chunks of its RIFF. Bytes after the RIFF are not part of the picture. */
export function readWebpHeader(file: Buffer): ImageHeaderResult {
  if (!hasSignatureOf("image/webp", file)) return { uncleanable: "unreadable" };
  const end = 8 + file.readUInt32LE(4);
  if (end > file.length) return { uncleanable: "unreadable" };
  const picture = file.subarray(0, end);
  const sizes: Size[] = [];
  let exif: Buffer | undefined;
  for (const { type, body } of chunks(picture)) {
    if (isAnimated({ type, body })) return { uncleanable: "too-complex" };
    const size = webpSizeIn[type]?.(body);
    if (size) sizes.push(size);
    if (type === "EXIF") exif ??= body;
  }
  return { sizes, orientation: exif ? orientationIn(withoutPrefix(exif)) : 1, picture };
}

function* chunks(riff: Buffer): Generator<Chunk> {
  for (let at = 12; at + 8 <= riff.length; ) {
    const end = at + 8 + riff.readUInt32LE(at + 4);
    yield { type: riff.toString("latin1", at, at + 4), body: riff.subarray(at + 8, end) };
    // Chunks begin at even positions.
    at = end + (end % 2);
  }
}

function isAnimated({ type, body }: Chunk): boolean {
  return type === "ANIM" || type === "ANMF" || (type === "VP8X" && (body.readUInt8(0) & 0x02) !== 0);
}

/** Removes the prefix that Exif has in a JPEG. Some programs write it into a WebP too. */
function withoutPrefix(exif: Buffer): Buffer {
  return exif.toString("latin1", 0, 6) === "Exif\0\0" ? exif.subarray(6) : exif;
}

/** Decoders and encoders throw the errors of the WebAssembly program behind them. */
type Decode = (file: Uint8Array) => Pixels;
type Encode = (pixels: Pixels, quality: number) => Uint8Array;

/** The packages' replacement for the browser's `ImageData`. */
type ImageData = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };
type Reader = { decode: (file: Uint8Array, turned?: boolean) => ImageData | null };
type Writer = {
  encode: (rgba: Uint8ClampedArray, width: number, height: number, options: object) => Uint8Array | null;
};

export async function jpegDecoder(): Promise<Decode> {
  const errorLines: string[] = [];
  const jpeg = await newProgram<Reader>({
    codec: "readJpeg",
    start: readJpeg,
    onErrorLine: (line) => errorLines.push(line),
  });
  return (file) => {
    const decoded = jpeg.decode(file, false);
    // Where the data is cut off, the library paints the rest grey and only writes a warning.
    if (errorLines.some((line) => /premature end/i.test(line))) throw new Error("the picture breaks off");
    return pixelsOf(decoded);
  };
}

export async function webpDecoder(): Promise<Decode> {
  const webp = await newProgram<Reader>({ codec: "readWebp", start: readWebp });
  return (file) => pixelsOf(webp.decode(file));
}

/** Progressive encoding would take twice the time and save only a fiftieth of the size. */
const jpegOptions = { ...jpegDefaults, progressive: false };

export async function jpegEncoder(): Promise<Encode> {
  const jpeg = await newProgram<Writer>({ codec: "writeJpeg", start: writeJpeg });
  return (pixels, quality) => {
    putOnWhite(pixels);
    return encoded(jpeg.encode(pixels.rgba, pixels.width, pixels.height, { ...jpegOptions, quality }));
  };
}

export async function webpEncoder(): Promise<Encode> {
  const webp = await newProgram<Writer>({ codec: "writeWebp", start: writeWebp });
  return ({ rgba, width, height }, quality) => encoded(webp.encode(rgba, width, height, { ...webpDefaults, quality }));
}

function pixelsOf(decoded: ImageData | null): Pixels {
  if (!decoded) throw new Error("no picture came out");
  return { rgba: decoded.data, width: decoded.width, height: decoded.height };
}

function encoded(bytes: Uint8Array | null): Uint8Array {
  if (!bytes) throw new Error("no file came out");
  return bytes;
}

import readJpeg from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import writeJpeg from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions as jpegDefaults } from "@jsquash/jpeg/meta.js";
import readWebp from "@jsquash/webp/codec/dec/webp_dec.js";
import { hasSignatureOf } from "#shared/files/format.ts";
import { newProgram } from "../codec-instance.ts";
import { type ImageHeaderResult, orientationIn, type Pixels, type Size } from "./picture.ts";

const marker = { app1: 0xe1, app2: 0xe2, scan: 0xda, end: 0xd9, fill: 0xff };
const exifName = "Exif\0\0";
const profileName = "ICC_PROFILE\0";
/** The markers SOF0 to SOF15, except three numbers that are markers of tables. */
const frames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/** A progressive picture has about ten scans. The decoder goes over all pixels for each scan, even for an empty one. */
const mostScans = 32;

/** More segments of a picture than any honest one has; in a WebP, more chunks. */
const mostSegments = 1_000;

/** Reads the header of a JPEG file: its segments up to the end marker. Bytes after it are not part of the picture. */
export function readJpegHeader(file: Buffer): ImageHeaderResult {
  if (!hasSignatureOf("image/jpeg", file)) return { uncleanable: "unreadable" };
  const found = segments(file).filter(isRelevantSegment).take(mostSegments).toArray();
  const scans = found.filter(({ kind }) => kind === marker.scan).length;
  const last = found.at(-1);
  if (scans > mostScans) return { uncleanable: "too-complex" };
  if (scans === 0 || last?.kind !== marker.end) return { uncleanable: "unreadable" };
  // Viewers look for these before the pixels alone.
  const before = found.slice(
    0,
    found.findIndex(({ kind }) => kind === marker.scan),
  );
  const exif = before.find(isExif)?.body.subarray(exifName.length);
  const ofFrames = found.filter(({ kind }) => frames.has(kind));
  if (ofFrames.some(isForPrint)) return { uncleanable: "unknown-codec" };
  return {
    sizes: ofFrames.map(jpegSizeIn),
    orientation: exif ? orientationIn(exif) : 1,
    picture: file.subarray(0, last.end),
    profiles: profilesIn(before),
  };
}

function isRelevantSegment(segment: Segment): boolean {
  const { kind } = segment;
  return kind === marker.scan || kind === marker.end || frames.has(kind) || isExif(segment) || isProfile(segment);
}

function isProfile({ kind, body }: Segment): boolean {
  return kind === marker.app2 && body.toString("latin1", 0, profileName.length) === profileName;
}

/** The colour profile, whose parts are numbered. */
function profilesIn(found: Segment[]): Buffer[] {
  const parts = found.filter(isProfile).map(({ body }) => body.subarray(profileName.length));
  parts.sort((one, other) => one.readUInt8(0) - other.readUInt8(0));
  return parts.length > 0 ? [Buffer.concat(parts.map((part) => part.subarray(2)))] : [];
}

function isExif({ kind, body }: Segment): boolean {
  return kind === marker.app1 && body.toString("latin1", 0, exifName.length) === exifName;
}

function jpegSizeIn({ body }: Segment): Size {
  return { width: body.readUInt16BE(3), height: body.readUInt16BE(1) };
}

/** Whether a picture has the four colours of a printing press, which the decoder does not know. */
const isForPrint = ({ body }: Segment) => body.readUInt8(5) === 4;

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

/** `at`: where the chunk begins in the file. */
type Chunk = { type: string; body: Buffer; at: number };

/** Reads the size of the picture from each kind of chunk that has it. */
const webpSizeIn: Record<string, (body: Buffer) => Size> = {
  VP8X: (body) => ({ width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 }),
  "VP8 ": (body) => ({ width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff }),
  VP8L: (body) => {
    const packed = body.readUInt32LE(1);
    return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
  },
};

/** Bits of the first byte of a VP8X chunk. */
const webpFlags = { animation: 0x02, exif: 0x08, alpha: 0x10 };

/**
 * Reads the header of a WebP file: the chunks of its RIFF. Bytes after the RIFF are not part of the picture. An ALPH chunk that no
 * flag announces is removed, because browsers ignore it and the decoder does not.
 */
export function readWebpHeader(file: Buffer): ImageHeaderResult {
  if (!hasSignatureOf("image/webp", file)) return { uncleanable: "unreadable" };
  const end = 8 + file.readUInt32LE(4);
  if (end > file.length) return { uncleanable: "unreadable" };
  const picture = Buffer.from(file.subarray(0, end));
  const flags = picture.toString("latin1", 12, 16) === "VP8X" ? picture.readUInt8(20) : 0;
  const found = chunks(picture).take(mostSegments).toArray();
  if (found.length === mostSegments) return { uncleanable: "too-complex" };
  if (flags & webpFlags.animation || found.some(({ type }) => type === "ANIM" || type === "ANMF"))
    return { uncleanable: "hidden-content" };
  const ofType = (wanted: string) => found.filter(({ type }) => type === wanted);
  if (ofType("ALPH").length > 1) return { uncleanable: "unreadable" };
  for (const { at } of found.filter(({ type }) => type === "ALPH" && !(flags & webpFlags.alpha)))
    picture.write("skip", at, "latin1");
  const sizes = found.flatMap(({ type, body }) => webpSizeIn[type]?.(body) ?? []);
  const [exif] = flags & webpFlags.exif ? ofType("EXIF") : [];
  const orientation = exif ? orientationIn(withoutPrefix(exif.body)) : 1;
  return { sizes, orientation, picture, profiles: ofType("ICCP").map(({ body }) => body) };
}

function* chunks(riff: Buffer): Generator<Chunk> {
  for (let at = 12; at + 8 <= riff.length; ) {
    const end = at + 8 + riff.readUInt32LE(at + 4);
    yield { type: riff.toString("latin1", at, at + 4), body: riff.subarray(at + 8, end), at };
    // Chunks begin at even positions.
    at = end + (end % 2);
  }
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
  return ({ rgba, width, height }, quality) => encoded(jpeg.encode(rgba, width, height, { ...jpegOptions, quality }));
}

function pixelsOf(decoded: ImageData | null): Pixels {
  if (!decoded) throw new Error("no picture came out");
  return { rgba: decoded.data, width: decoded.width, height: decoded.height };
}

function encoded(bytes: Uint8Array | null): Uint8Array {
  if (!bytes) throw new Error("no file came out");
  return bytes;
}

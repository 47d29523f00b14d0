import type { CleaningOutcome } from "../cleaned.ts";
import { copyIn, copyOut, newModule } from "../codec-instance.ts";
import { heicDecoder, readHeicHeader } from "./heic.ts";
import { jpegDecoder, jpegEncoder, readJpegHeader, readWebpHeader, webpDecoder } from "./jpeg-and-webp.ts";
import {
  halveSize,
  type ImageHeaderResult,
  type Pixels,
  putOnWhite,
  refusalOfHeader,
  rotate,
  type Size,
} from "./picture.ts";
import { evenOutPlainAreas } from "./plain-areas.ts";
import { pngDecoder, readPngHeader } from "./png.ts";

export type ImageType = "image/jpeg" | "image/png" | "image/webp" | "image/heic";
type Format = {
  readHeader: (file: Buffer) => ImageHeaderResult;
  decoder: () => Promise<(picture: Uint8Array) => Pixels>;
};

const formats: Record<ImageType, Format> = {
  "image/jpeg": { readHeader: readJpegHeader, decoder: jpegDecoder },
  "image/png": { readHeader: readPngHeader, decoder: pngDecoder },
  "image/webp": { readHeader: readWebpHeader, decoder: webpDecoder },
  "image/heic": { readHeader: readHeicHeader, decoder: heicDecoder },
};

type ImageOptions = {
  /** The declared type of the file. */
  from: ImageType;
  /** 0 to 100. */
  quality: number;
  /** Pixels. A larger picture is scaled down; a smaller one keeps its size. */
  largestSide: number;
};

/**
 * Writes a JPEG from the pixels alone, turned upright and on white where one sees through. Nothing else of the file is in the new
 * one. A format without loss would keep what nobody sees in the pixels.
 */
export async function cleanImage(
  file: Uint8Array,
  { from, quality, largestSide }: ImageOptions,
): Promise<CleaningOutcome> {
  const header = readHeader(file, from);
  if ("uncleanable" in header) return header;
  const refusal = refusalOfHeader(header);
  if (refusal) return { uncleanable: refusal };
  const decoded = await decode(header.picture, from);
  if (!decoded) return { uncleanable: "unreadable" };
  const recoloured = header.recoloured && (await decode(header.recoloured, from));
  if (recoloured && Buffer.compare(Buffer.from(decoded.rgba.buffer), Buffer.from(recoloured.rgba.buffer)) !== 0)
    return { uncleanable: "hidden-content" };
  putOnWhite(decoded);
  const smaller = await scaleDown(decoded, largestSide);
  evenOutPlainAreas(smaller);
  const encode = await jpegEncoder();
  return { bytes: encode(rotate(smaller, header.orientation), quality), contentType: "image/jpeg" };
}

function readHeader(file: Uint8Array, from: ImageType): ImageHeaderResult {
  try {
    return formats[from].readHeader(Buffer.from(file.buffer, file.byteOffset, file.length));
  } catch (error) {
    // A field lies beyond the end of the file.
    if (error instanceof RangeError) return { uncleanable: "unreadable" };
    throw error;
  }
}

/** The decoded pixels; undefined if the decoder fails. Throws if the decoder itself is missing. */
async function decode(picture: Uint8Array, from: ImageType): Promise<Pixels | undefined> {
  const decoder = await formats[from].decoder();
  try {
    return decoder(picture);
  } catch {
    return undefined;
  }
}

/** Scales a picture down so that its longer side is at most `largestSide`. */
async function scaleDown(pixels: Pixels, largestSide: number): Promise<Pixels> {
  const scale = largestSide / longerSide(pixels);
  if (scale >= 1) return pixels;
  const size = { width: scaled(pixels.width, scale), height: scaled(pixels.height, scale) };
  return resized(halved(pixels, largestSide), size);
}

/** The Lanczos filter needs much memory for its input, so very large pictures are halved first. */
function halved(pixels: Pixels, largestSide: number): Pixels {
  const isLarge = longerSide(pixels) >= 2 * largestSide && Math.min(pixels.width, pixels.height) > 1;
  return isLarge ? halved(halveSize(pixels), largestSide) : pixels;
}

type Resize = {
  resize: (...place: [answer: number, at: number, length: number, ...sizesAndOptions: number[]]) => void;
};

/** Lanczos filter over three pixels, which keeps letters sharp; no premultiplied alpha; no linear colour space. */
const resizeOptions = [3, 0, 0];

async function resized({ rgba, width, height }: Pixels, size: Size): Promise<Pixels> {
  const module = await newModule<Resize>("resize", {});
  const at = copyIn(module, rgba);
  const out = copyOut(module, (answer) => {
    module.resize(answer, at, rgba.length, width, height, size.width, size.height, ...resizeOptions);
  });
  return { rgba: new Uint8ClampedArray(out.buffer), ...size };
}

function longerSide({ width, height }: Size): number {
  return Math.max(width, height);
}

function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}

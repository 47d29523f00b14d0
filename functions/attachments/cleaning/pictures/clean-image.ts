import type { CleanFile, CleaningOutcome } from "../cleaned.ts";
import { copyIn, copyOut, newModule } from "./codec-instance.ts";
import { heicDecoder, readHeicHeader } from "./heic.ts";
import { jpegDecoder, jpegEncoder, readJpegHeader, readWebpHeader, webpDecoder, webpEncoder } from "./jpeg-and-webp.ts";
import {
  halveSize,
  type ImageHeaderResult,
  isOpaque,
  type Pixels,
  premultiplyAlpha,
  refusalOfHeader,
  rotate,
  type Size,
  unpremultiplyAlpha,
} from "./picture.ts";
import { pngDecoder, pngEncoder, readPngHeader } from "./png.ts";

export type ImageType = "image/jpeg" | "image/png" | "image/webp" | "image/heic";
type Format = {
  claim: (file: Buffer) => ImageHeaderResult;
  decoder: () => Promise<(picture: Uint8Array) => Pixels>;
  encoder: () => Promise<(pixels: Pixels, quality: number) => Uint8Array>;
  to: CleanFile["contentType"];
};

const formats: Record<ImageType, Format> = {
  "image/jpeg": { claim: readJpegHeader, decoder: jpegDecoder, encoder: jpegEncoder, to: "image/jpeg" },
  "image/png": { claim: readPngHeader, decoder: pngDecoder, encoder: pngEncoder, to: "image/png" },
  "image/webp": { claim: readWebpHeader, decoder: webpDecoder, encoder: webpEncoder, to: "image/webp" },
  // Browsers other than Safari do not show it.
  "image/heic": { claim: readHeicHeader, decoder: heicDecoder, encoder: jpegEncoder, to: "image/jpeg" },
};

type ImageOptions = {
  /** What the file is said to be. */
  from: ImageType;
  /** 0 to 100, for the formats that lose something. */
  quality: number;
  /** In pixels; a smaller picture stays as large as it is. */
  largestSide: number;
};

/** Makes a picture anew from its pixels, upright; nothing else that was in the file is in the new one. */
export async function cleanImage(
  file: Uint8Array,
  { from, quality, largestSide }: ImageOptions,
): Promise<CleaningOutcome> {
  const claim = readHeader(file, from);
  if ("uncleanable" in claim) return claim;
  const refusal = refusalOfHeader(claim);
  if (refusal) return { uncleanable: refusal };
  const decoded = await decode(claim.picture, from);
  if (!decoded) return { uncleanable: "unreadable" };
  const upright = rotate(await scaleDown(decoded, largestSide), claim.orientation);
  const encode = await formats[from].encoder();
  return { bytes: encode(upright, quality), contentType: formats[from].to };
}

function readHeader(file: Uint8Array, from: ImageType): ImageHeaderResult {
  try {
    return formats[from].claim(Buffer.from(file.buffer, file.byteOffset, file.length));
  } catch (error) {
    // A field that would lie beyond the end.
    if (error instanceof RangeError) return { uncleanable: "unreadable" };
    throw error;
  }
}

/** Undefined where the decoder cannot; that its program is missing is another matter, and thrown. */
async function decode(picture: Uint8Array, from: ImageType): Promise<Pixels | undefined> {
  const decoded = await formats[from].decoder();
  try {
    return decoded(picture);
  } catch {
    return undefined;
  }
}

type Resize = {
  resize: (...place: [answer: number, at: number, length: number, ...sizesAndChoices: number[]]) => void;
};

/** Lanczos over three pixels, which keeps letters sharp; alpha weighed by ourselves; and values as they are stored. */
const choices = [3, 0, 0];

/**
 * A picture whose longer side is at most as long as that, with no more of its colours than is seen: those beneath what is
 * transparent may still show what was erased.
 */
export async function scaleDown(pixels: Pixels, largestSide: number): Promise<Pixels> {
  const scale = largestSide / longerSide(pixels);
  const size = { width: scaled(pixels.width, scale), height: scaled(pixels.height, scale) };
  const isTranslucent = !isOpaque(pixels);
  if (isTranslucent) premultiplyAlpha(pixels);
  const smaller = scale < 1 ? await resized(halved(pixels, largestSide), size) : pixels;
  if (isTranslucent) unpremultiplyAlpha(smaller);
  return smaller;
}

/** Lanczos takes a lot of memory for its input, so the largest pictures come to it halved. */
function halved(pixels: Pixels, largestSide: number): Pixels {
  const isLarge = longerSide(pixels) >= 2 * largestSide && Math.min(pixels.width, pixels.height) > 1;
  return isLarge ? halved(halveSize(pixels), largestSide) : pixels;
}

async function resized({ rgba, width, height }: Pixels, size: Size): Promise<Pixels> {
  const module = await newModule<Resize>("resize", {});
  const at = copyIn(module, rgba);
  const out = copyOut(module, (answer) => {
    module.resize(answer, at, rgba.length, width, height, size.width, size.height, ...choices);
  });
  return { rgba: new Uint8ClampedArray(out.buffer), ...size };
}

function longerSide({ width, height }: Size): number {
  return Math.max(width, height);
}

function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}

import type { Cleaned, Cleaning } from "../cleaned.ts";
import { type Claimed, refusalOf } from "./claim.ts";
import { heicClaim } from "./heic-claim.ts";
import { heicDecoder } from "./heic-codec.ts";
import { jpegDecoder, jpegEncoder, webpDecoder, webpEncoder } from "./image-codecs.ts";
import { jpegClaim } from "./jpeg-claim.ts";
import type { Pixels } from "./pixels.ts";
import { pngClaim } from "./png-claim.ts";
import { pngDecoder, pngEncoder } from "./png-codec.ts";
import { scaleDown } from "./scale.ts";
import { turn } from "./turn.ts";
import { webpClaim } from "./webp-claim.ts";

export type ImageType = "image/jpeg" | "image/png" | "image/webp" | "image/heic";
type Format = {
  claim: (file: Buffer) => Claimed;
  decoder: () => Promise<(picture: Uint8Array) => Pixels>;
  encoder: () => Promise<(pixels: Pixels, quality: number) => Uint8Array>;
  to: Cleaned["contentType"];
};

const formats: Record<ImageType, Format> = {
  "image/jpeg": { claim: jpegClaim, decoder: jpegDecoder, encoder: jpegEncoder, to: "image/jpeg" },
  "image/png": { claim: pngClaim, decoder: pngDecoder, encoder: pngEncoder, to: "image/png" },
  "image/webp": { claim: webpClaim, decoder: webpDecoder, encoder: webpEncoder, to: "image/webp" },
  // Browsers other than Safari do not show it.
  "image/heic": { claim: heicClaim, decoder: heicDecoder, encoder: jpegEncoder, to: "image/jpeg" },
};

type Wanted = {
  /** What the file is said to be. */
  from: ImageType;
  /** 0 to 100, for the formats that lose something. */
  quality: number;
  /** In pixels; a smaller picture stays as large as it is. */
  largestSide: number;
};

/** Makes a picture anew from its pixels, upright; nothing else that was in the file is in the new one. */
export async function cleanImage(file: Uint8Array, { from, quality, largestSide }: Wanted): Promise<Cleaning> {
  const claim = claimIn(file, from);
  if ("uncleanable" in claim) return claim;
  const refusal = refusalOf(claim);
  if (refusal) return { uncleanable: refusal };
  const decoded = await decode(claim.picture, from);
  if (!decoded) return { uncleanable: "unreadable" };
  const upright = turn(await scaleDown(decoded, largestSide), claim.orientation);
  const encode = await formats[from].encoder();
  return { bytes: encode(upright, quality), contentType: formats[from].to };
}

function claimIn(file: Uint8Array, from: ImageType): Claimed {
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

import { largestPicture, type UncleanableReason } from "../cleaned.ts";
import { isOrdinaryProfile } from "./colour-profile.ts";

/** A decoded picture: red, green, blue and opacity in a byte each, row by row from the top. */
export type Pixels = { rgba: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

export type Size = { width: number; height: number };

/** Puts a white background behind a picture, so that it is opaque. */
export function putOnWhite({ rgba }: Pixels): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const opacity = (rgba[at + 3] ?? 0) / 255;
    if (opacity === 1) continue;
    for (let colour = at; colour < at + 3; colour++) rgba[colour] = (rgba[colour] ?? 0) * opacity + 255 * (1 - opacity);
    rgba[at + 3] = 255;
  }
}

/** Averages squares of four pixels into one, within the same memory. */
export function halveSize({ rgba, width, height }: Pixels): Pixels {
  const [wide, high, row] = [Math.floor(width / 2), Math.floor(height / 2), width * 4];
  for (let y = 0, to = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, to += 4) {
      const from = 2 * (y * row + x * 4);
      for (let part = 0; part < 4; part++) rgba[to + part] = average(rgba, { at: from + part, row });
    }
  }
  return { rgba: rgba.subarray(0, wide * high * 4), width: wide, height: high };
}

function average(rgba: Uint8ClampedArray, { at, row }: { at: number; row: number }): number {
  const upper = (rgba[at] ?? 0) + (rgba[at + 4] ?? 0);
  const lower = (rgba[at + row] ?? 0) + (rgba[at + row + 4] ?? 0);
  return (upper + lower) / 4;
}

/** The orientation as Exif numbers it: how to turn or mirror the picture so that it stands upright. 1: it already does. */
type Orientation = keyof typeof pixelOrders;

/**
 * How to read the stored pixels so that the picture stands upright: the index of the first pixel, and the steps to the next
 * pixel on the right and to the next row.
 */
type PixelOrder = { start: number; right: number; down: number };

const pixelOrders = {
  1: ({ width }: Size) => ({ start: 0, right: 1, down: width }),
  2: ({ width }: Size) => ({ start: width - 1, right: -1, down: width }),
  3: ({ width, height }: Size) => ({ start: width * height - 1, right: -1, down: -width }),
  4: ({ width, height }: Size) => ({ start: width * (height - 1), right: 1, down: -width }),
  5: ({ width }: Size) => ({ start: 0, right: width, down: 1 }),
  6: ({ width, height }: Size) => ({ start: width * (height - 1), right: -width, down: 1 }),
  7: ({ width, height }: Size) => ({ start: width * height - 1, right: -width, down: -1 }),
  8: ({ width }: Size) => ({ start: width - 1, right: width, down: -1 }),
} satisfies Record<number, (size: Size) => PixelOrder>;

/** The picture turned upright. */
export function rotate(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const onItsSide = orientation >= 5;
  const size = onItsSide ? { width: pixels.height, height: pixels.width } : pixels;
  const { start, right, down } = pixelOrders[orientation](pixels);
  const from = new Uint32Array(pixels.rgba.buffer, pixels.rgba.byteOffset, pixels.rgba.length / 4);
  const to = new Uint32Array(from.length);
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at++) to[at] = from[start + x * right + y * down] ?? 0;
  }
  return { rgba: new Uint8ClampedArray(to.buffer), width: size.width, height: size.height };
}

/** The orientation in a block of Exif; 1 where the block cannot be read, as in every viewer. */
export function orientationIn(exif: Buffer): Orientation {
  const little = exif.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (at + 2 > exif.length ? 0 : little ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const long = (at: number) => (little ? short(at) + short(at + 2) * 65_536 : short(at) * 65_536 + short(at + 2));
  const directory = long(4);
  const entries = Array.from({ length: short(directory) }, (_, n) => directory + 2 + n * 12);
  const entry = entries.find((candidate) => short(candidate) === 0x0112);
  const orientation = entry === undefined ? 1 : short(entry + 8);
  return isOrientation(orientation) ? orientation : 1;
}

function isOrientation(orientation: number): orientation is Orientation {
  return orientation in pixelOrders;
}

/** The header of a picture, read before anything is decoded. */
type ImageHeader = {
  /** The declared sizes of the picture, and of all else in the file for which a decoder would reserve memory. */
  sizes: Size[];
  orientation: Orientation;
  /** The bytes for the decoder. Where it is easy, other parts of the file are removed, so that the decoder never sees them. */
  picture: Uint8Array;
  /** The same picture in other colours, where it uses colours that its palette does not have. */
  recoloured?: Uint8Array;
  profiles: Buffer[];
};
export type ImageHeaderResult = ImageHeader | { uncleanable: UncleanableReason };

/** Why a picture with this header is refused; undefined if it may be decoded. */
export function refusalOfHeader({ sizes, profiles }: ImageHeader): UncleanableReason | undefined {
  if (sizes.length === 0) return "unreadable";
  if (!sizes.every(isWithinLimits)) return "too-complex";
  return profiles.every(isOrdinaryProfile) ? undefined : "hidden-content";
}

function isWithinLimits({ width, height }: Size): boolean {
  const shorter = Math.min(width, height);
  const longer = Math.max(width, height);
  return shorter > 0 && longer <= largestPicture.side && width * height <= largestPicture.pixels;
}

import type { Pixels, Size } from "./pixels.ts";

/** As Exif counts them: how a picture has to be turned or mirrored to stand upright; 1 where it does already. */
export type Orientation = keyof typeof walks;

/** From which pixel of the stored picture one starts, and how far the next to the right and the next row are. */
type Walk = { start: number; right: number; down: number };

const walks = {
  1: ({ width }: Size) => ({ start: 0, right: 1, down: width }),
  2: ({ width }: Size) => ({ start: width - 1, right: -1, down: width }),
  3: ({ width, height }: Size) => ({ start: width * height - 1, right: -1, down: -width }),
  4: ({ width, height }: Size) => ({ start: width * (height - 1), right: 1, down: -width }),
  5: ({ width }: Size) => ({ start: 0, right: width, down: 1 }),
  6: ({ width, height }: Size) => ({ start: width * (height - 1), right: -width, down: 1 }),
  7: ({ width, height }: Size) => ({ start: width * height - 1, right: -width, down: -1 }),
  8: ({ width }: Size) => ({ start: width - 1, right: width, down: -1 }),
} satisfies Record<number, (size: Size) => Walk>;

/** The picture as it is meant to be seen. */
export function turn(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const onItsSide = orientation >= 5;
  const size = onItsSide ? { width: pixels.height, height: pixels.width } : pixels;
  const { start, right, down } = walks[orientation](pixels);
  const from = new Uint32Array(pixels.rgba.buffer, pixels.rgba.byteOffset, pixels.rgba.length / 4);
  const to = new Uint32Array(from.length);
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at++) to[at] = from[start + x * right + y * down] ?? 0;
  }
  return { rgba: new Uint8ClampedArray(to.buffer), width: size.width, height: size.height };
}

/** The orientation that a block of Exif asks for. A block that makes no sense asks for none, as for every viewer. */
export function orientationIn(exif: Buffer): Orientation {
  const little = exif.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (at + 2 > exif.length ? 0 : little ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const long = (at: number) => (little ? short(at) + short(at + 2) * 65_536 : short(at) * 65_536 + short(at + 2));
  const directory = long(4);
  const entries = Array.from({ length: short(directory) }, (_, n) => directory + 2 + n * 12);
  const found = entries.find((entry) => short(entry) === 0x0112);
  return known(found === undefined ? 1 : short(found + 8));
}

function known(orientation: number): Orientation {
  return isKnown(orientation) ? orientation : 1;
}

function isKnown(orientation: number): orientation is Orientation {
  return orientation in walks;
}

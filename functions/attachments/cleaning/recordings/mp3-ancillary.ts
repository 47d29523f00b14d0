import { refuse } from "./recording.ts";

/** A frame of sound by what its head says of its sides. */
export type Shape = { start: number; end: number; isVersion1: boolean; isMono: boolean };

/** Where a frame's own part of the stream of sound lies, there and in the file. */
type Part = { at: number; start: number; length: number };

/**
 * Blanks what lies between the sound of one frame and that of the next. There encoders fill up with their names, and
 * anybody may leave a note; players skip it.
 */
export function blankAncillary(bytes: Uint8Array, frames: Shape[]): void {
  const parts = partsOf(bytes, frames);
  const ends = frames.map((frame, n) => ({ ...sideOf(bytes, frame), at: parts[n]?.at ?? 0 }));
  ends.forEach(({ at, before, bits, most }, n) => {
    const next = ends[n + 1];
    const last = parts[n];
    const from = at - before + Math.ceil(bits / 8);
    // Decoders pass over a frame that says it has more bytes or more lines than there are.
    if (from > at + (last?.length ?? 0) || most > mostPairs) refuse("unreadable");
    const to = next ? next.at - next.before : (last?.at ?? 0) + (last?.length ?? 0);
    // Sound reaches back by 511 bytes at most, and so by fewer frames than these.
    for (const part of parts.slice(Math.max(0, n - mostFramesBack), n + 1)) blank(bytes, { part, from, to });
  });
}

const mostFramesBack = 64;
/** Of lines of sound, in each of the parts of a frame. */
const mostPairs = 288;

function partsOf(bytes: Uint8Array, frames: Shape[]): Part[] {
  let at = 0;
  return frames.map((frame) => {
    const start = Math.min(frame.end, sideStart(bytes, frame) + sideLength(frame));
    const part = { at, start, length: frame.end - start };
    at += part.length;
    return part;
  });
}

function blank(bytes: Uint8Array, { part, from, to }: { part: Part; from: number; to: number }): void {
  const start = Math.max(from - part.at, 0);
  const end = Math.min(to - part.at, part.length);
  if (start < end) bytes.fill(0, part.start + start, part.start + end);
}

/** How many bytes before its own part a frame's sound begins, how many bits it has, and the most pairs of a part. */
function sideOf(bytes: Uint8Array, frame: Shape): { before: number; bits: number; most: number } {
  const side = bytes.subarray(sideStart(bytes, frame), frame.end);
  const channels = frame.isMono ? 1 : 2;
  const beforeBits = frame.isVersion1 ? 9 : 8;
  const granules = frame.isVersion1 ? 2 : 1;
  const granuleBits = frame.isVersion1 ? 59 : 63;
  let bits = 0;
  let most = 0;
  for (let n = 0, at = granulesStart(frame); n < granules * channels; n++, at += granuleBits) {
    bits += number(side, { at, bits: 12 });
    most = Math.max(most, number(side, { at: at + 12, bits: 9 }));
  }
  return { before: number(side, { at: 0, bits: beforeBits }), bits, most };
}

/** Behind the way back, private bits and, in MPEG 1, which factors both halves share. */
function granulesStart({ isVersion1, isMono }: Shape): number {
  if (isVersion1) return isMono ? 18 : 20;
  return isMono ? 9 : 10;
}

function sideStart(bytes: Uint8Array, { start }: Shape): number {
  const hasChecksum = ((bytes[start + 1] ?? 0) & 1) === 0;
  return start + (hasChecksum ? 6 : 4);
}

export function sideLength({ isVersion1, isMono }: Shape): number {
  if (isVersion1) return isMono ? 17 : 32;
  return isMono ? 9 : 17;
}

function number(bytes: Uint8Array, { at, bits }: { at: number; bits: number }): number {
  let value = 0;
  for (let n = at; n < at + bits; n++) value = value * 2 + (((bytes[n >> 3] ?? 0) >> (7 - (n & 7))) & 1);
  return value;
}

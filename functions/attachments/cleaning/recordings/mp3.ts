import {
  concatenate,
  latin1Text,
  mostUnplayedSeconds,
  recordingLimits,
  refuseRecording,
  type StrippedRecording,
  viewOf,
} from "./recording.ts";

/** Kilobits per second, by the header's number for them: of MPEG 1, and of MPEG 2 and 2.5. */
const rates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const samplesPerSecond = [44100, 48000, 32000];

type Frame = Shape & { kind: number; seconds: number };

/** Keeps the frames of sound; tags before and behind them, and the frame that only describes the others, are left out. */
export function stripMp3(file: Uint8Array): StrippedRecording {
  const frames = framesFrom(file, afterTags(file));
  const last = frames.at(-1);
  if (frames.length < 3 || !last) refuseRecording("unreadable");
  if (!isTail(file.subarray(last.end))) refuseRecording("unreadable");
  const sound = frames.filter((frame) => !isDescription(file, frame));
  if (frames.some((frame) => isXing(file, frame) && isCut(file, frame))) refuseRecording("unreadable");
  if (frames.reduce((sum, { seconds }) => sum + seconds, 0) > recordingLimits.seconds)
    refuseRecording("too-much-inside");
  const bytes = concatenate(sound.map(({ start, end }) => file.subarray(start, end)));
  blankAncillary(bytes, inOneRow(sound));
  return { bytes, packets: new Map([[1, sound.length]]) };
}

/** The frames as they lie without what was between them. */
function inOneRow(frames: Frame[]): Frame[] {
  let at = 0;
  return frames.map((frame) => {
    const start = at;
    at += frame.end - frame.start;
    return { ...frame, start, end: at };
  });
}

function afterTags(file: Uint8Array): number {
  let at = 0;
  while (startsTag(file, at)) at += tagSize(file.subarray(at, at + 10));
  while (file[at] === 0) at += 1;
  return at;
}

/** Seven bits in each of four bytes, without the head and, where there is one, the foot. */
function tagSize(head: Uint8Array): number {
  if (head.length < 10) refuseRecording("unreadable");
  const content = head.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 0x7f), 0);
  return content + ((head[5] ?? 0) & 0x10 ? 20 : 10);
}

function framesFrom(file: Uint8Array, start: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = start; at + 4 <= file.length; ) {
    const frame = frameAt(file, at);
    if (frame && (frames[0]?.kind ?? frame.kind) === frame.kind) {
      if (frame.end > file.length) refuseRecording("unreadable");
      frames.push(frame);
      at = frame.end;
    } else if (startsTag(file, at)) at += tagSize(file.subarray(at, at + 10));
    // Sound may go on behind a tag, and behind nothing else.
    else break;
    if (frames.length > recordingLimits.packets) refuseRecording("too-much-inside");
  }
  return frames;
}

const startsTag = (file: Uint8Array, at: number) => latin1Text(file, { from: at, to: at + 3 }) === "ID3";

function frameAt(file: Uint8Array, start: number): Frame | undefined {
  const header = viewOf(file).getUint32(start);
  const version = (header >> 19) & 3;
  const isLayer3 = header >>> 21 === 0x7ff && ((header >> 17) & 3) === 1 && version !== 1;
  const isVersion1 = version === 3;
  const kilobits = rates[isVersion1 ? 0 : 1]?.[(header >> 12) & 15];
  const perSecond = samplesPerSecond[(header >> 10) & 3];
  if (!isLayer3 || !kilobits || !perSecond) return undefined;
  const perSecondHere = perSecond / ({ 3: 1, 2: 2, 0: 4 }[version] ?? 1);
  const samples = isVersion1 ? 1152 : 576;
  const length = Math.floor((samples * 125 * kilobits) / perSecondHere) + ((header >> 9) & 1);
  // Of one file all frames have the same version, layer, sampling rate and one sound or two.
  const isMono = ((header >> 6) & 3) === 3;
  const kind = (header & 0x1e0c00) | (isMono ? 1 : 0);
  return { start, end: start + length, kind, seconds: samples / perSecondHere, isMono, isVersion1 };
}

/** A packet that is one frame, as it is. */
export function singleFrame(packet: Uint8Array): Uint8Array {
  return frameOf(packet).end === packet.length ? packet : refuseRecording("unreadable");
}

export function frameSeconds(packet: Uint8Array): number {
  return frameOf(packet).seconds;
}

function frameOf(packet: Uint8Array): Frame {
  return frameAt(packet, 0) ?? refuseRecording("unreadable");
}

/** A frame without sound that says how many there are and who made them. */
function isDescription(file: Uint8Array, frame: Frame): boolean {
  return isXing(file, frame) || latin1Text(file, { from: frame.start + 36, to: frame.start + 40 }) === "VBRI";
}

function isXing(file: Uint8Array, frame: Frame): boolean {
  const from = frame.start + 4 + sideLength(frame);
  return ["Xing", "Info"].includes(latin1Text(file, { from, to: from + 4 }));
}

/** Behind its tables it says how many samples at the start and end are not played; an encoder fills up three frames at most. */
function isCut(file: Uint8Array, frame: Frame): boolean {
  const from = frame.start + 4 + sideLength(frame);
  const flags = file[from + 7] ?? 0;
  const tables = (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const [first = 0, middle = 0, last = 0] = file.subarray(from + 8 + tables + 21, frame.end);
  const samples = Math.max(first * 16 + (middle >> 4), (middle & 15) * 256 + last);
  const frames = samples / (frame.isVersion1 ? 1152 : 576);
  return frames > 3 && frames * frame.seconds > mostUnplayedSeconds;
}

/** Behind the last frame come tags, or no more than a stray rest: sound that goes on behind a gap would be lost. */
function isTail(rest: Uint8Array): boolean {
  const isTag = /^(TAG|APETAGEX|LYRICSBEGIN|ID3|3DI)/.test(latin1Text(rest, { from: 0, to: 11 }));
  return isTag || rest.length <= longestRest || rest.every((byte) => byte === 0);
}

const longestRest = 4096;

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
    if (from > at + (last?.length ?? 0) || most > mostPairs) refuseRecording("unreadable");
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

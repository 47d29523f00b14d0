import {
  concatenate,
  latin1Text,
  mostUnplayedSeconds,
  recordingLimits,
  refuseRecording,
  type StrippedRecording,
  viewOf,
} from "./recording.ts";

/** Kilobits per second by the index in a frame's header: the first row for MPEG 1, the second for MPEG 2 and 2.5. */
const bitrates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const samplesPerSecond = [44100, 48000, 32000];

type Frame = Shape & { kind: number; seconds: number };

/**
 * Keeps the frames of sound. Tags before and after them are dropped, as is the frame that only describes the file (Xing, Info
 * or VBRI).
 */
export function stripMp3(file: Uint8Array): StrippedRecording {
  const frames = framesFrom(file, afterTags(file));
  const last = frames.at(-1);
  if (frames.length < 3 || !last) refuseRecording("unreadable");
  if (!isTail(file.subarray(last.end))) refuseRecording("unreadable");
  const sound = frames.filter((frame) => !isDescription(file, frame));
  if (frames.some((frame) => isXing(file, frame) && isCut(file, frame))) refuseRecording("unreadable");
  if (frames.reduce((sum, { seconds }) => sum + seconds, 0) > recordingLimits.seconds) refuseRecording("too-complex");
  const bytes = concatenate(sound.map(({ start, end }) => file.subarray(start, end)));
  blankAncillary(bytes, contiguous(sound));
  return { bytes, packets: new Map([[1, sound.length]]) };
}

/** The frames with their positions in a file that has nothing between them. */
function contiguous(frames: Frame[]): Frame[] {
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

/** The size of an ID3v2 tag. Its header gives the content's size in four bytes of seven bits each, without header and footer. */
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
    // Sound may continue after a tag. Anything else ends the frames.
    else break;
    if (frames.length > recordingLimits.packets) refuseRecording("too-complex");
  }
  return frames;
}

const startsTag = (file: Uint8Array, at: number) => latin1Text(file, { from: at, to: at + 3 }) === "ID3";

function frameAt(file: Uint8Array, start: number): Frame | undefined {
  const header = viewOf(file).getUint32(start);
  const version = (header >> 19) & 3;
  const isLayer3 = header >>> 21 === 0x7ff && ((header >> 17) & 3) === 1 && version !== 1;
  const isVersion1 = version === 3;
  const kilobits = bitrates[isVersion1 ? 0 : 1]?.[(header >> 12) & 15];
  const version1Rate = samplesPerSecond[(header >> 10) & 3];
  if (!isLayer3 || !kilobits || !version1Rate) return undefined;
  const rate = version1Rate / ({ 3: 1, 2: 2, 0: 4 }[version] ?? 1);
  const samples = isVersion1 ? 1152 : 576;
  const length = Math.floor((samples * 125 * kilobits) / rate) + ((header >> 9) & 1);
  // All frames of a file have the same kind: version, layer, sampling rate, and mono or stereo.
  const isMono = ((header >> 6) & 3) === 3;
  const kind = (header & 0x1e0c00) | (isMono ? 1 : 0);
  return { start, end: start + length, kind, seconds: samples / rate, isMono, isVersion1 };
}

/** Returns a packet unchanged. Refuses a packet that is not exactly one frame. */
export function singleFrame(packet: Uint8Array): Uint8Array {
  return frameOf(packet).end === packet.length ? packet : refuseRecording("unreadable");
}

export function frameSeconds(packet: Uint8Array): number {
  return frameOf(packet).seconds;
}

function frameOf(packet: Uint8Array): Frame {
  return frameAt(packet, 0) ?? refuseRecording("unreadable");
}

/** Whether a frame has no sound and only describes the file, for example its number of frames and its encoder. */
function isDescription(file: Uint8Array, frame: Frame): boolean {
  return isXing(file, frame) || latin1Text(file, { from: frame.start + 36, to: frame.start + 40 }) === "VBRI";
}

function isXing(file: Uint8Array, frame: Frame): boolean {
  const from = frame.start + 4 + sideInfoLength(frame);
  return ["Xing", "Info"].includes(latin1Text(file, { from, to: from + 4 }));
}

/**
 * Whether a describing frame makes players skip more sound than an encoder's padding. After its tables stand the numbers of
 * samples at the start and at the end that are not played. An encoder pads three frames at most.
 */
function isCut(file: Uint8Array, frame: Frame): boolean {
  const from = frame.start + 4 + sideInfoLength(frame);
  const flags = file[from + 7] ?? 0;
  const tables = (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const [first = 0, middle = 0, last = 0] = file.subarray(from + 8 + tables + 21, frame.end);
  const samples = Math.max(first * 16 + (middle >> 4), (middle & 15) * 256 + last);
  const frames = samples / (frame.isVersion1 ? 1152 : 576);
  return frames > 3 && frames * frame.seconds > mostUnplayedSeconds;
}

/** Whether the bytes after the last frame are tags, zeros, or a short rest. Sound after a longer gap would be lost silently. */
function isTail(rest: Uint8Array): boolean {
  const isTag = /^(TAG|APETAGEX|LYRICSBEGIN|ID3|3DI)/.test(latin1Text(rest, { from: 0, to: 11 }));
  return isTag || rest.length <= longestRest || rest.every((byte) => byte === 0);
}

const longestRest = 4096;

/** The position of a frame, and the header's values that decide how long its side information is. */
type Shape = { start: number; end: number; isVersion1: boolean; isMono: boolean };

/**
 * The room for main data (coded sound) in one frame. `at`: its position in the stream of main data, which runs through all
 * frames. `start`: its position in the file.
 */
type DataRoom = { at: number; start: number; length: number };

/**
 * Fills the gaps between the main data of one frame and that of the next with zeros. Encoders write their names there, and
 * anybody can hide data there (ancillary data); players skip it. The main data of a frame may begin in earlier frames (bit
 * reservoir), so gaps are computed in the stream of main data.
 */
function blankAncillary(bytes: Uint8Array, frames: Shape[]): void {
  const rooms = dataRooms(bytes, frames);
  const sideInfos = frames.map((frame, n) => ({ ...readSideInfo(bytes, frame), at: rooms[n]?.at ?? 0 }));
  sideInfos.forEach(({ at, mainDataBegin, mainDataBits, bigValues }, n) => {
    const next = sideInfos[n + 1];
    const room = rooms[n];
    const from = at - mainDataBegin + Math.ceil(mainDataBits / 8);
    // Decoders skip a frame that claims more bytes or more values than it can have.
    if (from > at + (room?.length ?? 0) || bigValues > mostBigValues) refuseRecording("unreadable");
    const to = next ? next.at - next.mainDataBegin : (room?.at ?? 0) + (room?.length ?? 0);
    // Main data begins at most 511 bytes before its frame, which is less than this number of frames.
    for (const earlier of rooms.slice(Math.max(0, n - mostFramesBack), n + 1))
      blank(bytes, { room: earlier, from, to });
  });
}

const mostFramesBack = 64;
/** The most pairs of values in a granule: 576 values. */
const mostBigValues = 288;

function dataRooms(bytes: Uint8Array, frames: Shape[]): DataRoom[] {
  let at = 0;
  return frames.map((frame) => {
    const start = Math.min(frame.end, sideInfoStart(bytes, frame) + sideInfoLength(frame));
    const room = { at, start, length: frame.end - start };
    at += room.length;
    return room;
  });
}

/** Fills the part of a room with zeros that lies between two positions in the stream of main data. */
function blank(bytes: Uint8Array, { room, from, to }: { room: DataRoom; from: number; to: number }): void {
  const start = Math.max(from - room.at, 0);
  const end = Math.min(to - room.at, room.length);
  if (start < end) bytes.fill(0, room.start + start, room.start + end);
}

/**
 * Side information of a frame (ISO/IEC 11172-3). `mainDataBegin`: bytes before the frame's own room at which its main data
 * begins. `mainDataBits`: the length of its main data. `bigValues`: the largest number of value pairs in a granule.
 */
type SideInfo = { mainDataBegin: number; mainDataBits: number; bigValues: number };

function readSideInfo(bytes: Uint8Array, frame: Shape): SideInfo {
  const side = bytes.subarray(sideInfoStart(bytes, frame), frame.end);
  const channels = frame.isMono ? 1 : 2;
  const mainDataBeginBits = frame.isVersion1 ? 9 : 8;
  const granules = frame.isVersion1 ? 2 : 1;
  const granuleBits = frame.isVersion1 ? 59 : 63;
  let mainDataBits = 0;
  let bigValues = 0;
  for (let n = 0, at = granulesStart(frame); n < granules * channels; n++, at += granuleBits) {
    mainDataBits += readBits(side, { at, bits: 12 });
    bigValues = Math.max(bigValues, readBits(side, { at: at + 12, bits: 9 }));
  }
  return { mainDataBegin: readBits(side, { at: 0, bits: mainDataBeginBits }), mainDataBits, bigValues };
}

/** The bit at which the granules begin: after `mainDataBegin`, private bits and, in MPEG 1, the flags of shared scale factors. */
function granulesStart({ isVersion1, isMono }: Shape): number {
  if (isVersion1) return isMono ? 18 : 20;
  return isMono ? 9 : 10;
}

function sideInfoStart(bytes: Uint8Array, { start }: Shape): number {
  const hasChecksum = ((bytes[start + 1] ?? 0) & 1) === 0;
  return start + (hasChecksum ? 6 : 4);
}

function sideInfoLength({ isVersion1, isMono }: Shape): number {
  if (isVersion1) return isMono ? 17 : 32;
  return isMono ? 9 : 17;
}

function readBits(bytes: Uint8Array, { at, bits }: { at: number; bits: number }): number {
  let value = 0;
  for (let n = at; n < at + bits; n++) value = value * 2 + (((bytes[n >> 3] ?? 0) >> (7 - (n & 7))) & 1);
  return value;
}

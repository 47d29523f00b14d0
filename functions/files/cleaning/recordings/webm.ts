import { longestPacketSeconds } from "./opus.ts";
import {
  concatenate,
  mostUnplayedSeconds,
  recordingLimits,
  refuseRecording,
  type StrippedRecording,
} from "./recording.ts";

function unsigned(content: Uint8Array): number {
  return content.reduce((all, byte) => all * 256 + byte, 0);
}

function signed(content: Uint8Array): number {
  const isNegative = (content[0] ?? 0) >= 0x80;
  return unsigned(content) - (isNegative ? 256 ** content.length : 0);
}

/**
 * Reads a variable-length integer of EBML (RFC 8794). Its first byte says how many bytes it has. `isUnknown`: all its bits are
 * set, which means an unknown size.
 */
function variableIntegerAt(bytes: Uint8Array, { at, end }: { at: number; end: number }) {
  const length = variableLengthAt(bytes, { at, end });
  const [first = 0, ...rest] = bytes.subarray(at, at + length);
  const value = rest.reduce((all, byte) => all * 256 + byte, first & (0xff >> length));
  const isUnknown = (first & (0xff >> length)) === 0xff >> length && rest.every((byte) => byte === 0xff);
  return { value, next: at + length, isUnknown };
}

function variableLengthAt(bytes: Uint8Array, { at, end }: { at: number; end: number }): number {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  return length > 8 || at + length > end ? refuseRecording("unreadable") : length;
}

/** Writes the header of an element: its id and its size. */
function elementHeader(id: number, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(12));
  view.setUint32(0, id);
  // The size is written in eight bytes. The value 1 of the first byte announces this length.
  view.setUint8(4, 1);
  view.setUint32(8, length);
  return new Uint8Array(view.buffer).subarray(Math.clz32(id) >> 3);
}

/** The kept elements of a WebM: for each container element, by its id, the ids of the elements that it may hold. */
const keptChildren = new Map<number, Set<number>>([
  // The file: a header and one segment.
  [0, new Set([0x1a45dfa3, 0x18538067])],
  // The header: versions and the kind of document.
  [0x1a45dfa3, new Set([0x4286, 0x42f7, 0x42f2, 0x42f3, 0x4282, 0x4287, 0x4285])],
  // The segment: Info, Tracks, Clusters and Chapters.
  [0x18538067, new Set([0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1043a770])],
  // Info: how long a tick is.
  [0x1549a966, new Set([0x2ad7b1])],
  [0x1654ae6b, new Set([0xae])],
  // A track: number, kind, whether it is on, codec and its configuration, delay, duration of a frame, picture, sound, encryption.
  [0xae, new Set([0xd7, 0x73c5, 0x83, 0xb9, 0x86, 0x63a2, 0x56aa, 0x56bb, 0x23e383, 0xe0, 0xe1, 0x6d80])],
  // Its picture: size, cropped edges, transparency, aspect ratio, colours, and the camera's orientation.
  [0xe0, new Set([0xb0, 0xba, 0x54aa, 0x54bb, 0x54cc, 0x54dd, 0x53c0, 0x54b0, 0x54ba, 0x54b2, 0x55b0, 0x7670])],
  [0x55b0, new Set([0x55b1, 0x55ba, 0x55bb, 0x55b9])],
  [0x7670, new Set([0x7671, 0x7673, 0x7674, 0x7675])],
  // Its sound: samples per second and channels.
  [0xe1, new Set([0xb5, 0x78b5, 0x9f, 0x6264])],
  [0x6d80, new Set([0x6240])],
  [0x6240, new Set([0x5035])],
  // A cluster: its time, and blocks.
  [0x1f43b675, new Set([0xe7, 0xa3, 0xa0])],
  // A block group: the block, its duration, its references, and its padding that is not played.
  [0xa0, new Set([0xa1, 0x9b, 0xfb, 0x75a2])],
  // Chapters: for each edition whether its chapters change the order, for each chapter whether it is played.
  [0x1043a770, new Set([0x45b9])],
  [0x45b9, new Set([0x45dd, 0xb6])],
  [0xb6, new Set([0x4598, 0xb6])],
]);

/**
 * The elements that may stand several times in their parent: tracks, clusters, blocks and their references, encryption and
 * chapters. Any other element may stand once: where there are two, some players take the first and some the last.
 */
const repeatable = new Set([0xae, 0x1f43b675, 0xa3, 0xa0, 0xfb, 0x6240, 0x1043a770, 0x45b9, 0xb6]);

/**
 * For some elements, a test of their content. Where it is true, players do not show part of the recording, but the copied packets
 * would contain it. The file is refused.
 */
const hidesContent = new Map<number, (content: Uint8Array, scan: ElementScan) => boolean>([
  // A track that is off, and a second track of picture or sound.
  [0xb9, isZero],
  [0x83, isSecondOfKind],
  // A second track with the same number.
  [0xd7, isSecondOfNumber],
  // Cropped edges of a picture, and transparency.
  [0x54aa, isNotZero],
  [0x54bb, isNotZero],
  [0x54cc, isNotZero],
  [0x54dd, isNotZero],
  [0x53c0, isNotZero],
  // An edition of chapters that changes the order, and a chapter that is skipped.
  [0x45dd, isNotZero],
  [0x4598, isZero],
  // Unplayed nanoseconds at the start of a track, and in single blocks.
  [0x56aa, (content) => unsigned(content) / 1e9 > mostUnplayedSeconds],
  [0x75a2, exceedsBlockPadding],
]);

const segment = 0x18538067;
const cluster = 0x1f43b675;
const track = 0xae;
const picture = 1;
const sound = 2;
const encodings = 0x6d80;
const encryption = 0x5035;
const blocks = new Set([0xa1, 0xa3]);

/** The elements that end a cluster of unknown size: each of them belongs beside a cluster or above it. */
const besideClusters = new Set([
  0x1a45dfa3, 0x18538067, 0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1c53bb6b, 0x1941a469, 0x1043a770,
  0x1254c367,
]);

type ElementScan = {
  bytes: Uint8Array;
  elements: number;
  tracks: number;
  /** The kinds of the tracks so far, picture or sound. */
  kinds: Set<number>;
  /** The numbers of the tracks so far. */
  numbers: Set<number>;
  /** The unplayed nanoseconds of all blocks so far. */
  blockPadding: number;
  blocks: number;
  /** The number of packets by track number. */
  packets: Map<number, number>;
};
/** `start`: the position of the header; `from`: that of the content. */
type Element = { id: number; start: number; from: number; end: number; isUnknownSize: boolean };

/**
 * Writes a new file with the kept elements only. Each container element gets a known size: a recorder that streams cannot know
 * the sizes when it writes.
 */
export function stripWebm(file: Uint8Array): StrippedRecording {
  const sets = { kinds: new Set<number>(), numbers: new Set<number>(), packets: new Map<number, number>() };
  const scan: ElementScan = { bytes: file, elements: 0, tracks: 0, blockPadding: 0, blocks: 0, ...sets };
  const { parts } = keepElements(scan, { parent: 0, from: 0, end: file.length, isUnknownSize: false });
  return { bytes: concatenate(parts), packets: scan.packets };
}

/** Reads the elements of a parent. Returns the bytes of the kept ones, and the position at which the parent ends. */
function keepElements(
  scan: ElementScan,
  { parent, from, end, isUnknownSize }: { parent: number; from: number; end: number; isUnknownSize: boolean },
): { parts: Uint8Array[]; end: number } {
  const parts: Uint8Array[] = [];
  const seen = new Set<number>();
  let at = from;
  while (at < end) {
    const element = elementAt(scan, { at, end });
    if (isUnknownSize && parent === cluster && besideClusters.has(element.id)) break;
    if (keptChildren.get(parent)?.has(element.id)) {
      refuseSecond(element, seen);
      at = readElement(scan, { element, parts });
    } else at = knownEnd(element);
    // Bytes after the segment are not part of the recording.
    if (parent === 0 && element.id === segment) break;
  }
  return { parts, end: at };
}

function refuseSecond({ id }: Element, seen: Set<number>): void {
  if (seen.has(id) && !repeatable.has(id)) refuseRecording("unreadable");
  seen.add(id);
}

/** Checks an element, adds its bytes to `parts`, and returns the position of its end. */
function readElement(scan: ElementScan, { element, parts }: { element: Element; parts: Uint8Array[] }): number {
  countElement(scan, element);
  const { id, start, from, end, isUnknownSize } = element;
  if (hidesContent.get(id)?.(scan.bytes.subarray(from, end), scan)) refuseRecording("unreadable");
  if (!keptChildren.has(id)) {
    parts.push(scan.bytes.subarray(start, knownEnd(element)));
    return end;
  }
  if (isUnknownSize && id !== segment && id !== cluster) refuseRecording("unreadable");
  const children = keepElements(scan, { parent: id, from, end, isUnknownSize });
  if (id === encodings) refuseRecording("unreadable");
  const length = children.parts.reduce((sum, part) => sum + part.length, 0);
  parts.push(elementHeader(id, length));
  for (const part of children.parts) parts.push(part);
  return children.end;
}

function isZero(content: Uint8Array): boolean {
  return unsigned(content) === 0;
}

function isNotZero(content: Uint8Array): boolean {
  return !isZero(content);
}

/** Whether an earlier track has the same kind, picture or sound. Other kinds, such as subtitles, may stand several times. */
function isSecondOfKind(content: Uint8Array, { kinds }: ElementScan): boolean {
  const kind = unsigned(content);
  const isSecond = kinds.has(kind);
  if (kind === picture || kind === sound) kinds.add(kind);
  return isSecond;
}

function isSecondOfNumber(content: Uint8Array, { numbers }: ElementScan): boolean {
  const number = unsigned(content);
  const isSecond = numbers.has(number);
  numbers.add(number);
  return isSecond;
}

/** Whether all blocks together have more padding than the last packet of an encoder. */
function exceedsBlockPadding(content: Uint8Array, scan: ElementScan): boolean {
  scan.blockPadding += Math.abs(signed(content));
  return scan.blockPadding / 1e9 > longestPacketSeconds;
}

function countElement(scan: ElementScan, { id, from, end }: Element): void {
  if (id === encryption) refuseRecording("password-protected");
  if (id === track) scan.tracks += 1;
  if (scan.tracks > recordingLimits.tracks) refuseRecording("too-complex");
  if (!blocks.has(id)) return;
  const { value: number, next } = variableIntegerAt(scan.bytes, { at: from, end });
  // A block with several packets (lacing), or with the flag "invisible", is refused. No recorder writes such a block.
  if (next + 3 > end || (scan.bytes[next + 2] ?? 0) & 0xe) refuseRecording("unreadable");
  scan.packets.set(number, (scan.packets.get(number) ?? 0) + 1);
  scan.blocks += 1;
  if (scan.blocks > recordingLimits.packets) refuseRecording("too-complex");
}

function elementAt(scan: ElementScan, { at, end }: { at: number; end: number }): Element {
  const idLength = variableLengthAt(scan.bytes, { at, end });
  if (idLength > 4) refuseRecording("unreadable");
  const id = unsigned(scan.bytes.subarray(at, at + idLength));
  const { value: size, next, isUnknown: isUnknownSize } = variableIntegerAt(scan.bytes, { at: at + idLength, end });
  if (!blocks.has(id)) scan.elements += 1;
  if (scan.elements > recordingLimits.boxes) refuseRecording("too-complex");
  if (!isUnknownSize && next + size > end) refuseRecording("unreadable");
  return { id, start: at, from: next, end: isUnknownSize ? end : next + size, isUnknownSize };
}

function knownEnd({ end, isUnknownSize }: Element): number {
  return isUnknownSize ? refuseRecording("unreadable") : end;
}

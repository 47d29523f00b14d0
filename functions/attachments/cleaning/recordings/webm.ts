import { longestPacketSeconds } from "./opus.ts";
import {
  concatenate,
  mostUnplayedSeconds,
  recordingLimits,
  refuseRecording,
  type StrippedRecording,
} from "./recording.ts";

export function unsigned(content: Uint8Array): number {
  return content.reduce((all, byte) => all * 256 + byte, 0);
}

export function signed(content: Uint8Array): number {
  const isNegative = (content[0] ?? 0) >= 0x80;
  return unsigned(content) - (isNegative ? 256 ** content.length : 0);
}

/** A number says in its first byte how many bytes it has; all its bits set mean a size that is not known. */
export function numberAt(bytes: Uint8Array, { at, end }: { at: number; end: number }) {
  const length = lengthAt(bytes, { at, end });
  const [first = 0, ...rest] = bytes.subarray(at, at + length);
  const value = rest.reduce((all, byte) => all * 256 + byte, first & (0xff >> length));
  const isOpen = (first & (0xff >> length)) === 0xff >> length && rest.every((byte) => byte === 0xff);
  return { value, next: at + length, isOpen };
}

export function lengthAt(bytes: Uint8Array, { at, end }: { at: number; end: number }): number {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  return length > 8 || at + length > end ? refuseRecording("unreadable") : length;
}

export function head(id: number, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(12));
  view.setUint32(0, id);
  // A size in eight bytes, the first of which says so.
  view.setUint8(4, 1);
  view.setUint32(8, length);
  return new Uint8Array(view.buffer).subarray(Math.clz32(id) >> 3);
}

/** The elements of a WebM that hold others, by their number, and which of those say how to play it. */
const inside = new Map<number, Set<number>>([
  // The file: a header and one segment.
  [0, new Set([0x1a45dfa3, 0x18538067])],
  // The header: versions and the kind of document.
  [0x1a45dfa3, new Set([0x4286, 0x42f7, 0x42f2, 0x42f3, 0x4282, 0x4287, 0x4285])],
  // The segment: Info, Tracks, Clusters and Chapters.
  [0x18538067, new Set([0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1043a770])],
  // Info: how long a tick is.
  [0x1549a966, new Set([0x2ad7b1])],
  [0x1654ae6b, new Set([0xae])],
  // A track: number, kind, whether it is on, codec and its set-up, delay, length of a frame, picture, sound, encryption.
  [0xae, new Set([0xd7, 0x73c5, 0x83, 0xb9, 0x86, 0x63a2, 0x56aa, 0x56bb, 0x23e383, 0xe0, 0xe1, 0x6d80])],
  // Its picture: size, edges that are cut off, what shows through, shape, colours, and how the camera was held.
  [0xe0, new Set([0xb0, 0xba, 0x54aa, 0x54bb, 0x54cc, 0x54dd, 0x53c0, 0x54b0, 0x54ba, 0x54b2, 0x55b0, 0x7670])],
  [0x55b0, new Set([0x55b1, 0x55ba, 0x55bb, 0x55b9])],
  [0x7670, new Set([0x7671, 0x7673, 0x7674, 0x7675])],
  // Its sound: samples per second and channels.
  [0xe1, new Set([0xb5, 0x78b5, 0x9f, 0x6264])],
  [0x6d80, new Set([0x6240])],
  [0x6240, new Set([0x5035])],
  // A cluster: its time, and blocks.
  [0x1f43b675, new Set([0xe7, 0xa3, 0xa0])],
  // A block with its length, what it refers to, and what of it is not played.
  [0xa0, new Set([0xa1, 0x9b, 0xfb, 0x75a2])],
  // Chapters: of each edition whether it is played in their order, of each chapter whether it is played.
  [0x1043a770, new Set([0x45b9])],
  [0x45b9, new Set([0x45dd, 0xb6])],
  [0xb6, new Set([0x4598, 0xb6])],
]);

/**
 * Tracks, clusters, blocks and what they refer to, encryption and chapters. All others stand once within the element around
 * them; of two, some players take the first and some the last.
 */
const manyTimes = new Set([0xae, 0x1f43b675, 0xa3, 0xa0, 0xfb, 0x6240, 0x1043a770, 0x45b9, 0xb6]);

/** What would be in the copy, seen and heard, and is not in the file as it is played. */
const hides = new Map<number, (content: Uint8Array, walk: ElementScan) => boolean>([
  // A track that is off, and one of two pictures or sounds.
  [0xb9, isZero],
  [0x83, isSecond],
  // A track of the number of another.
  [0xd7, isSecondOfNumber],
  // The edges of a picture, and what shows through it.
  [0x54aa, isMore],
  [0x54bb, isMore],
  [0x54cc, isMore],
  [0x54dd, isMore],
  [0x53c0, isMore],
  // Chapters that are played in their own order, and one that is skipped.
  [0x45dd, isMore],
  [0x4598, isZero],
  // Nanoseconds at the start of a track, and of single blocks.
  [0x56aa, (content) => unsigned(content) / 1e9 > mostUnplayedSeconds],
  [0x75a2, cutsMuch],
]);

const segment = 0x18538067;
const cluster = 0x1f43b675;
const track = 0xae;
const picture = 1;
const sound = 2;
const encodings = 0x6d80;
const encryption = 0x5035;
const blocks = new Set([0xa1, 0xa3]);

/** What ends a cluster whose size nobody knew when it was begun: each element that belongs beside or above it. */
const besideClusters = new Set([
  0x1a45dfa3, 0x18538067, 0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1c53bb6b, 0x1941a469, 0x1043a770,
  0x1254c367,
]);

type ElementScan = {
  bytes: Uint8Array;
  elements: number;
  tracks: number;
  /** Of each track of sound or picture. */
  kinds: Set<number>;
  /** Of all tracks. */
  numbers: Set<number>;
  cut: number;
  blocks: number;
  packets: Map<number, number>;
};
type Element = { id: number; start: number; from: number; end: number; isOpen: boolean };
type Within = { parent: number; from: number; end: number; isOpen: boolean };

/** Writes the file anew with these elements only and a size on each, since a recorder that streams leaves them open. */
export function stripWebm(file: Uint8Array): StrippedRecording {
  const sets = { kinds: new Set<number>(), numbers: new Set<number>(), packets: new Map<number, number>() };
  const scan: ElementScan = { bytes: file, elements: 0, tracks: 0, cut: 0, blocks: 0, ...sets };
  const { parts } = elementsIn(scan, { parent: 0, from: 0, end: file.length, isOpen: false });
  return { bytes: concatenate(parts), packets: scan.packets };
}

function elementsIn(scan: ElementScan, { parent, from, end, isOpen }: Within): { parts: Uint8Array[]; end: number } {
  const parts: Uint8Array[] = [];
  const seen = new Set<number>();
  let at = from;
  while (at < end) {
    const element = elementAt(scan, { at, end });
    if (isOpen && parent === cluster && besideClusters.has(element.id)) break;
    if (inside.get(parent)?.has(element.id)) {
      refuseSecond(element, seen);
      at = readElement(scan, { element, parts });
    } else at = after(element);
    // What follows the segment is no part of the recording.
    if (parent === 0 && element.id === segment) break;
  }
  return { parts, end: at };
}

function refuseSecond({ id }: Element, seen: Set<number>): void {
  if (seen.has(id) && !manyTimes.has(id)) refuseRecording("unreadable");
  seen.add(id);
}

/** Adds the element to the parts, and says where it ends. */
function readElement(walk: ElementScan, { element, parts }: { element: Element; parts: Uint8Array[] }): number {
  countElement(walk, element);
  if (hides.get(element.id)?.(walk.bytes.subarray(element.from, element.end), walk)) refuseRecording("unreadable");
  const { id, start, from, end, isOpen } = element;
  if (!inside.has(id)) {
    parts.push(walk.bytes.subarray(start, after(element)));
    return end;
  }
  if (isOpen && id !== segment && id !== cluster) refuseRecording("unreadable");
  const children = elementsIn(walk, { parent: id, from, end, isOpen });
  if (id === encodings) refuseRecording("unreadable");
  const length = children.parts.reduce((sum, part) => sum + part.length, 0);
  parts.push(head(id, length));
  for (const part of children.parts) parts.push(part);
  return children.end;
}

function isZero(content: Uint8Array): boolean {
  return unsigned(content) === 0;
}

function isMore(content: Uint8Array): boolean {
  return !isZero(content);
}

/** Subtitles may be there more than once. */
function isSecond(content: Uint8Array, { kinds }: ElementScan): boolean {
  const kind = unsigned(content);
  const isThere = kinds.has(kind);
  if (kind === picture || kind === sound) kinds.add(kind);
  return isThere;
}

function isSecondOfNumber(content: Uint8Array, { numbers }: ElementScan): boolean {
  const number = unsigned(content);
  const isThere = numbers.has(number);
  numbers.add(number);
  return isThere;
}

function cutsMuch(content: Uint8Array, scan: ElementScan): boolean {
  scan.cut += Math.abs(signed(content));
  return scan.cut / 1e9 > longestPacketSeconds;
}

function countElement(walk: ElementScan, { id, from, end }: Element): void {
  if (id === encryption) refuseRecording("locked");
  if (id === track) walk.tracks += 1;
  if (walk.tracks > recordingLimits.tracks) refuseRecording("too-much-inside");
  if (!blocks.has(id)) return;
  const { value: number, next } = numberAt(walk.bytes, { at: from, end });
  // No recorder puts several packets into one block of a WebM, or one that is not shown.
  if (next + 3 > end || (walk.bytes[next + 2] ?? 0) & 0xe) refuseRecording("unreadable");
  walk.packets.set(number, (walk.packets.get(number) ?? 0) + 1);
  walk.blocks += 1;
  if (walk.blocks > recordingLimits.packets) refuseRecording("too-much-inside");
}

function elementAt(scan: ElementScan, { at, end }: { at: number; end: number }): Element {
  const idLength = lengthAt(scan.bytes, { at, end });
  if (idLength > 4) refuseRecording("unreadable");
  const id = unsigned(scan.bytes.subarray(at, at + idLength));
  const { value: size, next, isOpen } = numberAt(scan.bytes, { at: at + idLength, end });
  if (!blocks.has(id)) scan.elements += 1;
  if (scan.elements > recordingLimits.boxes) refuseRecording("too-much-inside");
  if (!isOpen && next + size > end) refuseRecording("unreadable");
  return { id, start: at, from: next, end: isOpen ? end : next + size, isOpen };
}

function after({ end, isOpen }: Element): number {
  return isOpen ? refuseRecording("unreadable") : end;
}

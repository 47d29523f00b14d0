import { joined, refuseRecording, viewOf } from "./recording.ts";

type Keeps = (unit: Uint8Array) => boolean;

/**
 * Which units of a picture are kept: its slices and their parameters. Of all others no player draws anything:
 * supplemental information (of encoders, cameras or anybody), filler, marks, second pictures, or of no standard.
 */
export function keepsAvc(unit: Uint8Array): boolean {
  const type = avcType(unit);
  // Slices in parts are drawn by some players.
  if (type >= 2 && type <= 4) refuseRecording("unreadable");
  return !isForbidden(unit) && avcKept.has(type);
}
const avcKept = new Set([1, 5, 7, 8]);

/** The same for the units of one track of H.265, from its start on. */
export function keepsHevc(): Keeps {
  let startsAnew = true;
  let skipsLeading = true;
  return (unit) => {
    const type = hevcType(unit);
    if (isForbidden(unit) || !isOfFirstLayer(unit)) return false;
    if (type === endOfSequence) {
      startsAnew ||= unit.length === 2;
      return unit.length === 2;
    }
    if (isKeyHevc(unit) && isFirstSlice(unit)) {
      skipsLeading = startsAnew || type !== openKey;
      startsAnew = false;
    }
    // They refer to pictures before the key picture; where there are none, no player draws them.
    return leading.has(type) ? !skipsLeading : hevcKept.has(type);
  };
}
const hevcKept = new Set([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 32, 33, 34]);
const leading = new Set([8, 9]);
const isFirstSlice = ([, , third = 0]: Uint8Array) => third >= 0x80;
/** Of the first layer in space, and of any in time, which are counted from one. */
const isOfFirstLayer = ([first = 0, second = 0]: Uint8Array) => (first & 1) === 0 && second > 0 && second < 8;
/** The one key picture behind which pictures may refer to those before it. */
const openKey = 21;
/** Decides how the next picture is decoded. */
const endOfSequence = 36;

const isForbidden = ([first = 0]: Uint8Array) => first >= 0x80;
export const avcType = ([first = 0]: Uint8Array) => first & 0x1f;
export const hevcType = ([first = 0]: Uint8Array) => (first >> 1) & 0x3f;

/** Slices of a picture that needs none before it. */
export const isKeyAvc = (unit: Uint8Array) => avcType(unit) === 5;
export const isKeyHevc = (unit: Uint8Array) => hevcType(unit) >= 16 && hevcType(unit) <= 21;

/** The packet without the units that are not kept; each unit is preceded by its length. */
export function keepUnits(packet: Uint8Array, { lengthSize, keeps }: { lengthSize: number; keeps: Keeps }): Uint8Array {
  const kept = unitsIn(packet, lengthSize).filter((unit) => keeps(unit.subarray(lengthSize)));
  const length = kept.reduce((sum, unit) => sum + unit.length, 0);
  return length === packet.length ? packet : joined(kept, length);
}

export function hasUnit(packet: Uint8Array, { lengthSize, is }: { lengthSize: number; is: Keeps }): boolean {
  return unitsIn(packet, lengthSize).some((unit) => is(unit.subarray(lengthSize)));
}

function unitsIn(packet: Uint8Array, lengthSize: number): Uint8Array[] {
  const view = viewOf(packet);
  const units: Uint8Array[] = [];
  for (let at = 0; at < packet.length; ) {
    if (at + lengthSize >= packet.length) refuseRecording("unreadable");
    const end = at + lengthSize + readLength(view, { at, lengthSize });
    if (end > packet.length || end === at + lengthSize) refuseRecording("unreadable");
    units.push(packet.subarray(at, end));
    at = end;
  }
  return units;
}

function readLength(view: DataView, { at, lengthSize }: { at: number; lengthSize: number }): number {
  let length = 0;
  for (let n = 0; n < lengthSize; n++) length = length * 256 + view.getUint8(at + n);
  return length;
}

/** Profiles of H.264 whose record says the colour format and depth once more at its end. */
const richProfiles = new Set([100, 110, 122, 144]);

/** The set-up of H.264 anew: its parameter sets, and nothing that hides behind them. */
export function rewriteAvcConfig(record: Uint8Array): Uint8Array {
  const sequences = (record[5] ?? 0) & 0x1f;
  const sequenceEnd = afterSets(record, { at: 6, count: sequences, are: (unit) => avcType(unit) === 7 });
  const pictures = record[sequenceEnd] ?? refuseRecording("unreadable");
  const end = afterSets(record, { at: sequenceEnd + 1, count: pictures, are: (unit) => avcType(unit) === 8 });
  const isRich = richProfiles.has(record[1] ?? 0) && record.length >= end + 4;
  const formats = isRich ? [...record.subarray(end, end + 3), 0] : [];
  return joined([record.subarray(0, end), Uint8Array.from(formats)]);
}

/** The set-up of H.265 anew: of its lists of units those of parameter sets, without the encoder's information. */
export function rewriteHevcConfig(record: Uint8Array): Uint8Array {
  const lists: Uint8Array[] = [];
  let at = 23;
  for (let n = record[22] ?? refuseRecording("unreadable"); n > 0; n--) {
    const type = (record[at] ?? 0) & 0x3f;
    const end = afterSets(record, {
      at: at + 3,
      count: sizeAt(record, at + 1),
      are: (unit) => hevcType(unit) === type,
    });
    if (isParameterSet(type)) lists.push(record.subarray(at, end));
    at = end;
  }
  return joined([record.subarray(0, 22), Uint8Array.of(lists.length), ...lists]);
}

const isParameterSet = (type: number) => type >= 32 && type <= 34;

type List = { at: number; count: number; are: (unit: Uint8Array) => boolean };

/** Where a list of units ends, each preceded by its length in two bytes and of the kind of the list. */
function afterSets(record: Uint8Array, { at, count, are }: List): number {
  let end = at;
  for (let n = 0; n < count; n++) {
    const start = end + 2;
    end = start + sizeAt(record, end);
    if (!are(record.subarray(start, end))) refuseRecording("unreadable");
  }
  return end > record.length ? refuseRecording("unreadable") : end;
}

function sizeAt(record: Uint8Array, at: number): number {
  const [high, low] = record.subarray(at, at + 2);
  return high === undefined || low === undefined ? refuseRecording("unreadable") : high * 256 + low;
}

/** A frame of VP8 that is one by its head; what follows is coded. */
export function assertWholeVp8(packet: Uint8Array): Uint8Array {
  const [head = 0, second = 0, third = 0] = packet;
  const firstPart = (third * 65536 + second * 256 + head) >> 5;
  const profile = (head >> 1) & 7;
  const hasStart = !isKeyVp8(packet) || (packet.length >= 10 && viewOf(packet).getUint32(2) % 0x1000000 === startCode);
  if (packet.length > 0 && (profile > 3 || !hasStart || firstPart > packet.length)) refuseRecording("unreadable");
  return packet;
}

const startCode = 0x9d012a;

export function isKeyVp8([head = 1]: Uint8Array): boolean {
  return (head & 1) === 0;
}

/** A packet may hold several frames and, behind them, an index of their sizes: what lies between is no frame's. */
export function withoutGap(packet: Uint8Array): Uint8Array {
  const marker = packet.at(-1) ?? refuseRecording("unreadable");
  const width = ((marker >> 3) & 3) + 1;
  const index = packet.length - 2 - ((marker & 7) + 1) * width;
  if (marker >> 5 !== 6 || packet[index] !== marker) return framesOf(packet, [packet.length]);
  const sizes: number[] = [];
  for (let at = index + 1; at < packet.length - 1; at += width) {
    sizes.push(packet.subarray(at, at + width).reduceRight((size, byte) => size * 256 + byte, 0));
  }
  return joined([framesOf(packet.subarray(0, index), sizes), packet.subarray(index)]);
}

function framesOf(bytes: Uint8Array, sizes: number[]): Uint8Array {
  let end = 0;
  for (const size of sizes) {
    const head = bytes[end] ?? 0;
    if (!isFrame(head) || (isRepetition(head) && size > longestRepetition)) refuseRecording("unreadable");
    end += size;
  }
  return end > bytes.length ? refuseRecording("unreadable") : bytes.subarray(0, end);
}

/** It begins with a mark, and the highest profile with a bit that no frame has set. */
function isFrame(head: number): boolean {
  return head >> 6 === 2 && (!isHighest(head) || (head & 8) === 0);
}

const isHighest = (head: number) => (head & 0x30) === 0x30;

/** A frame that needs none before it. */
export function isKeyVp9([head = 0]: Uint8Array): boolean {
  const bit = isHighest(head) ? 2 : 4;
  return !isRepetition(head) && (head & bit) === 0;
}

/** A frame that only has an earlier one shown; of the highest profile it has a bit more. */
function isRepetition(head: number): boolean {
  return (head & (isHighest(head) ? 4 : 8)) > 0;
}

const longestRepetition = 2;

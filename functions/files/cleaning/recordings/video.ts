import { concatenate, refuseRecording, viewOf } from "./recording.ts";

/** Whether a unit (NAL unit) of a picture has some property, for example whether it is kept. */
type UnitTest = (unit: Uint8Array) => boolean;

/**
 * Whether a unit of H.264 is kept: slices of pictures and parameter sets. Players draw nothing of the other units:
 * supplemental information by encoders, cameras or anybody, filler, delimiters, auxiliary pictures, and undefined types.
 */
export function keepsAvc(unit: Uint8Array): boolean {
  const type = avcType(unit);
  // Some players draw data partitions and others do not.
  if (type >= 2 && type <= 4) refuseRecording("unreadable");
  return !isForbidden(unit) && avcKept.has(type);
}
const avcKept = new Set([1, 5, 7, 8]);

/** The same for H.265. The returned test remembers earlier units, so it must get all units of one track in order. */
export function keepsHevc(): UnitTest {
  let isSequenceStart = true;
  let dropsLeading = true;
  return (unit) => {
    const type = hevcType(unit);
    if (isForbidden(unit) || !isOfFirstLayer(unit)) return false;
    if (type === endOfSequence) {
      isSequenceStart ||= unit.length === 2;
      return unit.length === 2;
    }
    if (isKeyHevc(unit) && isFirstSlice(unit)) {
      dropsLeading = isSequenceStart || type !== openKeyPicture;
      isSequenceStart = false;
    }
    // Leading pictures refer to pictures before their key picture. Where there are none, no player draws leading pictures.
    return leadingPictures.has(type) ? !dropsLeading : hevcKept.has(type);
  };
}
const hevcKept = new Set([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 32, 33, 34]);
/** The unit types RASL_N and RASL_R. */
const leadingPictures = new Set([8, 9]);
const isFirstSlice = ([, , third = 0]: Uint8Array) => third >= 0x80;
/** Whether a unit belongs to the base layer (layer id 0). Its temporal id, counted from 1, may be any. */
const isOfFirstLayer = ([first = 0, second = 0]: Uint8Array) => (first & 1) === 0 && second > 0 && second < 8;
/** The unit type CRA: a key picture whose leading pictures may refer to pictures before it. */
const openKeyPicture = 21;
/** The unit type EOS: it changes how the next picture is decoded. */
const endOfSequence = 36;

const isForbidden = ([first = 0]: Uint8Array) => first >= 0x80;
const avcType = ([first = 0]: Uint8Array) => first & 0x1f;
const hevcType = ([first = 0]: Uint8Array) => (first >> 1) & 0x3f;

/** Whether a unit is a slice of a key picture, which decodes without earlier pictures. */
export const isKeyAvc = (unit: Uint8Array) => avcType(unit) === 5;
export const isKeyHevc = (unit: Uint8Array) => hevcType(unit) >= 16 && hevcType(unit) <= 21;

/** The packet without the units that are not kept. Before each unit of a packet stands its length in `lengthSize` bytes. */
export function keepUnits(
  packet: Uint8Array,
  { lengthSize, keeps }: { lengthSize: number; keeps: UnitTest },
): Uint8Array {
  const kept = unitsIn(packet, lengthSize).filter((unit) => keeps(unit.subarray(lengthSize)));
  const length = kept.reduce((sum, unit) => sum + unit.length, 0);
  return length === packet.length ? packet : concatenate(kept, length);
}

export function hasUnit(packet: Uint8Array, { lengthSize, is }: { lengthSize: number; is: UnitTest }): boolean {
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

/** The profiles of H.264 whose decoder configuration ends with colour format and depth. */
const profilesWithFormat = new Set([100, 110, 122, 144]);

/** Rewrites the decoder configuration of H.264 (AVCDecoderConfigurationRecord): its parameter sets and nothing after them. */
export function rewriteAvcConfig(record: Uint8Array): Uint8Array {
  const sequenceSets = (record[5] ?? 0) & 0x1f;
  const sequenceEnd = endOfUnits(record, { at: 6, count: sequenceSets, are: (unit) => avcType(unit) === 7 });
  const pictureSets = record[sequenceEnd] ?? refuseRecording("unreadable");
  const end = endOfUnits(record, { at: sequenceEnd + 1, count: pictureSets, are: (unit) => avcType(unit) === 8 });
  const hasFormat = profilesWithFormat.has(record[1] ?? 0) && record.length >= end + 4;
  const format = hasFormat ? [...record.subarray(end, end + 3), 0] : [];
  return concatenate([record.subarray(0, end), Uint8Array.from(format)]);
}

/** Rewrites the decoder configuration of H.265: its lists of parameter sets, without supplemental information. */
export function rewriteHevcConfig(record: Uint8Array): Uint8Array {
  const lists: Uint8Array[] = [];
  let at = 23;
  for (let n = record[22] ?? refuseRecording("unreadable"); n > 0; n--) {
    const type = (record[at] ?? 0) & 0x3f;
    const end = endOfUnits(record, {
      at: at + 3,
      count: sizeAt(record, at + 1),
      are: (unit) => hevcType(unit) === type,
    });
    if (isParameterSet(type)) lists.push(record.subarray(at, end));
    at = end;
  }
  return concatenate([record.subarray(0, 22), Uint8Array.of(lists.length), ...lists]);
}

const isParameterSet = (type: number) => type >= 32 && type <= 34;

/** The end of a list of units. Each unit follows its length in two bytes. Refuses a unit that fails the test `are`. */
function endOfUnits(record: Uint8Array, { at, count, are }: { at: number; count: number; are: UnitTest }): number {
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

/** Returns a frame of VP8 unchanged. Refuses a frame with a malformed header. The rest of the frame is coded data. */
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

/**
 * Removes unused bytes from a VP9 packet. A packet may be a superframe: several frames with an index of their sizes at the end.
 * Bytes between the last frame and the index belong to no frame.
 */
export function removeSuperframeGap(packet: Uint8Array): Uint8Array {
  const marker = packet.at(-1) ?? refuseRecording("unreadable");
  const width = ((marker >> 3) & 3) + 1;
  const index = packet.length - 2 - ((marker & 7) + 1) * width;
  if (marker >> 5 !== 6 || packet[index] !== marker) return framesOf(packet, [packet.length]);
  const sizes: number[] = [];
  for (let at = index + 1; at < packet.length - 1; at += width) {
    sizes.push(packet.subarray(at, at + width).reduceRight((size, byte) => size * 256 + byte, 0));
  }
  return concatenate([framesOf(packet.subarray(0, index), sizes), packet.subarray(index)]);
}

function framesOf(bytes: Uint8Array, sizes: number[]): Uint8Array {
  let end = 0;
  for (const size of sizes) {
    const head = bytes[end] ?? 0;
    if (!isFrame(head) || (showsEarlierFrame(head) && size > longestShowFrame)) refuseRecording("unreadable");
    end += size;
  }
  return end > bytes.length ? refuseRecording("unreadable") : bytes.subarray(0, end);
}

/** Whether a byte begins a frame of VP9: the frame marker, and in profile 3 a reserved bit that is zero. */
function isFrame(head: number): boolean {
  return head >> 6 === 2 && (!isProfile3(head) || (head & 8) === 0);
}

const isProfile3 = (head: number) => (head & 0x30) === 0x30;

/** Whether a frame of VP9 is a key frame, which decodes without earlier frames. */
export function isKeyVp9([head = 0]: Uint8Array): boolean {
  const frameTypeBit = isProfile3(head) ? 2 : 4;
  return !showsEarlierFrame(head) && (head & frameTypeBit) === 0;
}

/** Whether a frame only shows an earlier frame (show_existing_frame). In profile 3 the flag stands one bit further. */
function showsEarlierFrame(head: number): boolean {
  return (head & (isProfile3(head) ? 4 : 8)) > 0;
}

/** Bytes of a frame that only shows an earlier frame. */
const longestShowFrame = 2;

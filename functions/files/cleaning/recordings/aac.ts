import { refuseRecording } from "./recording.ts";

const rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/**
 * Rewrites the decoder configuration of AAC (AudioSpecificConfig, ISO/IEC 14496-3) as short as its object type allows. Returns
 * it with the seconds of sound in a packet.
 */
export function rewriteAacConfig(config: Uint8Array): { setup: Uint8Array; seconds: number } {
  const [first = 0, second = 0, third = 0, fourth = 0] = config;
  const objectType = first >> 3;
  const rate = rates[((first & 7) << 1) | (second >> 7)];
  const channels = (second >> 3) & 15;
  // Channel configuration 0 describes the channels one by one, and this description has a comment field.
  if (!rate || channels === 0 || config.length < 2) return refuseRecording("unreadable");
  if (objectType === lowComplexity) {
    const hasHighBand = ((third << 3) | (fourth >> 5)) === highBandMarker;
    return { setup: config.slice(0, hasHighBand ? 5 : 2), seconds: samplesPerPacket(second >> 2) / rate };
  }
  // The sampling rate of the high band must be given by its index in `rates`, not as a number of its own.
  const hasRateIndex = (((second & 7) << 1) | (third >> 7)) < rates.length;
  if (!highEfficiency.has(objectType) || !hasRateIndex || config.length < 4) return refuseRecording("unreadable");
  return { setup: config.slice(0, 4), seconds: samplesPerPacket(third >> 1) / rate };
}

/** The object type AAC-LC. */
const lowComplexity = 2;
/** The object types SBR (HE-AAC, with a high band) and PS (HE-AAC v2, with a high band and parametric stereo). */
const highEfficiency = new Set([5, 29]);
/** The bits that announce a high band after a configuration of AAC-LC. */
const highBandMarker = 0x2b7;

/** The number of samples in a packet. The last bit is the flag for the shorter frame. */
function samplesPerPacket(bits: number): number {
  return bits & 1 ? 960 : 1024;
}

/** A position in the bits of a packet. */
type BitReader = { bytes: Uint8Array; at: number };

/** The content of one element, in bits. `isComment`: it does not change the sound. */
type Element = { from: number; length: number; isComment: boolean };

/**
 * Fills the comments at the start of a packet with zeros. Fill elements and data elements can hold comments; encoders write
 * their names there. Elements after coded sound are not reached, because only a decoder can find them.
 */
export function blankComments(packet: Uint8Array): Uint8Array {
  const comments: Element[] = [];
  const reader: BitReader = { bytes: packet, at: 0 };
  for (let next = readElement(reader); next; next = readElement(reader)) if (next.isComment) comments.push(next);
  return comments.some(({ length }) => length > 0) ? withZeros(packet, comments) : packet;
}

/** Reads the next fill or data element; undefined at an element of coded sound, or at the end. */
function readElement(reader: BitReader): Element | undefined {
  if (reader.at + 16 > reader.bytes.length * 8) return undefined;
  const kind = readBits(reader, 3);
  // A program config element has a comment field. The decoder configuration makes it unnecessary.
  if (kind === 5) refuseRecording("unreadable");
  if (kind === 6) return readFillElement(reader);
  return kind === 4 ? readDataElement(reader) : undefined;
}

/** The kinds of fill data that change the sound: loudness range, surround channels and high band. */
const audibleFillKinds = new Set([11, 12, 13, 14]);

function readFillElement(reader: BitReader): Element | undefined {
  const short = readBits(reader, 4);
  const bytes = short === 15 ? 14 + readBits(reader, 8) : short;
  const isComment = !audibleFillKinds.has(readBits({ ...reader }, 4));
  return skipBytes(reader, { bytes, isComment });
}

function readDataElement(reader: BitReader): Element | undefined {
  readBits(reader, 4);
  const isAligned = readBits(reader, 1) === 1;
  const short = readBits(reader, 8);
  const bytes = short === 255 ? 255 + readBits(reader, 8) : short;
  if (isAligned) reader.at = Math.ceil(reader.at / 8) * 8;
  return skipBytes(reader, { bytes, isComment: true });
}

function skipBytes(
  reader: BitReader,
  { bytes, isComment }: { bytes: number; isComment: boolean },
): Element | undefined {
  const from = reader.at;
  reader.at += bytes * 8;
  return reader.at > reader.bytes.length * 8 ? undefined : { from, length: bytes * 8, isComment };
}

function readBits(reader: BitReader, count: number): number {
  let value = 0;
  for (let n = 0; n < count; n++, reader.at++) {
    value = value * 2 + (((reader.bytes[reader.at >> 3] ?? 0) >> (7 - (reader.at & 7))) & 1);
  }
  return value;
}

function withZeros(packet: Uint8Array, elements: Element[]): Uint8Array {
  const copy = new Uint8Array(packet);
  for (const { from, length } of elements) {
    for (let at = from; at < from + length; at++) copy[at >> 3] = (copy[at >> 3] ?? 0) & ~(0x80 >> (at & 7));
  }
  return copy;
}

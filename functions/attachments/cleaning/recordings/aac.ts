import { refuseRecording } from "./recording.ts";

const rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** The set-up of AAC, as short as its kind allows, and how many seconds a packet sounds. */
export function rewriteAacConfig(config: Uint8Array): { setUp: Uint8Array; seconds: number } {
  const [first = 0, second = 0, third = 0, fourth = 0] = config;
  const kind = first >> 3;
  const rate = rates[((first & 7) << 1) | (second >> 7)];
  const channels = (second >> 3) & 15;
  // Channels that are described one by one leave room for a comment.
  if (!rate || channels === 0 || config.length < 2) return refuseRecording("unreadable");
  if (kind === plain) {
    const hasHighBand = ((third << 3) | (fourth >> 5)) === highBandFollows;
    return { setUp: config.slice(0, hasHighBand ? 5 : 2), seconds: samples(second >> 2) / rate };
  }
  // The rate of the high band, which has a number here, and the kind beneath it.
  const hasNumber = (((second & 7) << 1) | (third >> 7)) < rates.length;
  if (!withHighBand.has(kind) || !hasNumber || config.length < 4) return refuseRecording("unreadable");
  return { setUp: config.slice(0, 4), seconds: samples(third >> 1) / rate };
}

const plain = 2;
/** Also with its stereo added. */
const withHighBand = new Set([5, 29]);
const highBandFollows = 0x2b7;

/** How many a packet has, by the last bit. */
function samples(bits: number): number {
  return bits & 1 ? 960 : 1024;
}

/** A place in the bits of a packet. */
type Bits = { bytes: Uint8Array; at: number };

/** A stretch of bits, and whether it says nothing of the sound. */
type Stretch = { from: number; length: number; isNote: boolean };

/**
 * Blanks the fill and data elements at the head of a packet, where encoders write their names. Those behind coded sound
 * could only be found by decoding it.
 */
export function withoutFill(packet: Uint8Array): Uint8Array {
  const notes: Stretch[] = [];
  const bits: Bits = { bytes: packet, at: 0 };
  for (let next = element(bits); next; next = element(bits)) if (next.isNote) notes.push(next);
  return notes.some(({ length }) => length > 0) ? blanked(packet, notes) : packet;
}

function element(bits: Bits): Stretch | undefined {
  if (bits.at + 16 > bits.bytes.length * 8) return undefined;
  const kind = take(bits, 3);
  // A list of channels has room for a comment, and none is needed beside the set-up.
  if (kind === 5) refuseRecording("unreadable");
  if (kind === 6) return fill(bits);
  return kind === 4 ? note(bits) : undefined;
}

/** Kinds of fill that say how to play: how loud, on which sides, and with which high band. */
const played = new Set([11, 12, 13, 14]);

function fill(bits: Bits): Stretch | undefined {
  const short = take(bits, 4);
  const bytes = short === 15 ? 14 + take(bits, 8) : short;
  const isNote = !played.has(take({ ...bits }, 4));
  return skip(bits, { bytes, isNote });
}

function note(bits: Bits): Stretch | undefined {
  take(bits, 4);
  const isAligned = take(bits, 1) === 1;
  const short = take(bits, 8);
  const bytes = short === 255 ? 255 + take(bits, 8) : short;
  if (isAligned) bits.at = Math.ceil(bits.at / 8) * 8;
  return skip(bits, { bytes, isNote: true });
}

function skip(bits: Bits, { bytes, isNote }: { bytes: number; isNote: boolean }): Stretch | undefined {
  const from = bits.at;
  bits.at += bytes * 8;
  return bits.at > bits.bytes.length * 8 ? undefined : { from, length: bytes * 8, isNote };
}

function take(bits: Bits, count: number): number {
  let value = 0;
  for (let n = 0; n < count; n++, bits.at++) {
    value = value * 2 + (((bits.bytes[bits.at >> 3] ?? 0) >> (7 - (bits.at & 7))) & 1);
  }
  return value;
}

function blanked(packet: Uint8Array, notes: Stretch[]): Uint8Array {
  const copy = new Uint8Array(packet);
  for (const { from, length } of notes) {
    for (let at = from; at < from + length; at++) copy[at >> 3] = (copy[at >> 3] ?? 0) & ~(0x80 >> (at & 7));
  }
  return copy;
}

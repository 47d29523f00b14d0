import { refuse } from "./recording.ts";

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
  if (kind === 5) refuse("unreadable");
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

import { joined, mostSecondsCut, refuseRecording, viewOf } from "./recording.ts";

/** Opus counts all its times at this rate. */
export const samplesPerSecond = 48_000;

/** Seconds of its longest packet, the last of which an encoder fills up. */
export const longestPacket = 0.12;

/** Its header, where it is heard from the start, at full volume, as one sound or two: of more, some may be silent. */
export function rewriteOpusHead(head: Uint8Array): Uint8Array {
  if (head.length < headLength) refuseRecording("unreadable");
  const view = viewOf(head);
  const skipped = view.getUint16(10, true) / samplesPerSecond;
  const gain = view.getInt16(16, true);
  const channelMapping = view.getUint8(18);
  if (skipped > mostSecondsCut || gain < 0 || channelMapping !== 0) refuseRecording("unreadable");
  return head.slice(0, headLength);
}

const headLength = 19;

/** How long a packet sounds, by its first two bytes. */
export function samplesOf([head = 0, count = 0]: Uint8Array): number {
  const frames = [1, 2, 2, count & 63][head & 3] ?? 0;
  return frames * frameSamples(head >> 3);
}

/** By the kind of frame: of speech, of both, and of music. */
function frameSamples(kind: number): number {
  if (kind < 12) return [480, 960, 1920, 2880][kind & 3] ?? 0;
  return kind < 16 ? ([480, 960][kind & 1] ?? 0) : ([120, 240, 480, 960][kind & 3] ?? 0);
}

/** Takes out what fills up a packet of several frames, in which anybody may leave a note (RFC 6716, 3.2.5). */
export function withoutPadding(packet: Uint8Array): Uint8Array {
  const bare = isFilledUp(packet) ? withoutFilling(packet) : packet;
  if (!isWhole(bare)) refuseRecording("unreadable");
  return bare;
}

function isFilledUp([head = 0, count = 0]: Uint8Array): boolean {
  return (head & 3) === 3 && (count & isPadded) > 0;
}

/** What every packet has to be, so that decoders do not pass it over (RFC 6716, 3.4). */
function isWhole(packet: Uint8Array): boolean {
  const [head = 0, count = 0] = packet;
  const samples = samplesOf(packet);
  const isOfLength = samples > 0 && samples <= longestPacket * samplesPerSecond;
  return packet.length > 0 && isOfLength && areFrames(frameLengths(packet, { code: head & 3, count }));
}

function areFrames(lengths: number[]): boolean {
  return lengths.every((length) => Number.isInteger(length) && length >= 0 && length <= longestFrame);
}

const longestFrame = 1275;

/** Of the frames in a packet: one, two as long as each other, two, or as many as it says. */
function frameLengths(packet: Uint8Array, { code, count }: { code: number; count: number }): number[] {
  if (code === 0) return [packet.length - 1];
  if (code === 1) return [(packet.length - 1) / 2];
  if (code === 2) return differentLengths(packet, { at: 1, frames: 2 });
  const frames = count & 63;
  return count & haveLengths ? differentLengths(packet, { at: 2, frames }) : [(packet.length - 2) / frames];
}

const haveLengths = 0x80;

/** All but the last say in one byte or two how long they are. */
function differentLengths(packet: Uint8Array, { at: from, frames }: { at: number; frames: number }): number[] {
  let at = from;
  const lengths: number[] = [];
  for (let n = 1; n < frames; n++) {
    const short = packet[at] ?? refuseRecording("unreadable");
    lengths.push(short < 252 ? short : short + 4 * (packet[at + 1] ?? 0));
    at += short < 252 ? 1 : 2;
  }
  return [...lengths, packet.length - at - lengths.reduce((sum, length) => sum + length, 0)];
}

function withoutFilling(packet: Uint8Array): Uint8Array {
  const [head = 0, count = 0] = packet;
  let at = 2;
  let padding = 0;
  for (let more = true; more; at++) {
    const byte = packet[at] ?? refuseRecording("unreadable");
    more = byte === 255;
    padding += more ? 254 : byte;
  }
  if (at + padding > packet.length) refuseRecording("unreadable");
  return joined([Uint8Array.of(head, count & ~isPadded), packet.subarray(at, packet.length - padding)]);
}

const isPadded = 0x40;

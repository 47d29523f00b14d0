import { concatenate, mostUnplayedSeconds, refuseRecording, viewOf } from "./recording.ts";

/** Opus counts all times in samples of this rate. */
export const samplesPerSecond = 48_000;

/** The longest packet of Opus. An encoder fills up its last packet with silence. */
export const longestPacketSeconds = 0.12;

/**
 * Checks and shortens the header of an Opus stream (OpusHead, RFC 7845). Refuses a stream that skips more than
 * `mostUnplayedSeconds` at its start, that is played with lower volume, or that has more channels than two: some of them could be silent.
 */
export function rewriteOpusHead(head: Uint8Array): Uint8Array {
  if (head.length < headLength) refuseRecording("unreadable");
  const view = viewOf(head);
  const skipped = view.getUint16(10, true) / samplesPerSecond;
  const gain = view.getInt16(16, true);
  const channelMapping = view.getUint8(18);
  if (skipped > mostUnplayedSeconds || gain < 0 || channelMapping !== 0) refuseRecording("unreadable");
  return head.slice(0, headLength);
}

const headLength = 19;

/** The number of samples in a packet, computed from its first two bytes (RFC 6716, 3.1). */
export function samplesInPacket([head = 0, count = 0]: Uint8Array): number {
  const frames = [1, 2, 2, count & 63][head & 3] ?? 0;
  return frames * frameSamples(head >> 3);
}

/** The samples of a frame by its configuration number: 0 to 11 are speech, 12 to 15 hybrid, the others music. */
function frameSamples(configuration: number): number {
  if (configuration < 12) return [480, 960, 1920, 2880][configuration & 3] ?? 0;
  return configuration < 16 ? ([480, 960][configuration & 1] ?? 0) : ([120, 240, 480, 960][configuration & 3] ?? 0);
}

/** Removes the padding of a packet, in which anybody can hide data (RFC 6716, 3.2.5). Refuses a malformed packet. */
export function removePadding(packet: Uint8Array): Uint8Array {
  const bare = hasPadding(packet) ? cutPadding(packet) : packet;
  if (!isWellFormed(bare)) refuseRecording("unreadable");
  return bare;
}

function hasPadding([head = 0, count = 0]: Uint8Array): boolean {
  return (head & 3) === 3 && (count & paddingFlag) > 0;
}

/** Whether a packet keeps the rules of RFC 6716, 3.4. Decoders skip packets that break them. */
function isWellFormed(packet: Uint8Array): boolean {
  const [head = 0, count = 0] = packet;
  const samples = samplesInPacket(packet);
  const isOfLength = samples > 0 && samples <= longestPacketSeconds * samplesPerSecond;
  return packet.length > 0 && isOfLength && areFrameLengths(frameLengths(packet, { code: head & 3, count }));
}

function areFrameLengths(lengths: number[]): boolean {
  return lengths.every((length) => Number.isInteger(length) && length >= 0 && length <= longestFrameBytes);
}

const longestFrameBytes = 1275;

/** The lengths of a packet's frames. By its code, a packet holds one frame, two equal ones, two, or a given number. */
function frameLengths(packet: Uint8Array, { code, count }: { code: number; count: number }): number[] {
  if (code === 0) return [packet.length - 1];
  if (code === 1) return [(packet.length - 1) / 2];
  if (code === 2) return differentLengths(packet, { at: 1, frames: 2 });
  const frames = count & 63;
  return count & variableLengthFlag ? differentLengths(packet, { at: 2, frames }) : [(packet.length - 2) / frames];
}

const variableLengthFlag = 0x80;

/** Reads the lengths of frames of different length. Each has one or two bytes; the last frame takes the rest of the packet. */
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

function cutPadding(packet: Uint8Array): Uint8Array {
  const [head = 0, count = 0] = packet;
  let at = 2;
  let padding = 0;
  for (let more = true; more; at++) {
    const byte = packet[at] ?? refuseRecording("unreadable");
    more = byte === 255;
    padding += more ? 254 : byte;
  }
  if (at + padding > packet.length) refuseRecording("unreadable");
  return concatenate([Uint8Array.of(head, count & ~paddingFlag), packet.subarray(at, packet.length - padding)]);
}

const paddingFlag = 0x40;

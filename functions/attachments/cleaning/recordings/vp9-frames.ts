import { joined, refuse } from "./recording.ts";

/** A packet may hold several frames and, behind them, an index of their sizes: what lies between is no frame's. */
export function withoutGap(packet: Uint8Array): Uint8Array {
  const marker = packet.at(-1) ?? refuse("unreadable");
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
    if (!isFrame(head) || (isRepetition(head) && size > longestRepetition)) refuse("unreadable");
    end += size;
  }
  return end > bytes.length ? refuse("unreadable") : bytes.subarray(0, end);
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

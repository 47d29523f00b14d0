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
    if (isRepetition(bytes[end] ?? 0) && size > longestRepetition) refuse("unreadable");
    end += size;
  }
  return end > bytes.length ? refuse("unreadable") : bytes.subarray(0, end);
}

/** A frame that only has an earlier one shown; of the highest profile it has a bit more. */
function isRepetition(head: number): boolean {
  const isHighest = (head & 0x30) === 0x30;
  return (head & (isHighest ? 4 : 8)) > 0;
}

const longestRepetition = 2;

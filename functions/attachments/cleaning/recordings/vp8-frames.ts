import { refuse, viewOf } from "./recording.ts";

/** A frame of VP8 that is one by its head; what follows is coded. */
export function wholeVp8(packet: Uint8Array): Uint8Array {
  const [head = 0, second = 0, third = 0] = packet;
  const firstPart = (third * 65536 + second * 256 + head) >> 5;
  const profile = (head >> 1) & 7;
  const hasStart = !isKeyVp8(packet) || (packet.length >= 10 && viewOf(packet).getUint32(2) % 0x1000000 === startCode);
  if (packet.length > 0 && (profile > 3 || !hasStart || firstPart > packet.length)) refuse("unreadable");
  return packet;
}

const startCode = 0x9d012a;

export function isKeyVp8([head = 1]: Uint8Array): boolean {
  return (head & 1) === 0;
}

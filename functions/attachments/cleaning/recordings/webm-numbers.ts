import { refuse } from "./recording.ts";

export function unsigned(content: Uint8Array): number {
  return content.reduce((all, byte) => all * 256 + byte, 0);
}

export function signed(content: Uint8Array): number {
  const isNegative = (content[0] ?? 0) >= 0x80;
  return unsigned(content) - (isNegative ? 256 ** content.length : 0);
}

/** A number says in its first byte how many bytes it has; all its bits set mean a size that is not known. */
export function numberAt(bytes: Uint8Array, { at, end }: { at: number; end: number }) {
  const length = lengthAt(bytes, { at, end });
  const [first = 0, ...rest] = bytes.subarray(at, at + length);
  const value = rest.reduce((all, byte) => all * 256 + byte, first & (0xff >> length));
  const isOpen = (first & (0xff >> length)) === 0xff >> length && rest.every((byte) => byte === 0xff);
  return { value, next: at + length, isOpen };
}

export function lengthAt(bytes: Uint8Array, { at, end }: { at: number; end: number }): number {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  return length > 8 || at + length > end ? refuse("unreadable") : length;
}

export function head(id: number, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(12));
  view.setUint32(0, id);
  // A size in eight bytes, the first of which says so.
  view.setUint8(4, 1);
  view.setUint32(8, length);
  return new Uint8Array(view.buffer).subarray(Math.clz32(id) >> 3);
}

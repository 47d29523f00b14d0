/** Bytes that are written one after the other, in a space that grows. */
export type Output = { bytes: Uint8Array; length: number };

export function output(expected: number): Output {
  return { bytes: new Uint8Array(expected + 64), length: 0 };
}

export function write(out: Output, bytes: Uint8Array): void {
  makeRoom(out, bytes.length);
  out.bytes.set(bytes, out.length);
  out.length += bytes.length;
}

export function writeByte(out: Output, byte: number): void {
  makeRoom(out, 1);
  out.bytes[out.length++] = byte;
}

/** Most parts are a few bytes, for which a view would cost more than the copy. */
export function writePart(out: Output, { bytes, start, end }: { bytes: Uint8Array; start: number; end: number }): void {
  makeRoom(out, end - start);
  for (let at = start; at < end; at++) out.bytes[out.length++] = bytes[at] ?? 0;
}

function makeRoom(out: Output, more: number): void {
  const length = out.length + more;
  if (length <= out.bytes.length) return;
  const wider = new Uint8Array(length * 2);
  wider.set(out.bytes.subarray(0, out.length));
  out.bytes = wider;
}

export function writtenBytes({ bytes, length }: Output): Uint8Array {
  return bytes.subarray(0, length);
}

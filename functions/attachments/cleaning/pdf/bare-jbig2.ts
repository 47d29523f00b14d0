import { refuse } from "./refusal.ts";

const extension = 62;
const unknownLength = 0xffffffff;

type Segment = { type: number; end: number };

/** Black and white scans are made of segments; those of comments are left out. */
export function bareJbig2(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes);
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 11 <= view.length; ) {
    const { type, end } = segmentAt(view, at);
    if (type !== extension) parts.push(view.subarray(at, end));
    at = end;
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** The head: number, flags, the segments referred to, the page, the length (ITU-T T.88, 7.2). */
function segmentAt(view: Buffer, at: number): Segment {
  const flags = view.readUInt8(at + 4);
  const short = view.readUInt8(at + 5) >> 5;
  const many = short === 7 ? view.readUInt32BE(at + 5) & 0x1fffffff : short;
  const number = view.readUInt32BE(at);
  const width = number <= 256 ? 1 : number <= 65536 ? 2 : 4;
  const page = at + (short === 7 ? 9 + ((many + 8) >> 3) : 6) + many * width;
  const start = page + (flags & 0x40 ? 4 : 1) + 4;
  if (start > view.length) refuse("unreadable");
  const length = view.readUInt32BE(start - 4);
  // Of an unknown length is only a picture that comes last.
  const end = length === unknownLength ? view.length : Math.min(view.length, start + length);
  return { type: flags & 0x3f, end };
}

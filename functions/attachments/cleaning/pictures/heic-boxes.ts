import type { Size } from "./pixels.ts";

export type Box = { type: string; body: Buffer; end: number };

/** More than any box of a picture holds; one with two hundred tiles has about as many. */
const mostBoxes = 10_000;

/** The boxes that lie side by side in some bytes, up to the first that is broken off. */
export function* boxes(bytes: Buffer): Generator<Box> {
  for (let at = 0, n = 0; at + 8 <= bytes.length && n < mostBoxes; n++) {
    const { length, header } = extent(bytes, at);
    const end = at + length;
    if (length < header || end > bytes.length) return;
    yield { type: bytes.toString("latin1", at + 4, at + 8), body: bytes.subarray(at + header, end), end };
    at = end;
  }
}

function extent(bytes: Buffer, at: number): { length: number; header: number } {
  const length = bytes.readUInt32BE(at);
  if (length === 0) return { length: bytes.length - at, header: 8 };
  if (length !== 1 || at + 16 > bytes.length) return { length, header: 8 };
  return { length: Number(bytes.readBigUInt64BE(at + 8)), header: 16 };
}

/** The boxes at the end of a path; the path's length is how deep one looks. */
export function inside(outer: Iterable<Box>, [first, ...rest]: [string, ...string[]]): Box[] {
  const found = [...outer].filter(({ type }) => type === first);
  const [next, ...further] = rest;
  return next === undefined ? found : found.flatMap((box) => inside(boxes(contents(box)), [next, ...further]));
}

/** How many bytes of its own a box has before those that lie in it: a version with flags, and sometimes a count. */
function contents({ type, body }: Box): Buffer {
  if (type === "meta" || type === "iref") return body.subarray(4);
  if (type === "iinf") return body.subarray(body[0] === 0 ? 6 : 8);
  return body;
}

/** The kind of each item, such as `hvc1` for a coded picture and `grid` for one that is put together of others. */
export function kinds(top: Box[]): Map<number, string> {
  const entries = inside(top, ["meta", "iinf", "infe"]).filter(({ body }) => (body[0] ?? 0) >= 2);
  return new Map(
    entries.map(({ body }) => {
      const wide = body[0] === 2 ? 0 : 2;
      return [body.readUIntBE(4, 2 + wide), body.toString("latin1", 8 + wide, 12 + wide)];
    }),
  );
}

/** For each reference of an item to those it is made of: its number, and theirs, as often as each is named. */
export function partsOf(top: Box[]): { item: number; parts: number[] }[] {
  return inside(top, ["meta", "iref"]).flatMap((iref) => {
    const wide = iref.body[0] === 0 ? 2 : 4;
    return inside([iref], ["iref", "dimg"]).map(({ body }) => ({
      item: body.readUIntBE(0, wide),
      parts: Array.from({ length: body.readUInt16BE(wide) }, (_, n) => body.readUIntBE(wide + 2 + n * wide, wide)),
    }));
  });
}

/** How large each item says it is. */
export function sizes(top: Box[]): Map<number, Size> {
  const properties = inside(top, ["meta", "iprp", "ipco"]).flatMap(({ body }) => [...boxes(body)]);
  const sized = inside(top, ["meta", "iprp", "ipma"]).flatMap(({ body }) => associations(body));
  return new Map(
    sized.flatMap(({ item, property }) => {
      const box = properties[property - 1];
      return box?.type === "ispe" ? [[item, sizeIn(box)] as const] : [];
    }),
  );
}

export function sizeIn({ body }: Box): Size {
  return { width: body.readUInt32BE(4), height: body.readUInt32BE(8) };
}

/** Which properties an item has, by their place in the list, which begins with one. */
function associations(body: Buffer): { item: number; property: number }[] {
  const idWidth = body[0] === 0 ? 2 : 4;
  const width = (body[3] ?? 0) & 1 ? 2 : 1;
  const found: { item: number; property: number }[] = [];
  let at = 8;
  for (let left = body.readUInt32BE(4); left > 0; left--) {
    const item = body.readUIntBE(at, idWidth);
    const count = body.readUInt8(at + idWidth);
    at += idWidth + 1;
    // The highest bit says whether the property is essential.
    for (const end = at + count * width; at < end; at += width) {
      found.push({ item, property: body.readUIntBE(at, width) & (width === 2 ? 0x7fff : 0x7f) });
    }
  }
  return found;
}

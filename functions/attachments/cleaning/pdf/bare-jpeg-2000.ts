import { refuse } from "./refusal.ts";

type Box = { type: string; whole: Uint8Array; body: Uint8Array };

const signature = Buffer.from("0000000c6a5020200d0a870a", "hex");
/** Inside the header: sizes, depths, colours, palette and channels. */
const headerBoxes = new Set(["ihdr", "bpcc", "pclr", "cmap", "cdef"]);
/** By how many components there are: grey, sRGB, CMYK. */
const colourNumbers: Record<number, number> = { 1: 17, 2: 17, 3: 16, 4: 12 };

/** A JPEG 2000 picture without its boxes of text and its comments. A profile gives way to the colours it stands for. */
export function bareJpeg2000(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes);
  if (view.readUInt16BE(0) === 0xff4f) return bareCodestream(view);
  if (!view.subarray(0, signature.length).equals(signature)) refuse("unreadable");
  const boxes = boxesOf(view);
  const find = (type: string) => boxes.find((box) => box.type === type)?.body ?? refuse("unreadable");
  return new Uint8Array(
    Buffer.concat([
      signature,
      box("ftyp", Buffer.from("jp2 \0\0\0\0jp2 ")),
      box("jp2h", Buffer.concat(header(find("jp2h")))),
      box("jp2c", bareCodestream(find("jp2c"))),
    ]),
  );
}

function header(body: Uint8Array): Uint8Array[] {
  const inside = boxesOf(Buffer.from(body));
  const components = Buffer.from(inside.find(({ type }) => type === "ihdr")?.body ?? refuse("unreadable"));
  const parts = inside.filter(({ type }) => headerBoxes.has(type)).map(({ whole }) => whole);
  const colour = inside.find(({ type }) => type === "colr")?.body;
  if (colour) parts.splice(1, 0, box("colr", colourOf(colour, components.readUInt16BE(8))));
  return parts;
}

function colourOf(body: Uint8Array, components: number): Uint8Array {
  if (body[0] === 1) return body.subarray(0, 7);
  const number = colourNumbers[components] ?? refuse("unreadable");
  return Uint8Array.of(1, 0, 0, 0, 0, 0, number);
}

function box(type: string, body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

function boxesOf(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const stated = bytes.readUInt32BE(at);
    const head = stated === 1 ? 16 : 8;
    const long = stated === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : stated;
    const end = long === 0 ? bytes.length : at + long;
    if (end > bytes.length || end < at + head) refuse("unreadable");
    const type = bytes.subarray(at + 4, at + 8).toString("latin1");
    boxes.push({ type, whole: bytes.subarray(at, end), body: bytes.subarray(at + head, end) });
    at = end;
  }
  return boxes;
}

const [sod, eoc, sot, comment] = [0xff93, 0xffd9, 0xff90, 0xff64];

/** Comments are emptied in their place, for the lengths of the tiles count them; behind the end nothing stays. */
function bareCodestream(bytes: Uint8Array): Uint8Array {
  const out = Buffer.from(bytes);
  let [at, tileEnd] = [2, out.length];
  while (at + 4 <= out.length) {
    const marker = out.readUInt16BE(at);
    if (marker === eoc) return out.subarray(0, at + 2);
    const length = out.readUInt16BE(at + 2);
    if (marker === sot) tileEnd = endOfTile(out, at);
    if (marker === comment) out.fill(0, at + 6, Math.min(out.length, at + 2 + length));
    at = marker === sod ? tileEnd : at + 2 + length;
  }
  return at === out.length || out.readUInt16BE(out.length - 2) === eoc ? out : refuse("unreadable");
}

/** A tile may leave its length open, which makes it the last one. */
function endOfTile(out: Buffer, at: number): number {
  if (at + 12 > out.length) refuse("unreadable");
  const length = out.readUInt32BE(at + 6);
  if (length !== 0) return length >= 14 ? at + length : refuse("unreadable");
  const last = out.lastIndexOf(Buffer.from([0xff, 0xd9]));
  return last < at ? out.length : last;
}

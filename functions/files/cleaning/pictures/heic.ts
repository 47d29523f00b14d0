import type { Channel } from "libheif-js/libheif-wasm/libheif.js";
import libheif from "libheif-js/libheif-wasm/libheif.js";
import { largestPicture } from "../cleaned.ts";
import { newProgram } from "../codec-instance.ts";
import type { ImageHeaderResult, Pixels, Size } from "./picture.ts";

type Box = { type: string; body: Buffer; end: number };

/** More boxes than any honest box holds. A picture with two hundred tiles has several hundred. */
const mostBoxes = 10_000;

/** The boxes that follow each other in these bytes, up to the first box that is cut off. */
function* boxes(bytes: Buffer): Generator<Box> {
  for (let at = 0, n = 0; at + 8 <= bytes.length && n < mostBoxes; n++) {
    const { length, header } = boxExtent(bytes, at);
    const end = at + length;
    if (length < header || end > bytes.length) return;
    yield { type: bytes.toString("latin1", at + 4, at + 8), body: bytes.subarray(at + header, end), end };
    at = end;
  }
}

function boxExtent(bytes: Buffer, at: number): { length: number; header: number } {
  const length = bytes.readUInt32BE(at);
  if (length === 0) return { length: bytes.length - at, header: 8 };
  if (length !== 1 || at + 16 > bytes.length) return { length, header: 8 };
  return { length: Number(bytes.readBigUInt64BE(at + 8)), header: 16 };
}

/** The boxes at the end of a path of box types, such as `meta`, `iprp`, `ipco`. */
function boxesInside(outer: Iterable<Box>, [first, ...rest]: [string, ...string[]]): Box[] {
  const found = [...outer].filter(({ type }) => type === first);
  const [next, ...further] = rest;
  return next === undefined ? found : found.flatMap((box) => boxesInside(boxes(contents(box)), [next, ...further]));
}

/** The part of a box that holds other boxes. Before it may stand a version with flags, and a count. */
function contents({ type, body }: Box): Buffer {
  if (type === "meta" || type === "iref") return body.subarray(4);
  if (type === "iinf") return body.subarray(body[0] === 0 ? 6 : 8);
  return body;
}

/** The kind of each item by its id, such as `hvc1` for a coded picture and `grid` for a picture made of tiles. */
function kinds(top: Box[]): Map<number, string> {
  const entries = boxesInside(top, ["meta", "iinf", "infe"]).filter(({ body }) => (body[0] ?? 0) >= 2);
  return new Map(
    entries.map(({ body }) => {
      const wide = body[0] === 2 ? 0 : 2;
      return [body.readUIntBE(4, 2 + wide), body.toString("latin1", 8 + wide, 12 + wide)];
    }),
  );
}

/** The items that are made of other items: the item's id, and the ids of its parts with all repetitions. */
function partsOf(top: Box[]): { item: number; parts: number[] }[] {
  return boxesInside(top, ["meta", "iref"]).flatMap((iref) => {
    const wide = iref.body[0] === 0 ? 2 : 4;
    return boxesInside([iref], ["iref", "dimg"]).map(({ body }) => ({
      item: body.readUIntBE(0, wide),
      parts: Array.from({ length: body.readUInt16BE(wide) }, (_, n) => body.readUIntBE(wide + 2 + n * wide, wide)),
    }));
  });
}

/** The declared size of each item, by its id. */
function sizes(top: Box[]): Map<number, Size> {
  const properties = boxesInside(top, ["meta", "iprp", "ipco"]).flatMap(({ body }) => [...boxes(body)]);
  const sized = boxesInside(top, ["meta", "iprp", "ipma"]).flatMap(({ body }) => associations(body));
  return new Map(
    sized.flatMap(({ item, property }) => {
      const box = properties[property - 1];
      return box?.type === "ispe" ? [[item, sizeIn(box)] as const] : [];
    }),
  );
}

function sizeIn({ body }: Box): Size {
  return { width: body.readUInt32BE(4), height: body.readUInt32BE(8) };
}

/** The properties of each item. A property is given by its position in the property list, counted from 1. */
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

const brands = new Set(["heic", "heix", "heim", "heis"]);

/** The most pixels of all tiles together. Tiles reach over the edges of their picture, so they may have more pixels. */
const mostTiled = 2 * largestPicture.pixels;

/** Reads the header of a HEIC file. Bytes after the last complete box are not part of the picture. */
export function readHeicHeader(file: Buffer): ImageHeaderResult {
  const top = [...boxes(file)];
  if (!isHeic(top[0])) return { uncleanable: "unreadable" };
  const isSequence = top.some(({ type }) => type === "moov");
  if (isSequence || !isPlainlyTiled(top)) return { uncleanable: "too-complex" };
  return {
    sizes: boxesInside(top, ["meta", "iprp", "ipco", "ispe"]).map(sizeIn),
    // The decoder already turns the picture as the boxes say. Exif repeats the orientation and must not be applied again.
    orientation: 1,
    picture: file.subarray(0, top.at(-1)?.end),
    profiles: boxesInside(top, ["meta", "iprp", "ipco", "colr"])
      .filter(({ body }) => ["prof", "rICC"].includes(body.toString("latin1", 0, 4)))
      .map(({ body }) => body.subarray(4)),
  };
}

function isHeic(first: Box | undefined): boolean {
  if (first?.type !== "ftyp") return false;
  const named = first.body.toString("latin1").match(/.{4}/gs) ?? [];
  return named.some((brand) => brands.has(brand));
}

/**
 * A picture can be made of other pictures, in many levels, and name the same part again and again; its decoding could take days.
 * Phones write one level of coded tiles, which together are about as large as the whole picture. Only this form is accepted.
 */
function isPlainlyTiled(top: Box[]): boolean {
  const kind = kinds(top);
  const size = sizes(top);
  if ([...kind.values()].includes("iovl")) return false;
  const tiled = partsOf(top).filter(({ item }) => kind.get(item) === "grid");
  return tiled.every(({ parts }) => {
    const areas = parts.map((part) => (size.get(part)?.width ?? 0) * (size.get(part)?.height ?? 0));
    const total = areas.reduce((sum, area) => sum + area, 0);
    return parts.every((part) => kind.get(part) === "hvc1") && total <= mostTiled;
  });
}

/** Returns a function that decodes the file's primary picture, turned and cropped as its boxes say. */
export async function heicDecoder(): Promise<(file: Uint8Array) => Pixels> {
  const heif = await newProgram({ codec: "readHeic", start: libheif });
  return (file) => {
    const context = heif.heif_context_alloc();
    const read = heif.heif_context_read_from_memory(context, file);
    if (read.code !== heif.heif_error_code.heif_error_Ok) throw new Error(read.message);
    const primary = heif.heif_js_context_get_primary_image_handle(context);
    const { heif_colorspace_RGB: colours } = heif.heif_colorspace;
    const { heif_chroma_interleaved_RGBA: layout } = heif.heif_chroma;
    const [channel] = heif.heif_js_decode_image2(primary, colours, layout).channels ?? [];
    if (!channel) throw new Error("no picture came out");
    return withoutRowPadding(channel);
  };
}

function withoutRowPadding({ data, stride, width, height }: Channel): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) rgba.set(data.subarray(y * stride, y * stride + width * 4), y * width * 4);
  return { rgba, width, height };
}

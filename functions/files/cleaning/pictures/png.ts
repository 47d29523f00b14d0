import { crc32, inflateSync } from "node:zlib";
import { hasSignatureOf } from "#shared/files/format.ts";
import { copyIn, newModule } from "../codec-instance.ts";
import { type ImageHeaderResult, orientationIn, type Pixels } from "./picture.ts";

const signatureLength = 8;
/** The chunks of the picture itself. Texts and colour profiles are dropped. */
const needed = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

/** More chunks than any honest picture has. */
const mostChunks = 100_000;

/** Reads the header of a PNG file: its chunks up to IEND. Chunks that are not part of the picture are dropped. */
export function readPngHeader(file: Buffer): ImageHeaderResult {
  if (!hasSignatureOf("image/png", file)) return { uncleanable: "unreadable" };
  const found = [...chunks(file).take(mostChunks)];
  // Viewers ignore other chunks with a wrong checksum.
  const right = found.filter(({ whole }) => hasRightChecksum(whole));
  const kept = found.filter(({ type }) => needed.has(type));
  const types = right.map(({ type }) => type);
  const isWhole = kept.every((chunk) => right.includes(chunk)) && isContiguous(found.map(({ type }) => type));
  if (types[0] !== "IHDR" || types.at(-1) !== "IEND" || !isWhole) return { uncleanable: "unreadable" };
  if (showsMore(types) || right.some(changesBrightness)) return { uncleanable: "hidden-content" };
  const exif = right.slice(0, types.indexOf("IDAT")).find(({ type }) => type === "eXIf");
  return {
    sizes: [{ width: file.readUInt32BE(16), height: file.readUInt32BE(20) }],
    orientation: exif ? orientationIn(exif.body) : 1,
    picture: pngOf(file, kept),
    ...(hasShortPalette(kept) && { recoloured: pngOf(file, kept.map(withWholePalette)) }),
    profiles: right.filter(({ type }) => type === "iCCP").map(({ body }) => profileIn(body)),
  };
}

type PngChunk = { type: string; body: Buffer; whole: Buffer };

const pngOf = (file: Buffer, parts: PngChunk[]) =>
  Buffer.concat([file.subarray(0, signatureLength), ...parts.map(({ whole }) => whole)]);

/**
 * Whether a chunk asks for a brightness unlike that of a screen: a gamma (in 100,000ths) not between 1 / 2.6 and 1 / 1.6, or for the numbers
 * of ITU-T H.273 another transfer than that of BT.709 and sRGB.
 */
function changesBrightness({ type, body }: PngChunk): boolean {
  if (type === "cICP") return ![1, 6, 13].includes(body.readUInt8(1)) || ![1, 9, 12].includes(body.readUInt8(0));
  if (type !== "gAMA") return false;
  const gamma = body.readUInt32BE(0);
  return gamma !== 0 && (gamma < 38_500 || gamma > 62_500);
}

/** The profile behind its name. An empty one, which is refused, where it does not unpack or is larger than any honest one. */
function profileIn(body: Buffer): Buffer {
  try {
    return inflateSync(body.subarray(body.indexOf(0) + 2), { maxOutputLength: 4_000_000 });
  } catch {
    return Buffer.alloc(0);
  }
}

const colourOfPalette = 3;
const wholePalette = 3 * 256;

/** Whether a pixel can have a number that the palette does not have. Viewers show other colours there. */
function hasShortPalette(kept: PngChunk[]): boolean {
  const [header] = kept;
  const palette = kept.find(({ type }) => type === "PLTE");
  return header?.body[9] === colourOfPalette && (palette?.body.length ?? 0) < 3 * 2 ** (header.body[8] ?? 0);
}

/** A palette that goes on in white, so that a pixel with a number behind the palette gets another colour than it had. */
function withWholePalette(chunk: PngChunk): PngChunk {
  if (chunk.type !== "PLTE") return chunk;
  const typed = Buffer.concat([Buffer.from("PLTE"), chunk.body, Buffer.alloc(wholePalette, 0xff)]).subarray(
    0,
    4 + wholePalette,
  );
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(wholePalette, 0);
  ends.writeUInt32BE(crc32(typed), 4);
  return { ...chunk, whole: Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)]) };
}

function hasRightChecksum(chunk: Buffer): boolean {
  return crc32(chunk.subarray(4, -4)) === chunk.readUInt32BE(chunk.length - 4);
}

/** Whether the chunks of pixels follow each other directly. */
function isContiguous(types: string[]): boolean {
  return types.slice(types.indexOf("IDAT"), types.lastIndexOf("IDAT")).every((type) => type === "IDAT");
}

/** Whether the file is an animation, and shows anything but the picture. Behind the picture, `acTL` means nothing. */
function showsMore(types: string[]): boolean {
  const before = types.slice(0, types.indexOf("IDAT"));
  const frames = types.filter((type) => type === "fcTL").length;
  return before.includes("acTL") && !(before.includes("fcTL") && frames === 1 && !types.includes("fdAT"));
}

/** The chunks of a PNG file up to IEND, or up to the first chunk that is cut off. */
function* chunks(file: Buffer): Generator<PngChunk> {
  for (let at = signatureLength; at + 12 <= file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) return;
    const type = file.toString("latin1", at + 4, at + 8);
    yield { type, body: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) };
    if (type === "IEND") return;
    at = end;
  }
}

type Png = { decode: (at: number, length: number) => number };

/** The names of the functions that this version of the package imports. They end in hashes, which change with the version. */
const importNames = {
  decoded: "__wbg_newwithownedu8clampedarrayandsh_91db5987993a08fb",
  buffer: "__wbg_buffer_a448f833075b71ba",
  shorts: "__wbg_newwithbyteoffsetandlength_099217381c451830",
};

export async function pngDecoder(): Promise<(file: Uint8Array) => Pixels> {
  let decoded: Pixels | undefined;
  const png = await newPng((at, length, width, height) => {
    decoded = { rgba: new Uint8ClampedArray(png.memory.buffer).slice(at >>> 0, (at >>> 0) + length), width, height };
  });
  return (file) => {
    png.decode(copyIn(png, file), file.length);
    if (!decoded) throw new Error("no picture came out");
    return decoded;
  };
}

function newPng(decoded: (at: number, length: number, width: number, height: number) => void) {
  const unused = () => undefined;
  return newModule<Png>("png", {
    [importNames.decoded]: decoded,
    [importNames.buffer]: unused,
    [importNames.shorts]: unused,
    __wbindgen_memory: unused,
    __wbindgen_object_drop_ref: unused,
    __wbindgen_throw: () => {
      throw new Error("the picture could not be decoded");
    },
  });
}

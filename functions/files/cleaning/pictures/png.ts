import { crc32 } from "node:zlib";
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
  const kept = [file.subarray(0, signatureLength)];
  let exif: Buffer | undefined;
  const types: string[] = [];
  for (const { type, body, whole } of chunks(file).take(mostChunks)) {
    if (!hasRightChecksum(whole)) return { uncleanable: "unreadable" };
    if (needed.has(type)) kept.push(whole);
    if (type === "eXIf") exif ??= body;
    types.push(type);
  }
  if (types[0] !== "IHDR" || types.at(-1) !== "IEND" || !isContiguous(types)) return { uncleanable: "unreadable" };
  if (showsMore(types)) return { uncleanable: "hidden-content" };
  const size = { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  return { sizes: [size], orientation: exif ? orientationIn(exif) : 1, picture: Buffer.concat(kept) };
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
function* chunks(file: Buffer): Generator<{ type: string; body: Buffer; whole: Buffer }> {
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

import { copyIn, copyOut, newModule } from "./codec-instance.ts";
import type { Pixels } from "./pixels.ts";

type Png = {
  decode: (at: number, length: number) => number;
  encode: (answer: number, at: number, length: number, width: number, height: number, bitDepth: number) => void;
};

/** The names end in hashes, so they are what this version of the package asks for. */
const asked = {
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

export async function pngEncoder(): Promise<(pixels: Pixels) => Uint8Array> {
  const png = await newPng(() => undefined);
  return ({ rgba, width, height }) => {
    const at = copyIn(png, rgba);
    return copyOut(png, (answer) => png.encode(answer, at, rgba.length, width, height, 8));
  };
}

function newPng(decoded: (at: number, length: number, width: number, height: number) => void) {
  const unused = () => undefined;
  return newModule<Png>("png", {
    [asked.decoded]: decoded,
    [asked.buffer]: unused,
    [asked.shorts]: unused,
    __wbindgen_memory: unused,
    __wbindgen_object_drop_ref: unused,
    __wbindgen_throw: () => {
      throw new Error("the picture could not be decoded");
    },
  });
}

import readJpeg from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import writeJpeg from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions as jpegDefaults } from "@jsquash/jpeg/meta.js";
import readWebp from "@jsquash/webp/codec/dec/webp_dec.js";
import writeWebp from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions as webpDefaults } from "@jsquash/webp/meta.js";
import { newProgram } from "./codec-instance.ts";
import { onWhite, type Pixels } from "./pixels.ts";

/** Both throw whatever the program behind them does. */
type Decode = (file: Uint8Array) => Pixels;
type Encode = (pixels: Pixels, quality: number) => Uint8Array;

/** As the packages make it in place of a browser's. */
type ImageData = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };
type Reader = { decode: (file: Uint8Array, turned?: boolean) => ImageData | null };
type Writer = {
  encode: (rgba: Uint8ClampedArray, width: number, height: number, options: object) => Uint8Array | null;
};

export async function jpegDecoder(): Promise<Decode> {
  const complaints: string[] = [];
  const jpeg = await newProgram<Reader>({
    codec: "readJpeg",
    start: readJpeg,
    complained: (line) => complaints.push(line),
  });
  return (file) => {
    const decoded = jpeg.decode(file, false);
    // The library paints what is missing grey, and only mentions it.
    if (complaints.some((line) => /premature end/i.test(line))) throw new Error("the picture breaks off");
    return pixelsOf(decoded);
  };
}

export async function webpDecoder(): Promise<Decode> {
  const webp = await newProgram<Reader>({ codec: "readWebp", start: readWebp });
  return (file) => pixelsOf(webp.decode(file));
}

/** Not progressive, which takes twice the time to save a fiftieth of the size. */
const jpegOptions = { ...jpegDefaults, progressive: false };

export async function jpegEncoder(): Promise<Encode> {
  const jpeg = await newProgram<Writer>({ codec: "writeJpeg", start: writeJpeg });
  return (pixels, quality) => {
    onWhite(pixels);
    return encoded(jpeg.encode(pixels.rgba, pixels.width, pixels.height, { ...jpegOptions, quality }));
  };
}

export async function webpEncoder(): Promise<Encode> {
  const webp = await newProgram<Writer>({ codec: "writeWebp", start: writeWebp });
  return ({ rgba, width, height }, quality) => encoded(webp.encode(rgba, width, height, { ...webpDefaults, quality }));
}

function pixelsOf(decoded: ImageData | null): Pixels {
  if (!decoded) throw new Error("no picture came out");
  return { rgba: decoded.data, width: decoded.width, height: decoded.height };
}

function encoded(bytes: Uint8Array | null): Uint8Array {
  if (!bytes) throw new Error("no file came out");
  return bytes;
}

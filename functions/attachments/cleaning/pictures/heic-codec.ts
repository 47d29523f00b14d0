import libheif, { type Channel } from "libheif-js/libheif-wasm/libheif.js";
import { newProgram } from "./codec-instance.ts";
import type { Pixels } from "./pixels.ts";

/** Decodes the picture that a file is about, turned and cut as its boxes say. */
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
    return inRows(channel);
  };
}

function inRows({ data, stride, width, height }: Channel): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) rgba.set(data.subarray(y * stride, y * stride + width * 4), y * width * 4);
  return { rgba, width, height };
}

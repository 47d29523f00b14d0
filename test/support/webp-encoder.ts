import { readFileSync } from "node:fs";
import { join } from "node:path";
import writeWebp from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions } from "@jsquash/webp/meta.js";
import type { Pixels } from "#functions/files/cleaning/pictures/picture.ts";

const wasm = join(import.meta.dirname, "../../node_modules/@jsquash/webp/codec/enc/webp_enc_simd.wasm");

/** A WebP of these pixels. `lossless`: 1 for a copy of each bit. */
export async function encodeWebp(
  { rgba, width, height }: Pixels,
  options: { quality?: number; lossless?: 0 | 1 },
): Promise<Buffer> {
  const webp = await writeWebp({ wasmBinary: readFileSync(wasm) });
  const made = webp.encode(rgba, width, height, { ...defaultOptions, exact: 1, ...options });
  if (!made) throw new Error("no file came out");
  return Buffer.from(made);
}

import { brotliDecompressSync } from "node:zlib";

/** The text of a document that was compressed when the bundle was made. */
export function unpacked(packed: string): string {
  return brotliDecompressSync(Buffer.from(packed, "base64")).toString("utf8");
}

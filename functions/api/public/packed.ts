import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Reply } from "#functions/pipelines/reply.ts";
import type { Coding } from "#functions/pipelines/request.ts";
import { fingerprint } from "#shared/domain/digest.ts";

type Packed = { file: string; coding: Coding; headers?: Record<string, string> };

/**
 * A document, sent as it was compressed when the bundle was made, or unpacked for callers that do not accept brotli.
 */
export async function packedReply({ file, coding, headers }: Packed): Promise<Reply> {
  const bytes = await readBeside(file);
  // Compressed and not are two answers, each with a tag of its own.
  const etag = `"${fingerprint(bytes.toString("base64"), coding)}"`;
  const usual = { vary: "accept-encoding", "cache-control": "public, max-age=300", etag };
  if (coding === "br") return { status: 200, body: bytes, headers: { ...usual, "content-encoding": "br", ...headers } };
  return { status: 200, body: brotliDecompressSync(bytes).toString("utf8"), headers: { ...usual, ...headers } };
}

/** A file that stands beside the function's code. */
export function readBeside(file: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, file));
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants, gzipSync } from "node:zlib";
import { cacheable, type Reply } from "#functions/pipelines/reply.ts";
import type { Coding } from "#functions/pipelines/request.ts";
import { fingerprint } from "#shared/domain/digest.ts";
import { addressed } from "./addressed.ts";

type Packed = { file: string; coding: Coding; headers?: Record<string, string> };

/**
 * A document, sent as it was compressed when the bundle was made, or packed otherwise for callers that do not accept brotli.
 */
export async function packedReply({ file, coding, headers }: Packed): Promise<Reply> {
  const bytes = addressed(await readBeside(file));
  // Compressed and not are two answers, each with a tag of its own.
  const etag = `"${fingerprint(bytes.toString("base64"), coding)}"`;
  const usual = { vary: "accept-encoding", "cache-control": "public, max-age=300", etag };
  const body = coding === "br" ? bytes : coded(brotliDecompressSync(bytes).toString("utf8"), coding);
  return { status: 200, body, headers: { ...usual, ...codingHeaders(coding), ...headers } };
}

/** An answer that is the same for everybody, as the caller accepts it. */
export function codedReply(answer: unknown, coding: Coding): Reply {
  const text = JSON.stringify(answer);
  const reply = cacheable(text, { etag: `"${fingerprint(text, coding)}"`, vary: "accept-encoding" });
  return { ...reply, body: coded(text, coding), headers: { ...reply.headers, ...codingHeaders(coding) } };
}

function coded(text: string, coding: Coding): string | Buffer {
  // Quality 5 of 11: as small as gzip makes it at the least, and as quick.
  if (coding === "br") return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return coding === "gzip" ? gzipSync(text) : text;
}

function codingHeaders(coding: Coding): Record<string, string> {
  return coding === "identity" ? {} : { "content-encoding": coding };
}

/** A file that stands beside the function's code. */
export function readBeside(file: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, file));
}

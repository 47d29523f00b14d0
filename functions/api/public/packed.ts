import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants, gzipSync } from "node:zlib";
import type { Reply } from "#functions/pipelines/reply.ts";
import type { Coding } from "#functions/pipelines/request.ts";
import { fingerprint } from "#shared/domain/digest.ts";
import { addressed } from "./addressed.ts";

type Packed = { file: string; coding: Coding; headers?: Record<string, string> };

/**
 * A document, sent as it was compressed when the bundle was made, or packed otherwise for callers that do not accept brotli.
 */
export async function packedReply({ file, coding, headers }: Packed): Promise<Reply> {
  const bytes = addressed(await readBeside(file));
  const body = coding === "br" ? bytes : coded(brotliDecompressSync(bytes).toString("utf8"), coding);
  return { status: 200, body, headers: { ...keptBy(bytes.toString("base64"), coding), ...headers } };
}

/** An answer that is the same for everybody, compressed as the caller accepts it. A text is sent as it is, anything else as JSON. */
export function codedReply(answer: unknown, coding: Coding, headers: Record<string, string> = {}): Reply {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return { status: 200, body: coded(text, coding), headers: { ...keptBy(text, coding), ...headers } };
}

/**
 * What caches need for an answer that changes with a deployment or once a day at the most. Its entity tag is of its content
 * and compression, so whoever has it is told so (`unlessHad`): compressed and not are two answers.
 */
function keptBy(content: string, coding: Coding): Record<string, string> {
  return {
    etag: `"${fingerprint(content, coding)}"`,
    vary: "accept-encoding",
    "cache-control": "public, max-age=300",
    ...(coding !== "identity" && { "content-encoding": coding }),
  };
}

function coded(text: string, coding: Coding): string | Buffer {
  // Quality 5 of 11: as small as gzip makes it at the least, and as quick.
  if (coding === "br") return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return coding === "gzip" ? gzipSync(text) : text;
}

/** A file that stands beside the function's code. */
export function readBeside(file: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, file));
}

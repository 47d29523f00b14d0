import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fingerprint } from "#shared/digest.ts";
import type { Reply } from "./reply.ts";
import type { ContentCoding } from "./request.ts";

/** A cacheable reply, compressed as the caller accepts. A string is sent as it is, any other value as JSON. */
export function compressedReply(answer: unknown, coding: ContentCoding, headers: Record<string, string> = {}): Reply {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return { status: 200, body: compressText(text, coding), headers: { ...cacheHeaders(text, coding), ...headers } };
}

/**
 * The headers that let caches keep a reply for five minutes. The reply changes with a deployment, or once a day at most. The
 * entity tag depends on content and compression: a caller that sends it back gets a 304 (`notModifiedIfCurrent`).
 */
export function cacheHeaders(content: string, coding: ContentCoding): Record<string, string> {
  return {
    etag: `"${fingerprint(content, coding)}"`,
    vary: "accept-encoding",
    "cache-control": "public, max-age=300",
    ...(coding !== "identity" && { "content-encoding": coding }),
  };
}

export function compressText(text: string, coding: ContentCoding): string | Buffer {
  // Quality 5 of 11 is as fast as gzip, and the result is not larger.
  if (coding === "br") return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return coding === "gzip" ? gzipSync(text) : text;
}

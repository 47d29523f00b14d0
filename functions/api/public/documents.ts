import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants, gzipSync } from "node:zlib";
import type { Reply } from "#functions/http/reply.ts";
import type { ContentCoding } from "#functions/http/request.ts";
import { fingerprint } from "#shared/domain/digest.ts";
import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";

/** The finished documents, compressed by brotli, as infra/api-documents writes them beside the public function's code. */
export const documentFiles = {
  openapi: "openapi.json.br",
  asyncapi: "asyncapi.json.br",
  definitions: "definitions.json.br",
  datapackage: "datapackage.json.br",
  page: { fa: "page.fa.html.br", en: "page.en.html.br" },
  /** SHA-256 of the page's style in base64, by which the page's security policy allows it. */
  styleDigest: "page-style.sha256",
} as const;

const withoutTrailingSlash = (address: string) => address.replace(/\/+$/, "");

/**
 * A document packed by brotli, with the addresses that this function was told. The file has those of the province's file; where
 * others were told, as on one machine, it is packed anew. Never those of a request, which whoever sends it chooses.
 */
export function withDeploymentUrls(packed: Buffer): Buffer {
  const [api, tokens] = [withoutTrailingSlash(env("PUBLIC_URL")), withoutTrailingSlash(env("TOKEN_ISSUER"))];
  if (api === withoutTrailingSlash(publicUrl) && tokens === withoutTrailingSlash(issuer)) return packed;
  const text = brotliDecompressSync(packed).toString("utf8");
  const here = text.replaceAll(withoutTrailingSlash(issuer), tokens).replaceAll(withoutTrailingSlash(publicUrl), api);
  return brotliCompressSync(here, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

type CompressedFile = { file: string; coding: ContentCoding; headers?: Record<string, string> };

/**
 * A document, sent as it was compressed when the bundle was made, or packed otherwise for callers that do not accept brotli.
 */
export async function compressedFileReply({ file, coding, headers }: CompressedFile): Promise<Reply> {
  const bytes = withDeploymentUrls(await readBundledFile(file));
  const body = coding === "br" ? bytes : compressText(brotliDecompressSync(bytes).toString("utf8"), coding);
  return { status: 200, body, headers: { ...keptBy(bytes.toString("base64"), coding), ...headers } };
}

/** An answer that is the same for everybody, compressed as the caller accepts it. A text is sent as it is, anything else as JSON. */
export function compressedReply(answer: unknown, coding: ContentCoding, headers: Record<string, string> = {}): Reply {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return { status: 200, body: compressText(text, coding), headers: { ...keptBy(text, coding), ...headers } };
}

/**
 * What caches need for an answer that changes with a deployment or once a day at the most. Its entity tag is of its content
 * and compression, so whoever has it is told so (`notModifiedIfCurrent`): compressed and not are two answers.
 */
function keptBy(content: string, coding: ContentCoding): Record<string, string> {
  return {
    etag: `"${fingerprint(content, coding)}"`,
    vary: "accept-encoding",
    "cache-control": "public, max-age=300",
    ...(coding !== "identity" && { "content-encoding": coding }),
  };
}

function compressText(text: string, coding: ContentCoding): string | Buffer {
  // Quality 5 of 11: as small as gzip makes it at the least, and as quick.
  if (coding === "br") return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return coding === "gzip" ? gzipSync(text) : text;
}

/** A file that stands beside the function's code. */
export function readBundledFile(file: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, file));
}

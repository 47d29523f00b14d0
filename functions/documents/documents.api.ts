import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import type { Language } from "#shared/vocabulary.ts";
import { cacheHeaders, compressText } from "../http/compressed-reply.ts";
import type { Reply } from "../http/reply.ts";
import type { ContentCoding } from "../http/request.ts";

/** The API documents, compressed with brotli. The build writes them beside the public function's code. */
export const documentFiles = {
  openapi: "openapi.json.br",
  asyncapi: "asyncapi.json.br",
  definitions: "definitions.json.br",
  datapackage: "datapackage.json.br",
  /** SHA-256 digests in base64 (`DocsDigests`). The security policy of the pages allows only this style and this script. */
  digests: "docs-digests.json",
} as const;

/**
 * The pages of the documentation: the start, one for each caller, webhooks, notices to employees,
 * the reference, the shapes, those of the entries of histories, and the errors.
 */
export const docsPages = [
  "start",
  "front-end",
  "citizen",
  "agency",
  "inspector",
  "overseer",
  "admin",
  "webhooks",
  "notices",
  "reference",
  "shapes",
  "histories",
  "errors",
] as const;
export type DocsPage = (typeof docsPages)[number];

/** The file of a page of the documentation, compressed with brotli. */
export const docsFile = (page: DocsPage, language: Language) => `docs.${page}.${language}.html.br`;

export type DocsDigests = { style: string; script: string };

const withoutTrailingSlash = (address: string) => address.replace(/\/+$/, "");

/**
 * Returns a brotli-compressed document with the addresses of this deployment. The file holds the addresses of the province
 * file. Where the environment names others, as in the local cloud, they are replaced and the document is compressed again.
 * Addresses of a request are never used, because its sender chooses them.
 */
function withDeploymentUrls(document: Buffer): Buffer {
  const [api, tokens] = [withoutTrailingSlash(env("PUBLIC_URL")), withoutTrailingSlash(env("TOKEN_ISSUER"))];
  if (api === withoutTrailingSlash(publicUrl) && tokens === withoutTrailingSlash(issuer)) return document;
  const text = brotliDecompressSync(document)
    .toString("utf8")
    .replaceAll(withoutTrailingSlash(issuer), tokens)
    .replaceAll(withoutTrailingSlash(publicUrl), api);
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

type CompressedFile = { file: string; coding: ContentCoding; headers?: Record<string, string> };

/**
 * The reply with a bundled document. It is sent as the build compressed it; for callers that do not accept brotli, it is
 * sent as gzip or as plain text.
 */
export async function compressedFileReply({ file, coding, headers }: CompressedFile): Promise<Reply> {
  const bytes = withDeploymentUrls(await readBundledFile(file));
  const body = coding === "br" ? bytes : compressText(brotliDecompressSync(bytes).toString("utf8"), coding);
  return { status: 200, body, headers: { ...cacheHeaders(bytes.toString("base64"), coding), ...headers } };
}

/** Reads a file from the directory of the function's bundle. */
export function readBundledFile(file: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, file));
}

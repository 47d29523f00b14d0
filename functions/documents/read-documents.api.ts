import * as z from "zod";
import { route } from "../http/route.ts";
import {
  compressedFileReply,
  type DocsDigests,
  docsFile,
  docsPages,
  documentFiles,
  readBundledFile,
} from "./documents.api.ts";

/** GET /v1/openapi.json: the OpenAPI document, generated from the schemas with which the routes parse requests. */
export const readOpenapi = route({
  caller: "public",
  summary: { en: "The OpenAPI document of this API", fa: "سند OpenAPI این سامانه" },
  answer: { status: 200, schema: z.looseObject({ openapi: z.string() }), cached: true },
  run: ({ coding }) => compressedFileReply({ file: documentFiles.openapi, coding }),
});

/** GET /v1/asyncapi.json: the messages of the agencies' queues. */
export const readAsyncapi = route({
  caller: "public",
  summary: { en: "The AsyncAPI document of the agencies' queues", fa: "سند AsyncAPI پیام‌های صف دستگاه‌های اجرایی" },
  answer: { status: 200, schema: z.looseObject({ asyncapi: z.string() }), cached: true },
  run: ({ coding }) => compressedFileReply({ file: documentFiles.asyncapi, coding }),
});

const contentType = "text/html; charset=utf-8";

/** A page may request fonts of this API and nothing else. Only the style and the script with these digests are allowed. */
const policy = ({ style, script }: DocsDigests) =>
  `default-src 'none'; style-src 'sha256-${style}'; script-src 'sha256-${script}'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** GET /v1/docs: the API documentation as pages, in the language of the query or of the request. */
export const readDocs = route({
  caller: "public",
  summary: { en: "This API as pages to read", fa: "صفحه‌های راهنمای این سامانه" },
  query: z.strictObject({ page: z.enum(docsPages).default("start"), language: z.enum(["fa", "en"]).optional() }),
  answer: { status: 200, schema: z.string(), contentType, cached: true },
  async run({ query, language, coding }) {
    const pageLanguage = query.language ?? language;
    const digests: DocsDigests = JSON.parse(String(await readBundledFile(documentFiles.digests)));
    const headers = {
      "content-type": contentType,
      "content-language": pageLanguage,
      "content-security-policy": policy(digests),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      vary: "accept-language, accept-encoding",
    };
    return compressedFileReply({ file: docsFile(query.page, pageLanguage), coding, headers });
  },
});

/** GET /v1/statistics/definitions: the meaning of every figure, its exclusions, and how it may mislead. */
export const readDefinitions = route({
  caller: "public",
  summary: { en: "What every public figure means", fa: "معنای هر یک از آمار همگانی" },
  answer: { status: 200, schema: z.looseObject({ figures: z.array(z.looseObject({})) }), cached: true },
  run: ({ coding }) => compressedFileReply({ file: documentFiles.definitions, coding }),
});

/**
 * GET /v1/statistics/datapackage.json: a Frictionless data package. It describes every table as CSV, each for its last closed
 * period.
 */
export const readDatapackage = route({
  caller: "public",
  summary: {
    en: "Every public table of its last closed period, as a Frictionless data package",
    fa: "همهٔ جدول‌های همگانی، هر یک از آخرین دورهٔ بسته‌شدهٔ خود، به قالب Frictionless",
  },
  answer: { status: 200, schema: z.looseObject({ resources: z.array(z.looseObject({})) }), cached: true },
  run: ({ coding }) => compressedFileReply({ file: documentFiles.datapackage, coding }),
});

import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { documentFiles } from "./document-files.ts";
import { packedReply, readBeside } from "./packed.ts";

const contentType = "text/html; charset=utf-8";

/** The page may fetch nothing and run nothing; only the style with this digest is allowed. */
const policy = (style: string) =>
  `default-src 'none'; style-src 'sha256-${style}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** GET /v1/docs: the documents as a page to read, in the language asked for. */
export const readDocs = route({
  caller: "public",
  summary: { en: "This API as a page to read", fa: "صفحهٔ راهنمای این سامانه" },
  query: z.strictObject({ lang: z.enum(["fa", "en"]).optional() }),
  answer: { status: 200, schema: z.string(), contentType, cached: true },
  async run({ query, language, coding }) {
    const lang = query.lang ?? language;
    const headers = {
      "content-type": contentType,
      "content-language": lang,
      "content-security-policy": policy(String(await readBeside(documentFiles.styleDigest))),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      vary: "accept-language, accept-encoding",
    };
    return packedReply({ file: documentFiles.page[lang], coding, headers });
  },
});

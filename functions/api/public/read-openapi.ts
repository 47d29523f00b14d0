import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { documentFiles } from "./document-files.ts";
import { packedReply } from "./packed.ts";

/** GET /v1/openapi.json: this API, described by the schemas that its routes parse with. */
export const readOpenapi = route({
  caller: "public",
  summary: { en: "The OpenAPI document of this API", fa: "سند OpenAPI این سامانه" },
  answer: { status: 200, schema: z.looseObject({ openapi: z.string() }), cached: true },
  run: ({ coding }) => packedReply({ file: documentFiles.openapi, coding }),
});

import * as z from "zod";
import { route } from "../route.ts";
import { packedReply } from "./packed.ts";

/** GET /v1/openapi.json: this API, described from the very schemas that its routes parse with. */
export const readOpenapi = route({
  caller: "public",
  summary: { en: "The OpenAPI document of this API", fa: "سند OpenAPI این سامانه" },
  answer: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
  async run({ coding }) {
    // Imported late: the document describes this route too.
    const { packedOpenapi } = await import("./documents.static.ts");
    return packedReply({ packed: packedOpenapi, coding });
  },
});

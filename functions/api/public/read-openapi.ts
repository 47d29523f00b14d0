import * as z from "zod";
import { cacheable } from "../reply.ts";
import { route } from "../route.ts";

/** GET /v1/openapi.json: this API, described from the very schemas that its routes parse with. */
export const readOpenapi = route({
  caller: "public",
  summary: "This document",
  answer: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
  async run() {
    // Imported late: the document describes this route too.
    const { openapi } = await import("./openapi.static.ts");
    return cacheable(openapi);
  },
});

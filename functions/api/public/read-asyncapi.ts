import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { documentFiles } from "./document-files.ts";
import { packedReply } from "./packed.ts";

/** GET /v1/asyncapi.json: the messages of the agencies' queues. */
export const readAsyncapi = route({
  caller: "public",
  summary: { en: "The AsyncAPI document of the agencies' queues", fa: "سند AsyncAPI پیام‌های صف دستگاه‌های اجرایی" },
  answer: { status: 200, schema: z.looseObject({ asyncapi: z.string() }), cached: true },
  run: ({ coding }) => packedReply({ file: documentFiles.asyncapi, coding }),
});

import * as z from "zod";
import { route } from "../route.ts";
import { packedReply } from "./packed.ts";

/** GET /v1/asyncapi.json: what an agency finds in its queue. */
export const readAsyncapi = route({
  caller: "public",
  summary: { en: "The AsyncAPI document of the agencies' queues", fa: "سند AsyncAPI پیام‌های صف دستگاه‌های اجرایی" },
  answer: { status: 200, schema: z.looseObject({ asyncapi: z.string() }) },
  async run({ coding }) {
    // Imported late: the documents describe this route too.
    const { packedAsyncapi } = await import("./documents.static.ts");
    return packedReply({ packed: packedAsyncapi, coding });
  },
});

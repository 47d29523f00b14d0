import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { documentFiles } from "./document-files.ts";
import { packedReply } from "./packed.ts";

/** GET /v1/statistics/datapackage.json: each table of its last closed period, as CSV, described as a Frictionless data package. */
export const readDatapackage = route({
  caller: "public",
  summary: {
    en: "Every public table of its last closed period, as a Frictionless data package",
    fa: "همهٔ جدول‌های همگانی، هر یک از آخرین دورهٔ بسته‌شدهٔ خود، به قالب Frictionless",
  },
  answer: { status: 200, schema: z.looseObject({ resources: z.array(z.looseObject({})) }), cached: true },
  run: ({ coding }) => packedReply({ file: documentFiles.datapackage, coding }),
});

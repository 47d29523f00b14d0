import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { documentFiles } from "./document-files.ts";
import { packedReply } from "./packed.ts";

/** GET /v1/statistics/datapackage.json: every table as CSV, described as Frictionless data packages are. */
export const readDatapackage = route({
  caller: "public",
  summary: { en: "Every public table, as a Frictionless data package", fa: "همهٔ جدول‌های همگانی، به قالب Frictionless" },
  answer: { status: 200, schema: z.looseObject({ resources: z.array(z.looseObject({})) }), cached: true },
  run: ({ coding }) => packedReply({ file: documentFiles.datapackage, coding }),
});

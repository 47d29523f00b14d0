import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { documentFiles } from "./document-files.ts";
import { packedReply } from "./packed.ts";

/** GET /v1/statistics/definitions: of every figure, what it counts, what it leaves out and how it may mislead. */
export const readDefinitions = route({
  caller: "public",
  summary: { en: "What every public figure means", fa: "معنای هر یک از آمار همگانی" },
  answer: { status: 200, schema: z.looseObject({ figures: z.array(z.looseObject({})) }), cached: true },
  run: ({ coding }) => packedReply({ file: documentFiles.definitions, coding }),
});

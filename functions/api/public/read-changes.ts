import * as z from "zod";
import { apiChanges } from "#functions/pipelines/api-changes.ts";
import { route } from "#functions/pipelines/route.ts";
import { LocalDate } from "#shared/domain/time/calendar.ts";
import { Name } from "#shared/domain/vocabulary.ts";
import { codedReply } from "./packed.ts";

const Change = z.object({
  on: LocalDate,
  kind: z.enum(["added", "deprecated"]),
  what: Name,
  routes: z.array(z.string()).optional(),
  endsOn: LocalDate.optional(),
});

/** GET /v1/changes: what has changed in this API, and what is deprecated and until when. */
export const readChanges = route({
  caller: "public",
  summary: {
    en: "What has changed in this API, and what is deprecated and until when",
    fa: "تغییرهای این سامانه، و آنچه منسوخ شده و زمان پایان آن",
  },
  answer: {
    status: 200,
    schema: z.object({ version: z.literal("1"), changes: z.array(Change) }).meta({ id: "Changes" }),
    cached: true,
  },
  run: async ({ coding }) => codedReply({ version: "1", changes: apiChanges }, coding),
});

import * as z from "zod";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { postMessage } from "#shared/complaints/remarks.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { InspectorView } from "./complaint-views.ts";
import { inspectorViewReply } from "./inspector-read-complaints.api.ts";

/** POST /v1/inspector/complaints/{id}/messages: the inspector writes to citizen and agency. */
export const postMessageAsInspector = route({
  caller: "inspector",
  summary: { en: "Write to citizen and agency", fa: "ارسال پیام به شهروند و دستگاه" },
  path: ComplaintPath,
  body: z.strictObject({ text: text({ min: 2, max: longestText }) }),
  answer: { status: 201, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTextsOf = await createTextMasker(body);
    const moved = await executeMove(request, (complaint, context) =>
      postMessage(complaint, { ...body, ...context, maskedTexts: maskedTextsOf(complaint) }),
    );
    return asCreated(await inspectorViewReply(moved, request.now));
  },
});

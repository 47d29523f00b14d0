import * as z from "zod";
import { ComplaintPath } from "#functions/http/parameters.ts";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { postMessage } from "#shared/domain/complaint/remarks.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { InspectorView } from "#shared/domain/views/complaint-views.ts";
import { executeMove } from "#shared/persistence/complaints/moves.ts";
import { createTextMasker } from "../complaints/masking.ts";
import { inspectorViewReply } from "./read-complaints.ts";

/** POST /v1/inspector/complaints/{id}/messages: the inspector writes to citizen and agency. */
export const postMessageAsInspector = route({
  caller: "inspector",
  summary: { en: "Write to citizen and agency", fa: "ارسال پیام به شهروند و دستگاه" },
  path: ComplaintPath,
  body: z.strictObject({ text: text({ min: 2, max: longestText }) }),
  answer: { status: 201, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await createTextMasker(body);
    const moved = await executeMove(request, (complaint, context) =>
      postMessage(complaint, { ...body, ...context, masked: masked(complaint) }),
    );
    return asCreated(await inspectorViewReply(moved, request.now));
  },
});

import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { RejectionReason } from "#shared/domain/complaint/complaint.ts";
import { reject } from "#shared/domain/complaint/inspector-move.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { InspectorView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { judge } from "./judge.ts";

/** POST /v1/inspector/complaints/{id}/rejection: closes what is no case for this system; no agency can. */
export const rejectComplaint = route({
  caller: "inspector",
  summary: { en: "Reject what is no case for this system", fa: "رد شکایت خارج از صلاحیت" },
  path: ComplaintPath,
  body: z.strictObject({ reason: RejectionReason, text: text({ min: 2, max: longestText }) }),
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "same-person", "stale", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    judge(request, {
      texts: { text: body.text },
      decide: (complaint, stage) => reject(complaint, { ...body, ...stage }),
    }),
});

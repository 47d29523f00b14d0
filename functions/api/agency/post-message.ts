import * as z from "zod";
import { added } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { Officer } from "#shared/domain/complaint/complaint.ts";
import { postMessage } from "#shared/domain/complaint/remark.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { AgencyView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedByForm } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/agency/complaints/{id}/messages: the officer writes to the citizen, who can answer even if anonymous. */
export const postMessageAsAgency = route({
  caller: "agency",
  summary: { en: "Write to the citizen", fa: "ارسال پیام به شهروند" },
  path: ComplaintPath,
  body: z.strictObject({ officer: Officer, text: text({ min: 2, max: longestText }) }),
  answer: { status: 201, schema: AgencyView },
  problems: ["wrong-state", "same-person", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = maskedByForm({ text: body.text });
    const moved = await move(request, (complaint, stage) => postMessage(complaint, { ...body, ...stage, masked }));
    return added(await viewOf(moved, request.now));
  },
});

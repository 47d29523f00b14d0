import * as z from "zod";
import { added } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { postMessage } from "#shared/domain/complaint/remark.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/complaints/{id}/messages: the citizen writes to whoever works on the case. */
export const postMessageAsCitizen = route({
  caller: "citizen",
  summary: { en: "Write to those who work on the complaint", fa: "ارسال پیام به رسیدگی‌کنندگان" },
  path: ComplaintPath,
  body: z.strictObject({ text: text({ min: 2, max: longestText }) }),
  answer: { status: 201, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await maskedFor(body);
    const moved = await move(request, (complaint, stage) =>
      postMessage(complaint, { ...body, ...stage, masked: masked(complaint) }),
    );
    return added(await viewOf(moved, request.now));
  },
});

import * as z from "zod";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { DisputeBody, reviewDeadlineFrom } from "#shared/complaints/dispute.api.ts";
import { accept, dispute, withdraw } from "#shared/complaints/moves.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import { longestReason } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { citizenViewReply } from "./citizen-view.api.ts";
import { CitizenView } from "./complaint-views.ts";

/** POST /v1/complaints/{id}/acceptance: the citizen accepts the answer. An opinion has a route of its own. */
export const acceptAnswer = route({
  caller: "citizen",
  summary: { en: "Accept the answer", fa: "پذیرش پاسخ" },
  path: ComplaintPath,
  body: z.strictObject({}),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run(request) {
    return citizenViewReply(await executeMove(request, accept), request.now);
  },
});

/** POST /v1/complaints/{id}/dispute: the citizen disputes the answer. An inspector reviews it, never the agency. */
export const disputeAnswer = route({
  caller: "citizen",
  summary: { en: "Dispute the answer", fa: "ثبت اعتراض به پاسخ" },
  path: ComplaintPath,
  body: DisputeBody,
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTextsOf = await createTextMasker({ reason: body.reason });
    const moved = await executeMove(request, (complaint, context) =>
      dispute(complaint, {
        ...body,
        ...context,
        reviewBy: reviewDeadlineFrom(context.now),
        maskedTexts: maskedTextsOf(complaint),
      }),
    );
    return citizenViewReply(moved, request.now);
  },
});

/** POST /v1/complaints/{id}/withdrawal: the citizen takes the complaint back. */
export const withdrawComplaint = route({
  caller: "citizen",
  summary: { en: "Withdraw the complaint", fa: "انصراف از شکایت" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ max: longestReason }).optional() }),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTextsOf = await createTextMasker(body);
    const moved = await executeMove(request, (complaint, context) =>
      withdraw(complaint, { ...body, ...context, maskedTexts: maskedTextsOf(complaint) }),
    );
    return citizenViewReply(moved, request.now);
  },
});

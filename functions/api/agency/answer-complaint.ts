import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { answer } from "#shared/domain/complaint/agency-move.ts";
import { Finding, Officer, PromisedAction } from "#shared/domain/complaint/complaint.ts";
import { causeRefusal } from "#shared/domain/complaint/directory.ts";
import { longestText, mostPromisedActions } from "#shared/domain/policy-numbers.ts";
import { AgencyView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { later, milliseconds } from "#shared/domain/time/duration.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { confirmation, directory } from "#shared/province/slices.static.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedByForm } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

const Body = z.strictObject({
  officer: Officer,
  finding: Finding,
  cause: Slug,
  text: text({ min: 2, max: longestText }),
  actions: z.array(PromisedAction).max(mostPromisedActions).default([]),
});

/**
 * POST /v1/agency/complaints/{id}/answer: finding, cause, text and promised actions; the citizen may then accept or dispute.
 */
export const answerComplaint = route({
  caller: "agency",
  summary: { en: "Answer a complaint with a finding", fa: "ثبت پاسخ شکایت همراه با نتیجهٔ رسیدگی" },
  path: ComplaintPath,
  body: Body,
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "same-person", "retired", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = maskedByForm({ text: body.text, actions: body.actions });
    const moved = await move(request, (complaint, stage) => {
      const confirmBy = later(stage.now, milliseconds(confirmation.duration));
      const refusedCause = causeRefusal(directory, { cause: body.cause, now: stage.now });
      return answer(complaint, { ...body, ...stage, confirmBy, refusedCause, masked });
    });
    return viewOf(moved, request.now);
  },
});

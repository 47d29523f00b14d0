import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { dispute } from "#shared/domain/complaint/citizen-move.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { longestText, text } from "#shared/domain/text.ts";
import { later, milliseconds } from "#shared/domain/time/duration.ts";
import { review } from "#shared/province/slices.static.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/complaints/{id}/dispute: the citizen is not content; an inspector reviews it, never the agency. */
export const disputeAnswer = route({
  caller: "citizen",
  summary: { en: "Dispute the answer", fa: "ثبت اعتراض به پاسخ" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ min: 2, max: longestText }) }),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await maskedFor({ reason: body.reason });
    const moved = await move(request, (complaint, stage) => {
      const reviewBy = later(stage.now, milliseconds(review.duration));
      return dispute(complaint, { ...body, ...stage, reviewBy, masked: masked(complaint) });
    });
    return viewOf(moved, request.now);
  },
});

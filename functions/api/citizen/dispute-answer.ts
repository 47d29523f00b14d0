import { route } from "#functions/pipelines/route.ts";
import { dispute } from "#shared/domain/complaint/citizen-move.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { DisputeBody, reviewByFrom } from "../any-caller/dispute.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/complaints/{id}/dispute: the citizen is not content; an inspector reviews it, never the agency. */
export const disputeAnswer = route({
  caller: "citizen",
  summary: { en: "Dispute the answer", fa: "ثبت اعتراض به پاسخ" },
  path: ComplaintPath,
  body: DisputeBody,
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await maskedFor({ reason: body.reason });
    const moved = await move(request, (complaint, stage) =>
      dispute(complaint, { ...body, ...stage, reviewBy: reviewByFrom(stage.now), masked: masked(complaint) }),
    );
    return viewOf(moved, request.now);
  },
});

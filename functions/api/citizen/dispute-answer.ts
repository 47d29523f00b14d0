import * as z from "zod";
import { dispute } from "../../../shared/domain/citizen-move.ts";
import { later, milliseconds } from "../../../shared/domain/duration.ts";
import { text } from "../../../shared/domain/text.ts";
import { CitizenView } from "../../../shared/domain/view.ts";
import { review } from "../../../shared/runtime/province.static.ts";
import { move } from "../../../shared/store/moves.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { maskedFor } from "../masked-for.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** POST /v1/complaints/{id}/dispute: the citizen is not content; an inspector reviews it, never the agency. */
export const disputeAnswer = route({
  caller: "citizen",
  summary: { en: "Dispute the answer", fa: "ثبت اعتراض به پاسخ" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ min: 2, max: 4_000 }), rating: z.int().min(1).max(5).optional() }),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ principal, body, now, once, ifMatch }) {
    const masked = await maskedFor({ reason: body.reason });
    return viewOf(
      await move({
        ...{ id: principal.complaintId, by: principal, now, once, ifMatch },
        decide(complaint, stage) {
          const reviewBy = later(stage.now, milliseconds(review.duration));
          return dispute(complaint, { ...body, ...stage, reviewBy, masked: masked(complaint) });
        },
      }),
    );
  },
});

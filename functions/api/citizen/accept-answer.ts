import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { accept } from "#shared/domain/complaint/citizen-move.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/complaints/{id}/acceptance: the citizen is content, and rates the answer. */
export const acceptAnswer = route({
  caller: "citizen",
  summary: { en: "Accept the answer and rate it", fa: "پذیرش پاسخ و ثبت امتیاز رضایت" },
  path: ComplaintPath,
  body: z.strictObject({ rating: z.int().min(1).max(5), comment: text({ max: 1_000 }).optional() }),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await maskedFor({ comment: body.comment });
    const moved = await move(request, (complaint, stage) =>
      accept(complaint, { ...body, ...stage, masked: masked(complaint) }),
    );
    return viewOf(moved, request.now);
  },
});

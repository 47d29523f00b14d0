import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { withdraw } from "#shared/domain/complaint/citizen-move.ts";
import { longestReason } from "#shared/domain/policy-numbers.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/complaints/{id}/withdrawal: the citizen takes the complaint back. */
export const withdrawComplaint = route({
  caller: "citizen",
  summary: { en: "Withdraw the complaint", fa: "انصراف از شکایت" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ max: longestReason }).optional() }),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await maskedFor(body);
    const moved = await move(request, (complaint, stage) =>
      withdraw(complaint, { ...body, ...stage, masked: masked(complaint) }),
    );
    return viewOf(moved, request.now);
  },
});

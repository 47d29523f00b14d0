import * as z from "zod";
import { withdraw } from "../../../shared/domain/citizen-move.ts";
import { text } from "../../../shared/domain/text.ts";
import { CitizenView } from "../../../shared/domain/view.ts";
import { move } from "../../../shared/store/moves.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { maskedFor } from "../masked-for.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** POST /v1/complaints/{id}/withdrawal: the citizen takes the complaint back. */
export const withdrawComplaint = route({
  caller: "citizen",
  summary: { en: "Withdraw the complaint", fa: "انصراف از شکایت" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ max: 1_000 }).optional() }),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ principal, body, now, once, ifMatch }) {
    const masked = await maskedFor(body);
    return viewOf(
      await move({
        ...{ id: principal.complaintId, by: principal, now, once, ifMatch },
        decide: (complaint, stage) => withdraw(complaint, { ...body, ...stage, masked: masked(complaint) }),
      }),
    );
  },
});

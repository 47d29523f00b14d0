import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { acknowledge } from "#shared/domain/complaint/agency-move.ts";
import { Officer } from "#shared/domain/complaint/complaint.ts";
import { AgencyView } from "#shared/domain/telling/view.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { viewOf } from "./view.ts";

/** POST /v1/agency/complaints/{id}/acknowledgement: the agency confirms that the complaint is its own to answer. */
export const acknowledgeComplaint = route({
  caller: "agency",
  summary: { en: "Acknowledge a complaint and name the officer", fa: "اعلام دریافت شکایت و معرفی کارشناس" },
  path: ComplaintPath,
  body: z.strictObject({ officer: Officer }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "same-person", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const moved = await move(request, (complaint, stage) => acknowledge(complaint, { ...body, ...stage }));
    return viewOf(moved, request.now);
  },
});

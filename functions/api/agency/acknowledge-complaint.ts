import * as z from "zod";
import { acknowledge } from "../../../shared/domain/agency-move.ts";
import { Officer } from "../../../shared/domain/complaint.ts";
import { AgencyView } from "../../../shared/domain/view.ts";
import { move } from "../../../shared/store/moves.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** POST /v1/agency/complaints/{id}/acknowledgement: the agency confirms that the complaint is theirs to answer. */
export const acknowledgeComplaint = route({
  caller: "agency",
  summary: { en: "Acknowledge a complaint and name the officer", fa: "اعلام دریافت شکایت و معرفی کارشناس" },
  path: ComplaintPath,
  body: z.strictObject({ officer: Officer }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "same-person", "stale", "idempotency-key-reused"],
  async run({ principal, path, body, now, once, ifMatch }) {
    return viewOf(
      await move({
        ...{ id: path.id, by: principal, now, once, ifMatch },
        decide: (complaint, stage) => acknowledge(complaint, { ...body, ...stage }),
      }),
    );
  },
});

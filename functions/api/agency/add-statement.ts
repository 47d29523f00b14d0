import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Employee } from "#shared/domain/complaint/complaint.ts";
import { addStatement } from "#shared/domain/complaint/remark.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { AgencyView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedByForm } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/agency/complaints/{id}/statement: what the employee has to say; until 30 days after closing. */
export const addStatementAsAgency = route({
  caller: "agency",
  summary: { en: "Add the employee's statement", fa: "ثبت دفاعیهٔ کارمند" },
  path: ComplaintPath,
  body: z.strictObject({ employee: Employee, text: text({ min: 2, max: longestText }) }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = maskedByForm({ text: body.text });
    const moved = await move(request, (complaint, stage) => addStatement(complaint, { ...body, ...stage, masked }));
    return viewOf(moved, request.now);
  },
});

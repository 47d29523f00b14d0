import * as z from "zod";
import { Employee } from "../../../shared/domain/complaint.ts";
import { addStatement } from "../../../shared/domain/remark.ts";
import { text } from "../../../shared/domain/text.ts";
import { AgencyView } from "../../../shared/domain/view.ts";
import { move } from "../../../shared/store/moves.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { maskedFor } from "../masked-for.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** POST /v1/agency/complaints/{id}/statement: what the employee has to say; until thirty days after the end. */
export const addStatementOfEmployee = route({
  caller: "agency",
  summary: { en: "Add the employee's statement", fa: "ثبت دفاعیهٔ کارمند" },
  path: ComplaintPath,
  body: z.strictObject({ employee: Employee, text: text({ min: 2, max: 4_000 }) }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ principal, path, body, now, once, ifMatch }) {
    const masked = await maskedFor({ text: body.text });
    const moved = await move({
      ...{ id: path.id, by: principal, now, once, ifMatch },
      decide: (complaint, stage) => addStatement(complaint, { ...body, ...stage, masked: masked(complaint) }),
    });
    return viewOf(moved);
  },
});

import { route } from "#functions/pipelines/route.ts";
import { Deadlines } from "#shared/domain/deadlines/explanation.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { deadlinesOf } from "../any-caller/explained-deadlines.ts";

/** GET /v1/complaints/{id}/deadlines: how each deadline comes about, to the minute. */
export const readDeadlinesAsCitizen = route({
  caller: "citizen",
  summary: { en: "See how each deadline comes about", fa: "مشاهدهٔ نحوهٔ محاسبهٔ هر مهلت" },
  path: ComplaintPath,
  answer: { status: 200, schema: Deadlines },
  run: ({ principal, now }) => deadlinesOf(principal.complaintId, { by: principal, now }),
});

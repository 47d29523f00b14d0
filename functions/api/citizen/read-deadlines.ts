import { Deadlines } from "../../../shared/domain/explanation.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { deadlinesOf } from "../deadlines-of.ts";
import { route } from "../route.ts";

/** GET /v1/complaints/{id}/deadlines: how each deadline comes about, to the minute. */
export const readDeadlines = route({
  caller: "citizen",
  summary: { en: "See how each deadline comes about", fa: "مشاهدهٔ نحوهٔ محاسبهٔ هر مهلت" },
  path: ComplaintPath,
  answer: { status: 200, schema: Deadlines },
  run: ({ principal, now }) => deadlinesOf(principal.complaintId, { by: principal, now }),
});

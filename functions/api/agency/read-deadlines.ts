import { Deadlines } from "../../../shared/domain/explanation.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { deadlinesOf } from "../deadlines-of.ts";
import { route } from "../route.ts";

/** GET /v1/agency/complaints/{id}/deadlines: how each deadline of a complaint of its own comes about. */
export const readDeadlines = route({
  caller: "agency",
  summary: { en: "See how each deadline comes about", fa: "مشاهدهٔ نحوهٔ محاسبهٔ هر مهلت" },
  path: ComplaintPath,
  answer: { status: 200, schema: Deadlines },
  run: ({ principal, path, now }) => deadlinesOf(path.id, { by: principal, now }),
});

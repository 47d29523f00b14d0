import { route } from "#functions/pipelines/route.ts";
import { Deadlines } from "#shared/domain/deadlines/explanation.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { deadlinesOf } from "../any-caller/explained-deadlines.ts";

/** GET /v1/agency/complaints/{id}/deadlines: how each deadline of a complaint of its own comes about. */
export const readDeadlinesAsAgency = route({
  caller: "agency",
  summary: { en: "See how each deadline comes about", fa: "مشاهدهٔ نحوهٔ محاسبهٔ هر مهلت" },
  path: ComplaintPath,
  answer: { status: 200, schema: Deadlines },
  run: ({ principal, path, now }) => deadlinesOf(path.id, { by: principal, now }),
});

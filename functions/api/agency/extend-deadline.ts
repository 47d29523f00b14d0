import * as z from "zod";
import { extend } from "../../../shared/domain/agency-move.ts";
import { extendedAnswerBy } from "../../../shared/domain/deadlines.ts";
import { text } from "../../../shared/domain/text.ts";
import { AgencyView } from "../../../shared/domain/view.ts";
import { categoryOf } from "../../../shared/runtime/category.ts";
import { move } from "../../../shared/store/moves.ts";
import { readCalendars } from "../../../shared/store/office-hours.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { maskedFor } from "../masked-for.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

/** POST /v1/agency/complaints/{id}/extension: more time to answer, once, for a reason that the citizen reads. */
export const extendDeadline = route({
  caller: "agency",
  summary: { en: "Extend the time to answer, once", fa: "تمدید مهلت پاسخ، فقط یک بار" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ min: 2, max: 1_000 }) }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "already-extended", "stale", "idempotency-key-reused"],
  async run({ principal, path, body, now, once, ifMatch }) {
    const [masked, calendarOf] = await Promise.all([maskedFor(body), readCalendars({ from: now })]);
    return viewOf(
      await move({
        ...{ id: path.id, by: principal, now, once, ifMatch },
        decide(complaint, stage) {
          const { category, countyId, answerBy } = complaint;
          const calendar = calendarOf(countyId);
          const extended = extendedAnswerBy({ category: categoryOf(category), answerBy, calendar });
          return extend(complaint, { ...body, ...stage, answerBy: extended, masked: masked(complaint) });
        },
      }),
    );
  },
});

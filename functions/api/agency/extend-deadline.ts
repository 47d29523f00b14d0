import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { extend } from "#shared/domain/complaint/agency-move.ts";
import { extendedAnswerBy } from "#shared/domain/deadlines/deadlines.ts";
import { longestReason } from "#shared/domain/policy-numbers.ts";
import { AgencyView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { knownCategory } from "#shared/province/category.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { readCalendars } from "#shared/store/hours/office-hours.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedByForm } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

/** POST /v1/agency/complaints/{id}/extension: more time to answer, once, for a reason that the citizen reads. */
export const extendDeadline = route({
  caller: "agency",
  summary: { en: "Extend the time to answer, once", fa: "تمدید مهلت پاسخ، فقط یک بار" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ min: 2, max: longestReason }) }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "already-extended", "unknown-category", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = maskedByForm(body);
    const calendarOf = await readCalendars({ from: request.now });
    const moved = await move(request, (complaint, stage) => {
      const { category, countyId, answerBy } = complaint;
      const calendar = calendarOf(countyId);
      const extended = extendedAnswerBy({ category: knownCategory(category), answerBy, calendar });
      return extend(complaint, { ...body, ...stage, answerBy: extended, masked });
    });
    return viewOf(moved, request.now);
  },
});

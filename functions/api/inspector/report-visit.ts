import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Found, Location } from "#shared/domain/complaint/event.ts";
import { reportVisit } from "#shared/domain/complaint/remark.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { InspectorView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { SentInstant } from "#shared/domain/time/instant.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { readVisit } from "#shared/store/complaints/private-series.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

const Body = z.strictObject({
  arrivedAt: SentInstant,
  location: Location.optional(),
  found: Found,
  text: text({ min: 2, max: longestText }),
});

/**
 * POST /v1/inspector/complaints/{id}/visits/{visitId}/report: what was found; the agency first hears of the visit here.
 */
export const reportVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Report what a visit found", fa: "ثبت گزارش بازدید" },
  path: ComplaintPath.extend({ visitId: z.string().regex(/^[0-9a-f-]{36}$/) }),
  body: Body,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { visitId } = request.path;
    const masked = await maskedFor({ text: body.text });
    const moved = await move(request, async (complaint, stage) => {
      const visit = await readVisit({ id: complaint.id, visitId });
      return reportVisit(complaint, { ...body, ...stage, visit, masked: masked(complaint) });
    });
    return viewOf(moved, request.now);
  },
});

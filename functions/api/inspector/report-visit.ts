import * as z from "zod";
import { SentInstant } from "../../../shared/domain/complaint.ts";
import { Found, Location } from "../../../shared/domain/event.ts";
import { reportVisit } from "../../../shared/domain/remark.ts";
import { text } from "../../../shared/domain/text.ts";
import { InspectorView } from "../../../shared/domain/view.ts";
import { move } from "../../../shared/store/moves.ts";
import { ComplaintPath } from "../complaint-path.ts";
import { maskedFor } from "../masked-for.ts";
import { route } from "../route.ts";
import { viewOf } from "./view-of.ts";

const Body = z.strictObject({
  arrivedAt: SentInstant,
  location: Location.optional(),
  found: Found,
  text: text({ min: 2, max: 4_000 }),
});

/** POST /v1/inspector/complaints/{id}/visits/{visitId}/report: what was found at the office; now the agency hears of it. */
export const reportVisitOfInspector = route({
  caller: "inspector",
  summary: { en: "Report what a visit found", fa: "ثبت گزارش بازدید" },
  path: ComplaintPath.extend({ visitId: z.string() }),
  body: Body,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ principal, path: { id, visitId }, body, now, once, ifMatch }) {
    const masked = await maskedFor({ text: body.text });
    const moved = await move({
      ...{ id, by: principal, now, once, ifMatch },
      decide: (complaint, stage) => reportVisit(complaint, { ...body, visitId, ...stage, masked: masked(complaint) }),
    });
    return viewOf(moved);
  },
});

import { randomUUID } from "node:crypto";
import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { orderVisit } from "#shared/domain/complaint/private-act.ts";
import { InspectorView } from "#shared/domain/telling/view.ts";
import { SentInstant } from "#shared/domain/time/instant.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { viewOf } from "./view.ts";

/** POST /v1/inspector/complaints/{id}/visits: somebody will go and look; the agency is told only of the report. */
export const orderVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Order a visit to the office", fa: "دستور بازدید از اداره" },
  path: ComplaintPath,
  body: z.strictObject({ plannedAt: SentInstant }),
  answer: { status: 201, schema: InspectorView.extend({ visitId: z.string() }).meta({ id: "VisitOrdered" }) },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const fresh = randomUUID();
    const { complaint, visitId = fresh } = await noteOnce(request, (found, stage) => ({
      note: orderVisit(found, { ...body, visitId: fresh, ...stage }),
    }));
    const { body: view, headers = {} } = await viewOf(complaint, request.now);
    return { status: 201, body: { ...(view as object), visitId }, headers };
  },
});

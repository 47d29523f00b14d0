import { randomUUID } from "node:crypto";
import * as z from "zod";
import { added, ok } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { orderVisit } from "#shared/domain/complaint/remark.ts";
import { fingerprint } from "#shared/domain/digest.ts";
import { InspectorView, inspectorView } from "#shared/domain/telling/view.ts";
import { SentInstant } from "#shared/domain/time/instant.ts";
import { readStoryUpTo } from "#shared/store/complaints/complaints.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";

/** POST /v1/inspector/complaints/{id}/visits: somebody will go and look; the agency is told only of the report. */
export const orderVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Order a visit to the office", fa: "دستور بازدید از اداره" },
  path: ComplaintPath,
  body: z.strictObject({ plannedAt: SentInstant }),
  answer: { status: 201, schema: InspectorView.extend({ visitId: z.string() }).meta({ id: "VisitOrdered" }) },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { path, once } = request;
    // Derived from the key, so that a repetition answers with the id of the same visit.
    const visitId = once ? fingerprint(path.id, once.keyMac) : randomUUID();
    const moved = await move(request, (complaint, stage) => orderVisit(complaint, { ...body, visitId, ...stage }));
    return added(ok({ ...inspectorView(await readStoryUpTo(moved)), visitId }));
  },
});

import { randomUUID } from "node:crypto";
import * as z from "zod";
import { ComplaintPath } from "#functions/http/parameters.ts";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { orderVisit } from "#shared/domain/complaint/confidential-commands.ts";
import { Location, VisitResult } from "#shared/domain/complaint/event.ts";
import { postMessage, reportVisit } from "#shared/domain/complaint/remarks.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { isRetentionOver } from "#shared/domain/retention/forgetting.ts";
import { text } from "#shared/domain/text.ts";
import { SentInstant } from "#shared/domain/time/calendar.ts";
import { InspectorView } from "#shared/domain/views/complaint-views.ts";
import { readConfidentialRecord, readVisit } from "#shared/persistence/complaints/confidential-log.ts";
import { executeConfidentialCommand, executeMove } from "#shared/persistence/complaints/moves.ts";
import { retention } from "#shared/province/slices.static.ts";
import { createTextMasker } from "../complaints/masking.ts";
import { inspectorViewReply } from "./read-complaints.ts";

/** POST /v1/inspector/complaints/{id}/visits: orders a visit to the office. The agency learns of it only by the report. */
export const orderVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Order a visit to the office", fa: "دستور بازدید از اداره" },
  path: ComplaintPath,
  body: z.strictObject({ plannedAt: SentInstant }),
  answer: { status: 201, schema: InspectorView.extend({ visitId: z.string() }).meta({ id: "VisitOrdered" }) },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const newId = randomUUID();
    // A repeated request gets the id of its first order.
    const { complaint, visitId = newId } = await executeConfidentialCommand(request, (found, context) => ({
      entries: orderVisit(found, { ...body, visitId: newId, ...context }),
    }));
    const { body: view, headers = {} } = await inspectorViewReply(complaint, request.now);
    return { status: 201, body: { ...(view as object), visitId }, headers };
  },
});

const Body = z.strictObject({
  arrivedAt: SentInstant,
  location: Location.optional(),
  visitResult: VisitResult,
  text: text({ min: 2, max: longestText }),
});

/**
 * POST /v1/inspector/complaints/{id}/visits/{visitId}/report: reports the result of a visit. With this event the agency first
 * learns of the visit.
 */
export const reportVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Report what a visit found", fa: "ثبت گزارش بازدید" },
  path: ComplaintPath.extend({ visitId: z.string().regex(/^[0-9a-f-]{36}$/) }),
  body: Body,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { visitId } = request.path;
    const masked = await createTextMasker({ text: body.text });
    const moved = await executeMove(request, async (complaint, context) => {
      const { id } = complaint;
      const [visit, { confidentialLog }] = await Promise.all([readVisit({ id, visitId }), readConfidentialRecord(id)]);
      const areTextsDue = isRetentionOver(complaint, { kind: "texts", now: context.now, retention });
      const additional = { visit, confidentialLog, areTextsDue, masked: masked(complaint) };
      return reportVisit(complaint, { ...body, ...context, ...additional });
    });
    return inspectorViewReply(moved, request.now);
  },
});

/** POST /v1/inspector/complaints/{id}/messages: the inspector writes to citizen and agency. */
export const postMessageAsInspector = route({
  caller: "inspector",
  summary: { en: "Write to citizen and agency", fa: "ارسال پیام به شهروند و دستگاه" },
  path: ComplaintPath,
  body: z.strictObject({ text: text({ min: 2, max: longestText }) }),
  answer: { status: 201, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await createTextMasker(body);
    const moved = await executeMove(request, (complaint, context) =>
      postMessage(complaint, { ...body, ...context, masked: masked(complaint) }),
    );
    return asCreated(await inspectorViewReply(moved, request.now));
  },
});

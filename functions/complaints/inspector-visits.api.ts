import { randomUUID } from "node:crypto";
import * as z from "zod";
import { executeConfidentialCommand, executeMove, type MoveRequest } from "#shared/complaints/commands.store.ts";
import type { Complaint, Visit } from "#shared/complaints/complaint.ts";
import { readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import type { ConfidentialEntry, NewEntry } from "#shared/complaints/confidential-log.ts";
import { Location, VisitResult } from "#shared/complaints/event.ts";
import { isRetentionOver } from "#shared/complaints/forgetting.ts";
import { reportVisit } from "#shared/complaints/remarks.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import { changedVisitWrite, nextLook, readVisit } from "#shared/complaints/visits.store.ts";
import { cancelVisit, isNotedOverdue, orderVisit, planVisit } from "#shared/complaints/visits.ts";
import { invalidFault } from "#shared/fault.ts";
import { roleFor, subjectPattern } from "#shared/people/people.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { readRoles } from "#shared/people/roles.store.ts";
import { longestReason, longestText } from "#shared/policy-numbers.ts";
import { retention, visitPolicy } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { SentInstant } from "#shared/time/calendar.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { InspectorView } from "./complaint-views.ts";
import { inspectorViewReply } from "./inspector-read-complaints.api.ts";

const Plan = z.strictObject({
  plannedAt: SentInstant,
  /** The `sub` of the inspector who makes the visit; without it, the inspector who was assigned before, or else the caller. */
  inspector: z.string().regex(subjectPattern).optional(),
});

/** Throws `invalid` if the person who is to make the visit is no inspector. */
async function assertInspector(sub: string | undefined, { person }: PrincipalOf<"inspector">): Promise<void> {
  if (sub === undefined || sub === person) return;
  if (!roleFor(await readRoles(sub), "inspector")) throw invalidFault("inspector", "unknown-inspector");
}

/** POST /v1/inspector/complaints/{id}/visits: orders a visit to the office. The agency learns of it only by the report. */
export const orderVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Order a visit to the office", fa: "دستور بازدید از اداره" },
  path: ComplaintPath,
  body: Plan,
  answer: { status: 201, schema: InspectorView.extend({ visitId: z.string() }).meta({ id: "VisitOrdered" }) },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body: { plannedAt, inspector }, ...request }) {
    const { principal, now } = request;
    await assertInspector(inspector, principal);
    const calendarOf = await readCalendars({ from: now });
    const newId = randomUUID();
    // A repeated request gets the id of its first order.
    const { complaint, visitId = newId } = await executeConfidentialCommand(request, (found, context) => {
      const terms = { policy: visitPolicy, calendar: calendarOf(found.countyId) };
      const order = { visitId: newId, plannedAt, inspector: inspector ?? principal.person, terms };
      return { entries: orderVisit(found, { ...order, ...context }) };
    });
    const { body: view, headers = {} } = await inspectorViewReply(complaint, now);
    return { status: 201, body: { ...(view as object), visitId }, headers };
  },
});

const VisitPath = ComplaintPath.extend({ visitId: z.string().regex(/^[0-9a-f-]{36}$/) });

type OpenVisitRequest = MoveRequest<PrincipalOf<"inspector">> & { path: { id: string; visitId: string } };
type OpenVisitCommand = (
  complaint: Complaint,
  context: {
    by: PrincipalOf<"inspector">;
    now: string;
    confidentialLog: readonly ConfidentialEntry[];
    visit: Visit | undefined;
  },
) => { entry: NewEntry; visit: Visit };

/** Changes a visit that is not over, and records it in the confidential log. */
async function changeVisit(request: OpenVisitRequest, command: OpenVisitCommand) {
  const { id, visitId } = request.path;
  const { complaint } = await executeConfidentialCommand(request, async (found, context) => {
    const { entry, visit } = command(found, { ...context, visit: await readVisit({ id, visitId }) });
    const lookAt = isNotedOverdue(visit, context.confidentialLog) ? nextLook(context.now) : visit.reportBy;
    return { entries: entry, additionalWrites: [changedVisitWrite(id, visit, { lookAt })] };
  });
  return inspectorViewReply(complaint, request.now);
}

/** POST /v1/inspector/complaints/{id}/visits/{visitId}/plan: plans a visit, moves it, or assigns it to a colleague. */
export const planVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Plan a visit, move it, or hand it on", fa: "برنامه‌ریزی، جابه‌جایی یا سپردن بازدید به همکار" },
  path: VisitPath,
  body: Plan,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body: { plannedAt, inspector }, ...request }) {
    await assertInspector(inspector, request.principal);
    return changeVisit(request, (complaint, { visit, ...context }) => {
      const madeBy = inspector ?? visit?.inspector ?? context.by.person;
      return planVisit(complaint, { ...context, visit, plannedAt, inspector: madeBy });
    });
  },
});

/** POST /v1/inspector/complaints/{id}/visits/{visitId}/cancellation: cancels a visit that an inspector ordered. */
export const cancelVisitAsInspector = route({
  caller: "inspector",
  summary: { en: "Cancel a visit that an inspector ordered", fa: "لغو بازدیدی که بازرس دستور داده است" },
  path: VisitPath,
  body: z.strictObject({ reason: text({ min: 2, max: longestReason }) }),
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    changeVisit(request, (complaint, context) => cancelVisit(complaint, { ...body, ...context })),
});

const Report = z.strictObject({
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
  path: VisitPath,
  body: Report,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { visitId } = request.path;
    const maskedTextsOf = await createTextMasker({ text: body.text });
    const moved = await executeMove(request, async (complaint, context) => {
      const { id } = complaint;
      const [visit, { confidentialLog }] = await Promise.all([readVisit({ id, visitId }), readConfidentialRecord(id)]);
      const areTextsOver = isRetentionOver(complaint, { kind: "texts", now: context.now, retention });
      const additional = { visit, confidentialLog, areTextsOver, maskedTexts: maskedTextsOf(complaint) };
      return reportVisit(complaint, { ...body, ...context, ...additional });
    });
    return inspectorViewReply(moved, request.now);
  },
});

import * as z from "zod";
import { ComplaintPath, Paging, pageOf, readCursor, writeCursor, YesOrNo } from "#functions/http/parameters.ts";
import { okReply } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { assertAccess } from "#shared/domain/complaint/access.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { currentClaim } from "#shared/domain/complaint/confidential-log.ts";
import { Deadlines } from "#shared/domain/deadlines/explanation.ts";
import { InspectorView, inspectorView, peopleIn, WorkQueueItem } from "#shared/domain/views/complaint-views.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { claimsQuery, listClaimedIds, readClaims } from "#shared/persistence/complaints/claims.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/persistence/complaints/complaints.ts";
import { readConfidentialRecordForView } from "#shared/persistence/complaints/confidential-log.ts";
import {
  listClaimedComplaints,
  listPressuredComplaints,
  listVisits,
  listWorkQueue,
  type WorkQueueQuery,
} from "#shared/persistence/complaints/work-queues.ts";
import { readPersonNames } from "#shared/persistence/people.ts";
import { AttachmentPath, Download, downloadReply } from "../complaints/attachment-download.ts";
import { deadlinesReply } from "../complaints/deadlines.ts";

/** The inspectors' view of exactly this version, even where a newer one exists. */
export async function inspectorViewReply(complaint: Complaint, now: string) {
  const [complaintRecord, confidentialRecord] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecordForView(complaint.id),
  ]);
  const claim = currentClaim(confidentialRecord.claim, now);
  const view = inspectorView(complaintRecord, { ...confidentialRecord, claim, now });
  return okReply({ ...view, people: Object.fromEntries(await readPersonNames(peopleIn(view))) });
}

const WorkQueueName = z.enum(["disputed", "escalated", "visits", "pressured"]);

const workQueues: Record<z.infer<typeof WorkQueueName>, (query: WorkQueueQuery) => ReturnType<typeof listWorkQueue>> = {
  disputed: (query) => listWorkQueue({ ...query, fromLevel: 0, disputed: true }),
  escalated: (query) => listWorkQueue({ ...query, fromLevel: 1 }),
  visits: listVisits,
  pressured: listPressuredComplaints,
};

const Query = Paging.extend({
  queue: WorkQueueName.optional(),
  countyId: Slug.optional(),
  mine: YesOrNo.optional(),
}).refine(({ queue, mine }) => queue || mine, { params: { rule: "queue-or-mine" }, path: ["queue"] });

/** GET /v1/inspector/complaints: a work queue, or the complaints that the caller claimed, each with its current claim. */
export const listComplaintsAsInspector = route({
  caller: "inspector",
  summary: { en: "List what waits for an inspector", fa: "کارتابل بازرس" },
  query: Query,
  answer: { status: 200, schema: pageOf(WorkQueueItem).meta({ id: "WorkQueuePage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { person }, query: { limit, cursor, ...filters }, now }) {
    const { queue, countyId, mine } = filters;
    const bound = { list: "work-queue", ...filters, ...(mine && { person }) };
    const workQueueQuery = {
      limit,
      from: readCursor(cursor, bound),
      countyIds: countyId === undefined ? undefined : [countyId],
      ids: queue && mine ? await listClaimedIds(person, now) : undefined,
    };
    const { items, next } = await (queue
      ? workQueues[queue](workQueueQuery)
      : listClaimedComplaints(workQueueQuery, claimsQuery(person, now)));
    const claims = await readClaims(
      items.map(({ id }) => id),
      now,
    );
    const itemsWithClaims = items.map((item) => ({ ...item, claim: claims.get(item.id) }));
    return { status: 200, body: { items: itemsWithClaims, nextCursor: writeCursor(next, bound) } };
  },
});

/** GET /v1/inspector/complaints/{id}: everything about a complaint except the citizen's identity. */
export const readComplaintAsInspector = route({
  caller: "inspector",
  summary: { en: "Read any complaint of the province", fa: "مشاهدهٔ شکایت" },
  path: ComplaintPath,
  answer: { status: 200, schema: InspectorView },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    assertAccess(complaint, principal);
    return inspectorViewReply(complaint, now);
  },
});

/** GET /v1/inspector/complaints/{id}/deadlines: how each deadline of a complaint was computed. */
export const readDeadlinesAsInspector = route({
  caller: "inspector",
  summary: { en: "See how each deadline comes about", fa: "مشاهدهٔ نحوهٔ محاسبهٔ هر مهلت" },
  path: ComplaintPath,
  answer: { status: 200, schema: Deadlines },
  run: ({ principal, path, now }) => deadlinesReply(path.id, { by: principal, now }),
});

/** GET /v1/inspector/complaints/{id}/attachments/{attachmentId}: an inspector gets a link to a file. */
export const readAttachmentAsInspector = route({
  caller: "inspector",
  summary: { en: "Fetch a file of any complaint", fa: "دریافت پیوست هر شکایت" },
  path: AttachmentPath,
  answer: { status: 200, schema: Download },
  run: ({ principal, path, now }) => downloadReply({ ...path, by: principal, now }),
});

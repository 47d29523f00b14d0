import * as z from "zod";
import { assertAccess } from "#shared/complaints/access.ts";
import { claimsQuery, listClaimedIds, readClaims } from "#shared/complaints/claims.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/complaints/complaints.store.ts";
import { readConfidentialRecordForView } from "#shared/complaints/confidential-log.store.ts";
import { currentClaim } from "#shared/complaints/confidential-log.ts";
import { Deadlines } from "#shared/complaints/explanation.ts";
import {
  listClaimed,
  listDisputed,
  listEscalated,
  listOfInspector,
  listPressured,
  listPromises,
  pageOfList,
} from "#shared/complaints/lists.store.ts";
import { Download } from "#shared/files/download.ts";
import { readPersonNames } from "#shared/people/person-names.store.ts";
import { AttachmentPath, downloadReply } from "../files/download.api.ts";
import { ComplaintPath, ListQuery, pageOf, partsOf, readCursor, writeCursor, YesOrNo } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { InspectorView, inspectorView, peopleIn, WorkQueueItem } from "./complaint-views.ts";
import { deadlinesReply } from "./deadlines.api.ts";
import { workQueueItems } from "./rows.api.ts";
import { soonUntilFor } from "./soon-until.api.ts";

/** The inspectors' view with the events up to this version, even if there are newer ones. Log, visits and claim are as they are now. */
export async function inspectorViewReply(complaint: Complaint, now: string) {
  const [complaintRecord, confidentialRecord] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecordForView(complaint.id),
  ]);
  const claim = currentClaim(confidentialRecord.claim, now);
  const view = inspectorView(complaintRecord, { ...confidentialRecord, claim, now });
  return okReply({ ...view, people: Object.fromEntries(await readPersonNames(peopleIn(view))) });
}

const WorkQueueName = z.enum(["disputed", "escalated", "pressured", "promises"]);

const workQueues: Record<z.infer<typeof WorkQueueName>, typeof listDisputed> = {
  disputed: listDisputed,
  escalated: listEscalated,
  pressured: listPressured,
  promises: listPromises,
};

const Query = ListQuery.extend({ queue: WorkQueueName.optional(), mine: YesOrNo.optional() });

/**
 * GET /v1/inspector/complaints: the complaints of the province that match the filter, each with its current claim; with
 * `queue` only those of a work queue, with `mine` only those that the caller claimed.
 */
export const listComplaintsAsInspector = route({
  caller: "inspector",
  summary: {
    en: "List what waits for an inspector, or search the province",
    fa: "کارتابل بازرس و جست‌وجو در شکایت‌های استان",
  },
  query: Query,
  answer: { status: 200, schema: pageOf(WorkQueueItem).meta({ id: "WorkQueuePage" }) },
  problems: ["cursor-invalid"],
  async run({ principal, query: { queue, mine, ...query }, now }) {
    const { person } = principal;
    const { limit, cursor, details, filter } = partsOf(query);
    const bound = { list: "work-queue", queue, ...filter, ...(mine && { person }) };
    const from = readCursor(cursor, bound);
    const ids = queue && mine ? await listClaimedIds(person, now) : undefined;
    const listQuery = { filter, from, ids, soonUntil: await soonUntilFor(filter, now), now };
    const list = queue
      ? workQueues[queue](principal, listQuery)
      : mine
        ? listClaimed(principal, { ...listQuery, claims: claimsQuery(person, now) })
        : listOfInspector(principal, listQuery);
    const { items: listed, next } = await pageOfList(list, limit);
    const [items, claims] = await Promise.all([
      workQueueItems(listed, { viewer: "inspector", now, details }),
      readClaims(
        listed.map(({ complaint }) => complaint.id),
        now,
      ),
    ]);
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

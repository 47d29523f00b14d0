import { assertAccess } from "#shared/complaints/access.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/complaints/complaints.store.ts";
import { Deadlines } from "#shared/complaints/explanation.ts";
import { listOfAgency, pageOfList } from "#shared/complaints/lists.store.ts";
import { Download } from "#shared/files/download.ts";
import { readSharedIdentity } from "#shared/identities/identities.store.ts";
import { retention } from "#shared/province/slices.static.ts";
import { AttachmentPath, downloadReply } from "../files/download.api.ts";
import { ComplaintPath, ListQuery, pageOf, partsOf, readCursor, writeCursor } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { AgencyView, agencyView, InboxItem } from "./complaint-views.ts";
import { deadlinesReply } from "./deadlines.api.ts";
import { inboxItems } from "./rows.api.ts";
import { soonUntilFor } from "./soon-until.api.ts";

/** The agency's view of exactly this version, even if a colleague has transferred the complaint since. */
export async function agencyViewReply(complaint: Complaint, now: string, readsOnly?: true) {
  const [complaintRecord, identity] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readSharedIdentity(complaint),
  ]);
  return okReply(agencyView({ ...complaintRecord, identity }, { now, retention, readsOnly }));
}

/**
 * GET /v1/agency/complaints: the agency's complaints that match the filter. Open ones come with the earliest deadline first,
 * closed ones with the latest closing first.
 */
export const listComplaintsAsAgency = route({
  caller: "agency",
  summary: {
    en: "List the agency's complaints, soonest due first",
    fa: "فهرست شکایت‌های دستگاه اجرایی، به ترتیب نزدیک‌ترین مهلت",
  },
  query: ListQuery.omit({ agencyId: true }),
  answer: {
    status: 200,
    schema: pageOf(InboxItem).meta({ id: "InboxPage" }),
  },
  problems: ["cursor-invalid"],
  async run({ principal, query, now }) {
    const { limit, cursor, details, filter } = partsOf(query);
    const bound = { list: "inbox", agencyId: principal.agencyId, ...filter };
    const from = readCursor(cursor, bound);
    const list = listOfAgency(principal, { filter, from, soonUntil: await soonUntilFor(filter, now), now });
    const { items, next } = await pageOfList(list, limit);
    return {
      status: 200,
      body: { items: await inboxItems(items, { now, details }), nextCursor: writeCursor(next, bound) },
    };
  },
});

/** GET /v1/agency/complaints/{id}: one of the agency's own complaints. */
export const readComplaintAsAgency = route({
  caller: "agency",
  summary: { en: "Read a complaint of the agency's own", fa: "مشاهدهٔ یکی از شکایت‌های دستگاه اجرایی" },
  path: ComplaintPath,
  answer: { status: 200, schema: AgencyView },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    assertAccess(complaint, principal);
    return agencyViewReply(complaint, now, principal.readsOnly);
  },
});

/** GET /v1/agency/complaints/{id}/deadlines: how each deadline of one of the agency's complaints was computed. */
export const readDeadlinesAsAgency = route({
  caller: "agency",
  summary: { en: "See how each deadline comes about", fa: "مشاهدهٔ نحوهٔ محاسبهٔ هر مهلت" },
  path: ComplaintPath,
  answer: { status: 200, schema: Deadlines },
  run: ({ principal, path, now }) => deadlinesReply(path.id, { by: principal, now }),
});

/** GET /v1/agency/complaints/{id}/attachments/{attachmentId}: the agency gets a link to a file. */
export const readAttachmentAsAgency = route({
  caller: "agency",
  summary: { en: "Fetch a file of a complaint of the agency's own", fa: "دریافت پیوست شکایت دستگاه خود" },
  path: AttachmentPath,
  answer: { status: 200, schema: Download },
  run: ({ principal, path, now }) => downloadReply({ ...path, by: principal, now }),
});

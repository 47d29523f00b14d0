import { assertAccess } from "#shared/complaints/access.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/complaints/complaints.store.ts";
import { listOfOverseer, pageOfList } from "#shared/complaints/lists.store.ts";
import { retention } from "#shared/province/slices.static.ts";
import { ComplaintPath, ListQuery, pageOf, partsOf, readCursor, writeCursor } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { OverseerView, overseerView, WorkQueueItem } from "./complaint-views.ts";
import { workQueueItems } from "./rows.api.ts";
import { soonUntilFor } from "./soon-until.api.ts";

/** The overseers' view of exactly this version, even if a newer one exists. */
export async function overseerViewReply(complaint: Complaint, now: string) {
  return okReply(overseerView(await readComplaintRecordUpTo(complaint), { now, retention }));
}

/**
 * GET /v1/overseer/complaints: the complaints at the overseer's escalation level or above, in the overseer's counties, that
 * match the filter. Open ones come with the highest level first, closed ones with the latest filing first.
 */
export const listComplaintsAsOverseer = route({
  caller: "overseer",
  summary: { en: "List what has reached one's level", fa: "شکایت‌های رسیده به این سطح نظارت" },
  query: ListQuery,
  answer: { status: 200, schema: pageOf(WorkQueueItem).meta({ id: "OverseerPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal, query, now }) {
    const { limit, cursor, details, filter } = partsOf(query);
    const { clientId, person } = principal;
    const bound = { list: "overseer", clientId, person, ...filter };
    const from = readCursor(cursor, bound);
    const list = listOfOverseer(principal, { filter, from, soonUntil: await soonUntilFor(filter, now), now });
    const { items: listed, next } = await pageOfList(list, limit);
    const items = await workQueueItems(listed, { viewer: "overseer", now, details });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});

/** GET /v1/overseer/complaints/{id}: a complaint at the overseer's escalation level or above, without its identity. */
export const readComplaintAsOverseer = route({
  caller: "overseer",
  summary: { en: "Read a complaint that has reached one's level", fa: "مشاهدهٔ شکایت رسیده به این سطح" },
  path: ComplaintPath,
  answer: { status: 200, schema: OverseerView },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    assertAccess(complaint, principal);
    return overseerViewReply(complaint, now);
  },
});

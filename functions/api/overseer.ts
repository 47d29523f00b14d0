import { assertAccess } from "#shared/domain/complaint/access.ts";
import { OverseerView, overseerView, WorkQueueItem } from "#shared/domain/views/complaint-views.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/persistence/complaints/complaints.ts";
import { listWorkQueue } from "#shared/persistence/complaints/work-queues.ts";
import { retention } from "#shared/province/slices.static.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { ComplaintPath, Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";

/** GET /v1/overseer/complaints: open complaints at the overseer's escalation level or above, in the overseer's counties. */
export const listComplaintsAsOverseer = route({
  caller: "overseer",
  summary: { en: "List what has climbed to one's level", fa: "شکایت‌های رسیده به این سطح نظارت" },
  query: Paging,
  answer: { status: 200, schema: pageOf(WorkQueueItem).meta({ id: "OverseerPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { clientId, person, fromLevel, countyIds, seesRetaliation }, query: { limit, cursor } }) {
    const bound = { list: "overseer", clientId, person };
    const from = readCursor(cursor, bound);
    const { items, next } = await listWorkQueue({
      fromLevel,
      countyIds,
      withoutRetaliation: !seesRetaliation,
      limit,
      from,
    });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});

/** GET /v1/overseer/complaints/{id}: a complaint at the overseer's escalation level or above, without its identity. */
export const readComplaintAsOverseer = route({
  caller: "overseer",
  summary: { en: "Read a complaint that has climbed to one's level", fa: "مشاهدهٔ شکایت رسیده به این سطح" },
  path: ComplaintPath,
  answer: { status: 200, schema: OverseerView },
  async run({ principal, path, now }) {
    const complaint = await readHead(path.id);
    assertAccess(complaint, principal);
    return okReply(overseerView(await readComplaintRecordUpTo(complaint), { now, retention }));
  },
});

/** The routes of overseers. Overseers read complaints and write nothing. */
export const routes = {
  "GET /v1/overseer/complaints": listComplaintsAsOverseer,
  "GET /v1/overseer/complaints/{id}": readComplaintAsOverseer,
};
export const handler = serve({ routes, authenticate: authenticateByToken("overseer") });

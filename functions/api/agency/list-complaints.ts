import { route } from "#functions/pipelines/route.ts";
import { Status } from "#shared/domain/complaint/complaint.ts";
import { InboxItem } from "#shared/domain/telling/view.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { listInbox } from "#shared/store/complaints/inbox.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf, YesOrNo } from "../any-caller/lists.ts";

const Query = Paging.extend({
  status: Status.optional(),
  escalated: YesOrNo.optional(),
  officeId: Slug.optional(),
});

/** GET /v1/agency/complaints: the agency's complaints, soonest due first. */
export const listComplaintsAsAgency = route({
  caller: "agency",
  summary: {
    en: "List the agency's complaints, soonest due first",
    fa: "فهرست شکایت‌های دستگاه اجرایی، به ترتیب نزدیک‌ترین مهلت",
  },
  query: Query,
  answer: {
    status: 200,
    schema: pageOf(InboxItem).meta({ id: "InboxPage" }),
  },
  problems: ["cursor-invalid"],
  async run({ principal: { agencyId }, query: { cursor, ...query }, now }) {
    const { limit, ...filters } = query;
    const bound = { list: "inbox", agencyId, ...filters };
    const { items, next } = await listInbox({ agencyId, ...query, from: readCursor(cursor, bound), now });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});

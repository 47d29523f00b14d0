import { Fault } from "#shared/fault.ts";
import { compressedReply } from "../http/compressed-reply.ts";
import { pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { listIssues } from "./issue-lists.store.ts";
import { IssuePath, IssuesQuery, issueMatcher } from "./issue-parameters.api.ts";
import { PublicIssueRow, PublicIssueView, publicIssueRow, publicIssueView } from "./issue-views.ts";
import { readIssueRecord } from "./issues.store.ts";

/** GET /v1/issues: the issues of all agencies, the latest opened first: states and dates, and of texts the title alone. */
export const listIssuesInPublic = route({
  caller: "public",
  summary: { en: "The issues that agencies have to mend", fa: "مشکل‌هایی که دستگاه‌ها باید برطرف کنند" },
  query: IssuesQuery,
  answer: { status: 200, schema: pageOf(PublicIssueRow).meta({ id: "PublicIssuesPage" }), cached: true },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor, ...filter }, now, coding }) {
    const bound = { list: "public-issues", ...filter };
    const query = { limit, from: readCursor(cursor, bound), now, keep: issueMatcher(filter, now) };
    const { items, next } = await listIssues(query);
    return compressedReply({ items: items.map(publicIssueRow), nextCursor: writeCursor(next, bound) }, coding);
  },
});

/** GET /v1/issues/{issueId}: one issue. Texts of the agency come once an inspector has read them. */
export const readIssueInPublic = route({
  caller: "public",
  summary: { en: "One issue, with plan and proof", fa: "یک مشکل، با برنامه و گزارش رفع آن" },
  path: IssuePath,
  answer: { status: 200, schema: PublicIssueView, cached: true },
  async run({ path: { issueId }, now, coding }) {
    const record = await readIssueRecord(issueId);
    if (!record) throw new Fault("not-found");
    return compressedReply(publicIssueView(record, now), coding);
  },
});

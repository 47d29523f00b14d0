import { Fault } from "#shared/fault.ts";
import { pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Issue } from "./issue.ts";
import { passIssueTime } from "./issue-clock.ts";
import { listIssuesOfAgency } from "./issue-lists.store.ts";
import { IssuePath, issueMatcher, OfficialIssuesQuery } from "./issue-parameters.api.ts";
import { IssueRow, IssueView, issueRow, issueView } from "./issue-views.ts";
import { readIssueRecord } from "./issues.store.ts";

/** The answer to a move of the agency: the issue's row, with the title as its only text. A repetition gets the row as it is then. */
export function agencyRowReply(issue: Issue, now: string) {
  return okReply(issueRow(passIssueTime(issue, now).issue, now));
}

/** GET /v1/agency/issues: the agency's issues, the latest opened first. */
export const listIssuesAsAgency = route({
  caller: "agency",
  summary: { en: "List the agency's issues", fa: "فهرست مشکل‌های دستگاه" },
  query: OfficialIssuesQuery,
  answer: { status: 200, schema: pageOf(IssueRow).meta({ id: "IssuesPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { agencyId }, query: { limit, cursor, ...filter }, now }) {
    const bound = { list: "issues", agencyId, ...filter };
    const query = { limit, from: readCursor(cursor, bound), now, keep: issueMatcher(filter, now) };
    const { items, next } = await listIssuesOfAgency(agencyId, query);
    return {
      status: 200,
      body: { items: items.map((issue) => issueRow(issue, now)), nextCursor: writeCursor(next, bound) },
    };
  },
});

/** GET /v1/agency/issues/{issueId}: an issue of the agency with every text. */
export const readIssueAsAgency = route({
  caller: "agency",
  summary: { en: "Read an issue of the agency", fa: "مشاهدهٔ یک مشکل دستگاه" },
  path: IssuePath,
  answer: { status: 200, schema: IssueView },
  async run({ path: { issueId }, principal: { agencyId, readsOnly }, now }) {
    const record = await readIssueRecord(issueId);
    if (record?.issue.agencyId !== agencyId) throw new Fault("not-found");
    return okReply(issueView(record, { now, viewer: "agency", readsOnly }));
  },
});

import { Fault } from "#shared/fault.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Issue } from "./issue.ts";
import { listIssues } from "./issue-lists.store.ts";
import { IssuePath, issueMatcher, OfficialIssuesQuery } from "./issue-parameters.api.ts";
import { IssueRow, IssueView, issueRow, issueView } from "./issue-views.ts";
import { readIssueRecord } from "./issues.store.ts";

/** Whether an issue has reached the overseer's level, in one of the overseer's counties. */
function isOverseen({ level, countyIds }: Issue, overseer: PrincipalOf<"overseer">): boolean {
  return level >= overseer.fromLevel && (overseer.countyIds ?? countyIds).some((id) => countyIds.includes(id));
}

/** GET /v1/overseer/issues: the issues that have reached the overseer's level, the latest opened first. */
export const listIssuesAsOverseer = route({
  caller: "overseer",
  summary: { en: "List the issues that have reached one's level", fa: "مشکل‌های رسیده به این سطح نظارت" },
  query: OfficialIssuesQuery,
  answer: { status: 200, schema: pageOf(IssueRow).meta({ id: "IssuesPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal, query: { limit, cursor, ...filter }, now }) {
    const { clientId, person } = principal;
    const bound = { list: "overseer-issues", clientId, person, ...filter };
    const matches = issueMatcher(filter, now);
    const keep = (issue: Issue) => isOverseen(issue, principal) && matches(issue);
    const { items, next } = await listIssues({ limit, from: readCursor(cursor, bound), now, keep });
    return {
      status: 200,
      body: { items: items.map((issue) => issueRow(issue, now)), nextCursor: writeCursor(next, bound) },
    };
  },
});

/** GET /v1/overseer/issues/{issueId}: an issue that has reached the overseer's level, with every text. */
export const readIssueAsOverseer = route({
  caller: "overseer",
  summary: { en: "Read an issue that has reached one's level", fa: "مشاهدهٔ مشکل رسیده به این سطح" },
  path: IssuePath,
  answer: { status: 200, schema: IssueView },
  async run({ path: { issueId }, principal, now }) {
    const record = await readIssueRecord(issueId);
    if (!record || !isOverseen(record.issue, principal)) throw new Fault("not-found");
    return okReply(issueView(record, { now, viewer: "overseer" }));
  },
});

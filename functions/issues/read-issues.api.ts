import { Fault } from "#shared/fault.ts";
import { readPersonNames } from "#shared/people/person-names.store.ts";
import { pageOf, readCursor, writeCursor, YesOrNo } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Issue } from "./issue.ts";
import { passIssueTime } from "./issue-clock.ts";
import { listIssues } from "./issue-lists.store.ts";
import { IssuePath, IssuesQuery, issueMatcher } from "./issue-parameters.api.ts";
import { InspectorIssueRow, InspectorIssueView, inspectorIssueRow, inspectorIssueView } from "./issue-views.ts";
import { readVisitsOfIssue } from "./issue-visits.store.ts";
import { readIssueRecord } from "./issues.store.ts";

/** The answer to a move of an inspector: the state, without texts, so that a repetition gets the same answer. */
export function inspectorRowReply(issue: Issue, now: string) {
  return okReply(inspectorIssueRow(passIssueTime(issue, now).issue, now));
}

/** GET /v1/inspector/issues: the issues of all agencies, the latest opened first. */
export const listIssuesAsInspector = route({
  caller: "inspector",
  summary: { en: "List the issues of agencies", fa: "فهرست مشکل‌های دستگاه‌ها" },
  query: IssuesQuery.extend({ late: YesOrNo.optional(), unread: YesOrNo.optional() }),
  answer: { status: 200, schema: pageOf(InspectorIssueRow).meta({ id: "InspectorIssuesPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor, ...filter }, now }) {
    const bound = { list: "issues", ...filter };
    const from = readCursor(cursor, bound);
    const { items, next } = await listIssues({ limit, from, now, keep: issueMatcher(filter, now) });
    return {
      status: 200,
      body: { items: items.map((issue) => inspectorIssueRow(issue, now)), nextCursor: writeCursor(next, bound) },
    };
  },
});

/** GET /v1/inspector/issues/{issueId}: an issue with every text. */
export const readIssueAsInspector = route({
  caller: "inspector",
  summary: { en: "Read an issue", fa: "مشاهدهٔ یک مشکل" },
  path: IssuePath,
  answer: { status: 200, schema: InspectorIssueView },
  async run({ path: { issueId }, now }) {
    const [record, visits] = await Promise.all([readIssueRecord(issueId), readVisitsOfIssue(issueId)]);
    if (!record) throw new Fault("not-found");
    const subs = [
      record.issue.openedBy,
      ...visits.map(({ person }) => person),
      ...record.events.flatMap(({ by, person }) => (by === "inspector" ? (person ?? []) : [])),
    ];
    const people = Object.fromEntries(await readPersonNames(subs));
    return okReply(inspectorIssueView(record, { now, people, visits }));
  },
});

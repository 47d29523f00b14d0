import { pageOf, readCursor, writeCursor, YesOrNo } from "#functions/http/parameters.ts";
import { okReply } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { Fault } from "#shared/domain/fault.ts";
import type { Issue } from "#shared/domain/issues/issue.ts";
import { passIssueTime } from "#shared/domain/issues/issue-clock.ts";
import {
  InspectorIssueRow,
  InspectorIssueView,
  inspectorIssueRow,
  inspectorIssueView,
} from "#shared/domain/views/issue-views.ts";
import { readIssueRecord } from "#shared/persistence/issues/issues.ts";
import { listIssues } from "#shared/persistence/issues/lists.ts";
import { readPersonNames } from "#shared/persistence/person-names.ts";
import { IssuePath, IssuesQuery, issueMatcher } from "./parameters.ts";

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
    const record = await readIssueRecord(issueId);
    if (!record) throw new Fault("not-found");
    const subs = [
      record.issue.openedBy,
      ...record.events.flatMap(({ by, person }) => (by === "inspector" ? (person ?? []) : [])),
    ];
    const people = Object.fromEntries(await readPersonNames(subs));
    return okReply(inspectorIssueView(record, { now, people }));
  },
});

import { agencyIssuesKey, type IndexName, openIssuesKey, pastIssuesKey } from "#shared/runtime/keys.ts";
import { parseReadableItems } from "#shared/storage/readable.ts";
import { collectPage, itemsInOrder, type Position } from "#shared/storage/table.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { Issue, type IssueStatus } from "./issue.ts";
import { passIssueTime } from "./issue-clock.ts";

type IssueQuery = {
  limit: number;
  from: Position | undefined;
  now: Instant;
  /** Whether the list has the issue; every issue without it. */
  keep?: (issue: Issue) => boolean;
};

type ListOfIssues = { index: IndexName; partitions: readonly string[] };

/** One page of issues as they are now, the latest opened first. */
function listIssuesIn({ index, partitions }: ListOfIssues, { limit, from, now, keep = () => true }: IssueQuery) {
  async function* entries() {
    for await (const item of itemsInOrder({ index, partitions, from, newestFirst: true })) {
      const [issue] = parseReadableItems(Issue, [item]).map((stored) => passIssueTime(stored, now).issue);
      yield { index, item, shown: issue && keep(issue) ? issue : undefined } as const;
    }
  }
  return collectPage(entries(), { limit });
}

const everyIssue = { index: "workQueue", partitions: [openIssuesKey, pastIssuesKey] } as const;

/** The issues of all agencies. */
export const listIssues = (query: IssueQuery) => listIssuesIn(everyIssue, query);

/** The issues that nobody has verified and that were not given up. */
export const listOpenIssues = (query: IssueQuery) =>
  listIssuesIn({ ...everyIssue, partitions: [openIssuesKey] }, query);

/** The issues that somebody verified, that nobody confirmed in time, or that were given up. */
export const listPastIssues = (query: IssueQuery) =>
  listIssuesIn({ ...everyIssue, partitions: [pastIssuesKey] }, query);

/** The issues of one agency. */
export const listIssuesOfAgency = (agencyId: string, query: IssueQuery) =>
  listIssuesIn({ index: "inbox", partitions: [agencyIssuesKey(agencyId)] }, query);

const doneStatuses: readonly IssueStatus[] = ["done", "verified", "unconfirmed"];

/** An issue that its agency says is mended, whether or not somebody confirmed it. */
type MendedIssue = Issue & { doneAt: Instant };

/** All issues that their agencies say are mended, as they are now. */
export async function readDoneIssues(now: Instant): Promise<MendedIssue[]> {
  const mended: MendedIssue[] = [];
  for await (const item of itemsInOrder({ ...everyIssue, from: undefined })) {
    for (const stored of parseReadableItems(Issue, [item])) {
      const { issue } = passIssueTime(stored, now);
      if (issue.doneAt && doneStatuses.includes(issue.status)) mended.push({ ...issue, doneAt: issue.doneAt });
    }
  }
  return mended;
}

import type { EscalationLevels } from "#shared/province/terms.ts";
import {
  agencyFeedKey,
  agencyIssuesKey,
  eventKey,
  eventPrefix,
  feedSortKey,
  headKey,
  issueKey,
  openIssuesKey,
  pastIssuesKey,
  pendingIssueKey,
} from "#shared/runtime/keys.ts";
import { itemWithUnknownFields, parseEvents, parseItem, parseWholeItem } from "#shared/storage/readable.ts";
import { readItem, readPartition } from "#shared/storage/table.ts";
import { ifNew, putWrite, unchangedSince, type Writes } from "#shared/storage/transaction.ts";
import { Issue, IssueEvent } from "./issue.ts";
import { nextIssueDue } from "./issue-clock.ts";
import type { IssueChange } from "./issue-events.ts";
import type { IssueRecord } from "./issue-views.ts";

/** An issue as its last event left it; undefined if there is none. Time may have changed it since (`passIssueTime`). */
export async function readIssue(id: string): Promise<Issue | undefined> {
  return parseWholeItem(Issue, await readItem({ pk: issueKey(id), sk: headKey }));
}

/** An issue with all its events and texts; undefined if there is none. */
export async function readIssueRecord(id: string): Promise<IssueRecord | undefined> {
  const pk = issueKey(id);
  const [head, items] = await Promise.all([readItem({ pk, sk: headKey }), readPartition(pk, eventPrefix)]);
  if (!head) return undefined;
  const issue = parseItem(Issue, head);
  const { events, newer } = parseEvents(IssueEvent, items, issue);
  // The events are read beside the head, so the head may be the newer one.
  return events.length + newer.length === issue.version ? { issue, events, newer } : readIssueRecord(id);
}

/**
 * Writes a changed issue with its new events. The write fails if somebody else changed the issue meanwhile. The stream delivers the
 * events like those of complaints, and they stand in the feed of the agency.
 */
export function issueWrites({ issue, events }: IssueChange, levels: EscalationLevels): Writes {
  if (events.length === 0) return [];
  const pk = issueKey(issue.id);
  const before = issue.version - events.length;
  const { id: issueId, agencyId } = issue;
  return [
    putWrite(
      { ...itemWithUnknownFields(issue), ...listKeys(issue, levels), pk, sk: headKey },
      before === 0 ? ifNew : unchangedSince(before),
    ),
    ...events.map((event) => {
      const feed = { inbox: agencyFeedKey(agencyId), inboxAt: feedSortKey(event) };
      return putWrite({ ...event, issueId, agencyId, ...feed, pk, sk: eventKey(event.version) }, ifNew);
    }),
  ];
}

const pastStatuses: readonly Issue["status"][] = ["verified", "unconfirmed", "withdrawn"];

/** The keys that place an issue in the lists of the indexes. */
function listKeys(issue: Issue, levels: EscalationLevels) {
  const { agencyId, openedAt, status } = issue;
  const dueAt = nextIssueDue(issue, levels);
  return {
    inbox: agencyIssuesKey(agencyId),
    inboxAt: openedAt,
    workQueue: pastStatuses.includes(status) ? pastIssuesKey : openIssuesKey,
    workQueueAt: openedAt,
    ...(dueAt && { due: pendingIssueKey, dueAt }),
  };
}

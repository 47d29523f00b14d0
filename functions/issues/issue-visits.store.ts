import { issueVisitKey, issueVisitsKey, pendingIssueVisitKey } from "#shared/runtime/keys.ts";
import { parseReadableItems } from "#shared/storage/readable.ts";
import { itemsInOrder, readPartition } from "#shared/storage/table.ts";
import { putWrite, type Writes } from "#shared/storage/transaction.ts";
import { IssueVisit } from "./issue-visits.ts";

const itemOf = (visit: IssueVisit) => ({ ...visit, pk: issueVisitsKey(visit.issueId), sk: issueVisitKey(visit) });

/** Writes a reported visit, and that it waits to be published. */
export const reportedVisitWrite = (visit: IssueVisit): Writes[number] =>
  putWrite({ ...itemOf(visit), due: pendingIssueVisitKey, dueAt: visit.publishAt });

/** Writes that a visit waits no more. */
export const settledVisitWrite = (visit: IssueVisit): Writes[number] => putWrite(itemOf(visit));

export type PendingVisit = IssueVisit & { dueAt: string };

/** The visits that wait to be published, the next one first. */
export async function listPendingVisits(): Promise<PendingVisit[]> {
  const pending: PendingVisit[] = [];
  for await (const item of itemsInOrder({ index: "due", partitions: [pendingIssueVisitKey] }))
    for (const visit of parseReadableItems(IssueVisit, [item])) pending.push({ ...visit, dueAt: visit.publishAt });
  return pending;
}

/** All visits that found an issue mended, the earliest first. */
export async function readVisitsOfIssue(issueId: string): Promise<IssueVisit[]> {
  return parseReadableItems(IssueVisit, await readPartition(issueVisitsKey(issueId)));
}

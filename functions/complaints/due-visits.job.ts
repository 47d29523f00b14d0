import { entryTime } from "#shared/complaints/change.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { type ListedVisit, listDueVisits, overdueVisitWrite } from "#shared/complaints/visits.store.ts";
import { isVisitOpen, noteOverdueVisit } from "#shared/complaints/visits.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { conflict, retryOnConflict, writeTransaction } from "#shared/storage/transaction.ts";
import { nothingPending, processConcurrently, type Run } from "../triggers/schedule.ts";

/**
 * Looks at each visit whose report is due: where its complaint is open, the confidential log records that the visit is late, and
 * the head of the centre is mailed once. Where the complaint is closed, the visit moves to the past ones. Returns when the next
 * visit is looked at.
 */
export async function processDueVisits({ now }: Pick<Run, "now">): Promise<string> {
  const { due, next } = await listDueVisits(now);
  await processConcurrently(due, {
    message: logEvents.dueNotProcessed,
    processOne: (visit) => processVisit(visit, now),
  });
  return due.length > 0 ? now : (next ?? nothingPending);
}

const attempts = 5;

async function processVisit({ id, visitId }: ListedVisit, now: string): Promise<void> {
  await retryOnConflict(attempts, async () => {
    const [complaint, { confidentialLog, entryCount, visits }] = await Promise.all([
      readHead(id),
      readConfidentialRecord(id),
    ]);
    const visit = visits.find((one) => one.visitId === visitId);
    // The index may still list a visit that is over.
    if (!complaint || !visit || !isVisitOpen(visit)) return undefined;
    const at = entryTime(now, complaint, confidentialLog);
    const entry = noteOverdueVisit(complaint, { visit, confidentialLog, now: at });
    const writes = confidentialEntryWrites({ id, entries: entry ? [entry] : [], after: entryCount });
    return (await writeTransaction([...writes, overdueVisitWrite(complaint, visit, now)])) ? conflict : undefined;
  });
}

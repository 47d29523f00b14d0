import { eventTime } from "#shared/domain/complaint/change.ts";
import { noteOverdueVisit } from "#shared/domain/complaint/visits.ts";
import { addMilliseconds, dayMs } from "#shared/domain/time/duration.ts";
import { readHead } from "#shared/persistence/complaints/complaints.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "#shared/persistence/complaints/confidential-log.ts";
import {
  type ListedVisit,
  listDueVisits,
  overdueVisitWrite,
  readVisit,
} from "#shared/persistence/complaints/visits.ts";
import { conflict, retryOnConflict, writeTransaction } from "#shared/persistence/transaction.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { processConcurrently } from "../triggers/schedule.ts";

/**
 * Looks at each visit whose report is due: where its complaint is open, the confidential log records that the visit is late, and
 * the head of the centre is mailed. Where the complaint is closed, the visit moves to the past ones. Returns when the next
 * report is due.
 */
export async function processDueVisits(now: string): Promise<string> {
  const { due, next } = await listDueVisits(now);
  await processConcurrently(due, {
    message: logEvents.dueNotProcessed,
    processOne: (visit) => processVisit(visit, now),
  });
  return due.length > 0 ? now : (next ?? addMilliseconds(now, dayMs));
}

const attempts = 5;

async function processVisit({ id, visitId }: ListedVisit, now: string): Promise<void> {
  await retryOnConflict(attempts, async () => {
    const [complaint, visit] = await Promise.all([readHead(id), readVisit({ id, visitId })]);
    if (!complaint || !visit) return undefined;
    const at = eventTime(now, complaint);
    const entry = noteOverdueVisit(complaint, { visit, now: at });
    const { entryCount } = await readConfidentialRecord(id);
    const writes = confidentialEntryWrites({ id, entries: entry ? [entry] : [], after: entryCount });
    return (await writeTransaction([...writes, overdueVisitWrite(complaint, visit)])) ? conflict : undefined;
  });
}

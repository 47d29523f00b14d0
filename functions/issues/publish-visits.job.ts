import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { processPending, type Run } from "../triggers/schedule.ts";
import { executeIssueCommand } from "./issue-commands.store.ts";
import { listPendingVisits, type PendingVisit, settledVisitWrite } from "./issue-visits.store.ts";
import { publishVisit } from "./issue-visits.ts";

/** Makes issues verified whose visit found them mended, once that is to be published. Returns when there is work again. */
export function publishVisits(run: Run): Promise<string> {
  return processPending(run, {
    list: listPendingVisits,
    message: logEvents.issueCallsNotProcessed,
    processOne: (visit) => publishOne(visit, run.now),
  });
}

/** Where something else ended the wait, nothing is published, and the visit stays for inspectors. */
async function publishOne({ dueAt: _dueAt, ...visit }: PendingVisit, now: string): Promise<void> {
  const { issueId } = visit;
  const { status } = await executeIssueCommand({ issueId, now }, (issue, at) =>
    publishVisit(issue, { ...visit, now: at }),
  );
  await writeTransaction([settledVisitWrite(visit)]);
  log.info("visit of an issue settled", { issueId, status });
}

import type { Change } from "#shared/complaints/change.ts";
import { readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import type { Writes } from "#shared/storage/transaction.ts";
import { endWithoutFoundation } from "./notice-moves.ts";
import { noticeWrites, readNotices } from "./notices.store.ts";

/**
 * A decision that the complaint is not founded ends the notices to employees on it, in the same transaction. A notice that changes
 * meanwhile makes the transaction fail, and the decision is made again.
 */
export async function laterDecisionWrites({ complaint, events }: Change): Promise<Writes> {
  const ending = events.find(
    (event) => event.type === "rejected" || (event.type === "decided" && event.finding !== "founded"),
  );
  if (!ending) return [];
  const { confidentialLog } = await readConfidentialRecord(complaint.id);
  const ids = confidentialLog.flatMap((entry) => (entry.type === "notice-opened" ? entry.noticeId : []));
  const notices = await readNotices(ids);
  return notices.flatMap((notice) => {
    const change = endWithoutFoundation(notice, { now: ending.at });
    return change ? noticeWrites(change) : [];
  });
}

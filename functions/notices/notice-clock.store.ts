import { createEntry, entryTime } from "#shared/complaints/change.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { holdOf } from "#shared/complaints/confidential-commands.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { isVisibleTo } from "#shared/complaints/event-rules.ts";
import { sms } from "#shared/province/slices.static.ts";
import { lateNoticesWorkQueueKey, noticesWorkQueueKey, pastNoticesWorkQueueKey } from "#shared/runtime/keys.ts";
import { parseReadableItems } from "#shared/storage/readable.ts";
import { itemsInOrder } from "#shared/storage/table.ts";
import { conflict, retryOnConflict, type Writes, writeTransaction } from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { smsNewsWrite } from "../messages/sms-news.store.ts";
import { Notice } from "./notice.ts";
import { eraseNoticeAt } from "./notice-clock.ts";
import { type NoticeSettling, settleNotice } from "./notice-settling.ts";
import { noticeHeadWrite, noticeWrites, readNotice } from "./notices.store.ts";

const attempts = 4;
const index = "workQueue";

/** All notices that are not settled. A province has some hundreds. */
export async function listUnsettledNotices(): Promise<Notice[]> {
  const items = [];
  for await (const item of itemsInOrder({ index, partitions: [noticesWorkQueueKey] })) items.push(item);
  return parseReadableItems(Notice, items);
}

/** Writes the changes that time makes to a notice, once, with the announcements to its citizen and the head of the centre. False if there is no change. */
export function advanceNotice(id: string, now: Instant): Promise<boolean> {
  return retryOnConflict(attempts, async () => {
    const notice = await readNotice(id);
    if (!notice) return false;
    const settling = settleNotice(notice, now);
    if (!settling.isChanged) return false;
    const { change } = settling;
    const headWrites =
      change.events.length > 0 ? noticeWrites(change) : [noticeHeadWrite(change.notice, notice.version)];
    const writes = [...headWrites, ...(await entryWrites(notice.complaintId, settling, now))];
    return (await writeTransaction(writes)) ? conflict : true;
  });
}

/** Nothing is announced where the complaint was erased. */
async function entryWrites(complaintId: string, { entries }: NoticeSettling, now: Instant): Promise<Writes> {
  const complaint = entries.length > 0 ? await readHead(complaintId) : undefined;
  if (!complaint) return [];
  const { confidentialLog, entryCount } = await readConfidentialRecord(complaintId);
  const at = entryTime(now, complaint, confidentialLog);
  const tellsCitizen = entries.some((entry) => isVisibleTo("citizen", entry));
  return [
    ...confidentialEntryWrites({
      id: complaintId,
      entries: entries.map((payload) => createEntry(complaint, { now: at, by: { by: "system" }, payload })),
      after: entryCount,
    }),
    ...(sms && tellsCitizen ? [smsNewsWrite({ complaintId, at })] : []),
  ];
}

/** The settled notices that are to be erased. Those of a complaint that an admin holds are kept whole. */
export async function listErasableNotices(now: Instant): Promise<Notice[]> {
  const erasable: Notice[] = [];
  const partitions = [pastNoticesWorkQueueKey, lateNoticesWorkQueueKey];
  for await (const item of itemsInOrder({ index, partitions })) {
    const [notice] = parseReadableItems(Notice, [item]);
    if (!notice) continue;
    const eraseAt = eraseNoticeAt(notice);
    if (!eraseAt || eraseAt > now) break;
    const { confidentialLog } = await readConfidentialRecord(notice.complaintId);
    if (!holdOf(confidentialLog).held) erasable.push(notice);
  }
  return erasable;
}

/** How many notices ended within the last year because an inspector or the reviewer was late. */
export async function countLateNotices(since: Instant): Promise<number> {
  let count = 0;
  for await (const _ of itemsInOrder({ index, partitions: [lateNoticesWorkQueueKey], since })) count++;
  return count;
}

/** All notices that are stored, settled or not. */
export async function* allNotices(): AsyncGenerator<Notice> {
  const partitions = [noticesWorkQueueKey, pastNoticesWorkQueueKey, lateNoticesWorkQueueKey];
  for await (const item of itemsInOrder({ index, partitions })) yield* parseReadableItems(Notice, [item]);
}

import * as z from "zod";
import { type Announcement, Attachment, isAttachmentExpired } from "#shared/domain/attachments/attachment.ts";
import { Fault, invalidFault } from "#shared/domain/fault.ts";
import { announcedFileDays, mostNoticeFiles } from "#shared/domain/policy-numbers.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { announcedKey, attachmentKey, noticeKey } from "#shared/runtime/keys.ts";
import { AnnouncedFile } from "../attachments/attachments.ts";
import {
  assertSameBody,
  type IdempotencyKey,
  idempotencyRecordWrites,
  outcomeOf,
  readIdempotencyRecord,
} from "../commands.ts";
import { itemWithUnknownFields, parseItem, parseWholeItem } from "../readable.ts";
import { readItem, readPartition } from "../table.ts";
import { conflict, ifNew, putIfConditionHolds, putWrite, retryOnConflict, writeTransaction } from "../transaction.ts";

/** A file of a notice: a scan of the inspectors, or a file that the employee sends with the answer. */
export const NoticeFile = Attachment.extend({ by: z.enum(["inspector", "employee"]) });
export type NoticeFile = z.infer<typeof NoticeFile>;

/** The files of a notice. A file that never came is left out. */
export async function listNoticeFiles(noticeId: string, now: Instant): Promise<NoticeFile[]> {
  const items = await readPartition(noticeKey(noticeId), attachmentKey(""));
  return items.map((item) => parseItem(NoticeFile, item)).filter((file) => !isAttachmentExpired(file, now));
}

export async function readNoticeFile(noticeId: string, attachmentId: string): Promise<NoticeFile | undefined> {
  return parseWholeItem(NoticeFile, await readItem({ pk: noticeKey(noticeId), sk: attachmentKey(attachmentId) }));
}

/** Throws `invalid` unless all these files of one side were cleaned and kept. `path`: the field that names them. */
export async function assertFilesReady(
  noticeId: string,
  { ids, by, now, path }: { ids: readonly string[]; by: NoticeFile["by"]; now: Instant; path: string },
): Promise<void> {
  if (ids.length === 0) return;
  const files = await listNoticeFiles(noticeId, now);
  const isReady = (id: string) =>
    files.some((one) => one.attachmentId === id && one.by === by && one.state === "ready");
  if (!ids.every(isReady)) throw invalidFault(path, "file-not-ready");
}

type NewFile = {
  noticeId: string;
  by: NoticeFile["by"];
  attachmentId: string;
  announcement: Announcement;
  idempotencyKey: IdempotencyKey | undefined;
  now: Instant;
};

const attempts = 6;
const Announced = z.object({ announced: z.int() });

/**
 * Stores an announced file as awaited, or finds the one that was announced with the same key. Throws `notice-state` where this side
 * has announced as many as it may, `idempotency-key-reused` and `unavailable`.
 */
export function announceNoticeFile({ noticeId, by, attachmentId, announcement, idempotencyKey, now }: NewFile) {
  const pk = noticeKey(noticeId);
  const countKey = { pk, sk: `${announcedKey}#${by}` };
  return retryOnConflict(attempts, async () => {
    const earlier = await readEarlierFile({ noticeId, idempotencyKey, now });
    if (earlier) return earlier;
    const counted = await readItem(countKey);
    const before = counted ? parseItem(Announced, counted).announced : 0;
    if (before >= mostNoticeFiles) throw new Fault("too-many-requests", { reason: "notice-file-limit" });
    const expiresAt = secondsOf(now) + announcedFileDays * daySeconds;
    const file: NoticeFile = {
      ...announcement,
      attachmentId,
      by,
      state: "pending",
      announcedAt: now,
      expiresAt,
    };
    const sinceRead =
      before === 0
        ? ifNew
        : { ConditionExpression: "announced = :before", ExpressionAttributeValues: { ":before": before } };
    const refusal = await writeTransaction([
      putWrite(itemOf(noticeId, file), ifNew),
      putWrite({ ...countKey, announced: before + 1 }, sinceRead),
      ...idempotencyRecordWrites({ pk, idempotencyKey, now, outcome: { attachmentId } }),
    ]);
    return refusal ? conflict : file;
  });
}

/** The file that was announced with this key before; undefined if there is none. */
async function readEarlierFile({
  noticeId,
  idempotencyKey,
  now,
}: Pick<NewFile, "noticeId" | "idempotencyKey" | "now">) {
  const record = await readIdempotencyRecord(noticeKey(noticeId), { idempotencyKey, now });
  if (!record) return undefined;
  assertSameBody(record, idempotencyKey);
  return readNoticeFile(noticeId, outcomeOf(record, AnnouncedFile).attachmentId);
}

const itemOf = (noticeId: string, file: NoticeFile) => ({
  ...itemWithUnknownFields(file),
  pk: noticeKey(noticeId),
  sk: attachmentKey(file.attachmentId),
});

/** Stores that an awaited file was kept or refused. False if that was known, or the notice was erased. */
export async function settleNoticeFile(noticeId: string, file: NoticeFile): Promise<boolean> {
  const isAwaited = {
    ConditionExpression: "#state = :pending",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":pending": "pending" },
  };
  return putIfConditionHolds(isAwaited, itemOf(noticeId, file));
}

import * as z from "zod";
import { Fault, invalidFault } from "#shared/fault.ts";
import { type Announcement, Attachment, isAttachmentExpired } from "#shared/files/attachment.ts";
import {
  AnnouncedFile,
  announcedWrites,
  countAnnounced,
  listFiles,
  readFile,
  settledFileWrite,
} from "#shared/files/stored-files.store.ts";
import { announcedFileDays, mostNoticeFiles } from "#shared/policy-numbers.ts";
import { noticeKey } from "#shared/runtime/keys.ts";
import {
  assertSameBody,
  type IdempotencyKey,
  idempotencyRecordWrites,
  outcomeOf,
  readIdempotencyRecord,
} from "#shared/storage/commands.ts";
import { conflict, retryOnConflict, writeTransaction } from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";

/** A file of a notice: a scan of the inspectors, or a file that the employee sends with the answer. */
export const NoticeFile = Attachment.extend({ by: z.enum(["inspector", "employee"]) });
export type NoticeFile = z.infer<typeof NoticeFile>;

const ownerOf = (noticeId: string, side?: NoticeFile["by"]) => ({
  pk: noticeKey(noticeId),
  schema: NoticeFile,
  ...(side && { side }),
});

/** The files of a notice. A file that never came is left out. */
export async function listNoticeFiles(noticeId: string, now: Instant): Promise<NoticeFile[]> {
  return (await listFiles(ownerOf(noticeId))).filter((file) => !isAttachmentExpired(file, now));
}

export const readNoticeFile = (noticeId: string, attachmentId: string): Promise<NoticeFile | undefined> =>
  readFile(ownerOf(noticeId), attachmentId);

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

/**
 * Stores an announced file as awaited, or finds the one that was announced with the same key. Throws `notice-state` if this side
 * has announced as many as it may, `idempotency-key-reused` and `unavailable`.
 */
export function announceNoticeFile({ noticeId, by, attachmentId, announcement, idempotencyKey, now }: NewFile) {
  const owner = ownerOf(noticeId, by);
  return retryOnConflict(attempts, async () => {
    const earlier = await readEarlierFile({ noticeId, idempotencyKey, now });
    if (earlier) return earlier;
    const announcedBefore = await countAnnounced(owner);
    if (announcedBefore >= mostNoticeFiles) throw new Fault("too-many-requests", { reason: "notice-file-limit" });
    const expiresAt = secondsOf(now) + announcedFileDays * daySeconds;
    const file: NoticeFile = {
      ...announcement,
      attachmentId,
      by,
      state: "pending",
      announcedAt: now,
      expiresAt,
    };
    const refusal = await writeTransaction([
      ...announcedWrites(owner, file, announcedBefore),
      ...idempotencyRecordWrites({ pk: owner.pk, idempotencyKey, now, outcome: { attachmentId } }),
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

/** Stores that an awaited file was kept or refused. False if that was known, or the notice was erased. */
export async function settleNoticeFile(noticeId: string, file: NoticeFile): Promise<boolean> {
  const refusal = await writeTransaction([settledFileWrite(noticeKey(noticeId), file)]);
  if (refusal === "conflict") throw new Fault("unavailable");
  return refusal === undefined;
}

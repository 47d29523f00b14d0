import { keptAttachment, refusalFromResult, refusedAttachment } from "#shared/domain/attachments/attachment.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import {
  type AttachmentReference,
  deleteCleanCopy,
  readCleanCopyInfo,
  readCleaningResult,
} from "#shared/persistence/attachments/files.ts";
import { readNoticeFile, settleNoticeFile } from "#shared/persistence/notices/files.ts";

/** Keeps or refuses the file of a notice. The clean copy of a file that is not kept is deleted. Returns the outcome for the log. */
export async function settleFileOfNotice(reference: AttachmentReference, now: Instant): Promise<string> {
  const { ownerId, attachmentId } = reference;
  const file = await readNoticeFile(ownerId, attachmentId);
  if (file?.state === "ready") return "settled before";
  const reason = file?.state === "pending" ? refusalFromResult(file, await readCleaningResult(reference)) : undefined;
  if (file?.state !== "pending" || reason) {
    if (file && reason) await settleNoticeFile(ownerId, { ...refusedAttachment(file, { reason, now }), by: file.by });
    await deleteCleanCopy(reference);
    return reason ?? (file ? "settled before" : "unknown");
  }
  const kept = { ...keptAttachment(file, await readCleanCopyInfo(reference)), by: file.by };
  if (await settleNoticeFile(ownerId, kept)) return "ready";
  // Another run settled it, or the notice was erased meanwhile.
  if ((await readNoticeFile(ownerId, attachmentId))?.state !== "ready") await deleteCleanCopy(reference);
  return "settled before";
}

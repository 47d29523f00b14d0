import * as z from "zod";
import {
  type Attachment,
  type CleanCopy,
  refusalFromResult,
  refusedAttachment,
  type UploadRefusalReason,
} from "#shared/domain/attachments/attachment.ts";
import { downloadName } from "#shared/domain/attachments/format.ts";
import { addAttachment } from "#shared/domain/complaint/remarks.ts";
import { Fault } from "#shared/domain/fault.ts";
import {
  readAttachment,
  saveKeptAttachment,
  saveRefusedAttachment,
} from "#shared/persistence/attachments/attachments.ts";
import {
  type AttachmentReference,
  attachmentReferenceOf,
  deleteCleanCopy,
  readCleanCopyInfo,
  readCleaningResult,
} from "#shared/persistence/attachments/files.ts";
import { conflict, retryOnConflict } from "#shared/persistence/transaction.ts";
import { log } from "#shared/runtime/log.ts";
import { queue } from "../triggers/queue.ts";

/** What the rule lets through of an event about a verdict. */
const CleaningNotice = z.object({ key: z.string() });

type Outcome = "kept" | "unknown" | "settled before" | UploadRefusalReason;
type Attempt = Outcome | typeof conflict;

/** Adds a file to its complaint once a clean copy can be fetched, or tells the citizen why there is none. */
export const handler = queue({
  from: "VERDICT_QUEUE",
  message: CleaningNotice,
  async consume({ key }) {
    const place = attachmentReferenceOf(key);
    const outcome = place ? await confirm(place, new Date().toISOString()) : "unknown";
    log.info("verdict consumed", { ...place, outcome });
  },
});

const attempts = 3;

/** Where another run settles the file meanwhile, it looks again: the file may be gone with its complaint, and its copy not. */
function confirm(place: AttachmentReference, now: string): Promise<Outcome> {
  return retryOnConflict(attempts, () => settle(place, now));
}

async function settle(place: AttachmentReference, now: string): Promise<Attempt> {
  const { complaintId } = place;
  const { complaint, attachment } = await readAttachment(place);
  // The copy may have come after the file was refused or forgotten, or a run that was killed has left it.
  if (attachment?.state !== "kept" && attachment?.state !== "awaited") await deleteCleanCopy(place);
  if (!attachment) return "unknown";
  if (attachment.state !== "awaited") return "settled before";
  // The complaint is being deleted, or its head was lost: which of the two shows later.
  if (!complaint) throw new Fault("unavailable");
  const reason =
    complaint.status === "closed" ? "complaint-closed" : refusalFromResult(attachment, await readCleaningResult(place));
  if (reason) return refuseUpload({ complaintId, attachment, now }, reason);
  return keepUpload({ complaintId, attachment, now }, await readCleanCopyInfo(place));
}

type PendingAttachment = { complaintId: string; attachment: Attachment; now: string };

async function refuseUpload(
  { complaintId, attachment, now }: PendingAttachment,
  reason: UploadRefusalReason,
): Promise<Attempt> {
  const isRefused = await saveRefusedAttachment(complaintId, refusedAttachment(attachment, { reason, now }));
  if (!isRefused) return conflict;
  // Nobody ever fetches the copy of a refused file, and forgetting finds only files that were kept.
  await deleteCleanCopy(attachment);
  return reason;
}

async function keepUpload(settling: PendingAttachment, copy: CleanCopy): Promise<Attempt> {
  const { attachmentId } = settling.attachment;
  const added = { attachmentId, fileName: downloadName(attachmentId, copy.contentType), ...copy };
  try {
    const isKept = await saveKeptAttachment({
      ...settling,
      copy,
      decide: (complaint, at) => addAttachment(complaint, { now: at, attachment: added }),
    });
    return isKept ? "kept" : conflict;
  } catch (error) {
    if (!(error instanceof Fault && error.code === "wrong-state")) throw error;
    return refuseUpload(settling, "complaint-closed");
  }
}

import * as z from "zod";
import {
  type Attachment,
  type CleanCopy,
  refusalByComplaint,
  refusalFromResult,
  refusedAttachment,
  type UploadRefusalReason,
} from "#shared/domain/attachments/attachment.ts";
import { downloadName } from "#shared/domain/attachments/format.ts";
import { parseNoticeId } from "#shared/domain/complaint/identifier.ts";
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
import { settleFileOfNotice } from "./notice-file.ts";

/** The message that the EventBridge rule makes of a cleaning result: the key of the result's object. */
const CleaningNotice = z.object({ key: z.string() });

type Outcome = "ready" | "unknown" | "settled before" | UploadRefusalReason;
type Attempt = Outcome | typeof conflict;

/** Adds a file to its complaint once its clean copy exists, or records for the citizen why the file was refused. */
export const handler = queue({
  from: "CLEANING_RESULT_QUEUE",
  message: CleaningNotice,
  async consume({ key }) {
    const reference = attachmentReferenceOf(key);
    const outcome = reference ? await settle(reference, new Date().toISOString()) : "unknown";
    log.info("cleaning result processed", { ...reference, outcome });
  },
});

/** A file belongs to a complaint, or to a notice to an employee. */
function settle(reference: AttachmentReference, now: string): Promise<string> {
  const isOfNotice = parseNoticeId(reference.ownerId) !== undefined;
  return isOfNotice ? settleFileOfNotice(reference, now) : confirm(reference, now);
}

const attempts = 3;

/**
 * Keeps or refuses the file. After a conflict with another run it reads everything again: the complaint may have been deleted
 * meanwhile, and the clean copy must then be deleted too.
 */
function confirm(reference: AttachmentReference, now: string): Promise<Outcome> {
  return retryOnConflict(attempts, () => keepOrRefuse(reference, now));
}

async function keepOrRefuse(reference: AttachmentReference, now: string): Promise<Attempt> {
  const { ownerId: complaintId, attachmentId } = reference;
  // A file may be processed late: it is kept even if its announcement has expired and another file has its place.
  const { complaint, attachment } = await readAttachment({ complaintId, attachmentId });
  // A clean copy may have been written after the file was refused or erased, or a killed run may have left it.
  if (attachment?.state !== "ready" && attachment?.state !== "pending") await deleteCleanCopy(reference);
  if (!attachment) return "unknown";
  if (attachment.state !== "pending") return "settled before";
  // The complaint is being deleted, or its head is lost. A later try finds out which of the two.
  if (!complaint) throw new Fault("unavailable");
  const reason =
    refusalByComplaint(complaint, attachment) ?? refusalFromResult(attachment, await readCleaningResult(reference));
  if (reason) return refuseUpload({ complaintId, attachment, now }, reason);
  return keepUpload({ complaintId, attachment, now }, await readCleanCopyInfo(reference));
}

type PendingAttachment = { complaintId: string; attachment: Attachment; now: string };

async function refuseUpload(
  { complaintId, attachment, now }: PendingAttachment,
  reason: UploadRefusalReason,
): Promise<Attempt> {
  const isRefused = await saveRefusedAttachment(complaintId, refusedAttachment(attachment, { reason, now }));
  if (!isRefused) return conflict;
  // The clean copy of a refused file is never used, and the later erasure finds only kept files. So it is deleted here.
  await deleteCleanCopy(attachment);
  return reason;
}

async function keepUpload(pending: PendingAttachment, copy: CleanCopy): Promise<Attempt> {
  const { attachmentId } = pending.attachment;
  const added = { attachmentId, fileName: downloadName(attachmentId, copy.contentType), ...copy };
  try {
    const isKept = await saveKeptAttachment({
      ...pending,
      copy,
      decide: (complaint, at) => addAttachment(complaint, { now: at, attachment: added }),
    });
    return isKept ? "ready" : conflict;
  } catch (error) {
    if (!(error instanceof Fault && error.code === "wrong-state")) throw error;
    return refuseUpload(pending, "complaint-closed");
  }
}

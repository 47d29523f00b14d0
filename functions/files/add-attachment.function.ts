import * as z from "zod";
import {
  type Attachment,
  refusalFromResult,
  refusedAttachment,
  type UploadRefusalReason,
} from "#shared/files/attachment.ts";
import {
  type AttachmentReference,
  attachmentReferenceOf,
  deleteCleanCopy,
  readCleanCopyInfo,
  readCleaningResult,
} from "#shared/files/files.store.ts";
import { parseNoticeId } from "#shared/identifier.ts";
import { log } from "#shared/runtime/log.ts";
import { conflict, retryOnConflict } from "#shared/storage/transaction.ts";
import { queue } from "../triggers/queue.ts";
import { complaintFiles } from "./complaint-file.job.ts";
import type { FileOwner } from "./file-owner.job.ts";
import { noticeFiles } from "./notice-file.job.ts";

/** The message that the EventBridge rule makes of a cleaning result: the key of the result's object. */
const CleaningNotice = z.object({ key: z.string() });

type Outcome = "ready" | "unknown" | "settled before" | UploadRefusalReason;

/** Keeps a file once its clean copy exists, or records for its sender why the file was refused. */
export const handler = queue({
  from: "CLEANING_RESULT_QUEUE",
  message: CleaningNotice,
  async consume({ key }) {
    const reference = attachmentReferenceOf(key);
    const outcome = reference ? await settle(reference, new Date().toISOString()) : "unknown";
    log.info("cleaning result processed", { ...reference, outcome });
  },
});

const attempts = 3;

/**
 * Keeps or refuses the file. After a conflict with another run it reads everything again: the owner may have been deleted
 * meanwhile, and the clean copy must then be deleted too.
 */
function settle(reference: AttachmentReference, now: string): Promise<Outcome> {
  const owner = parseNoticeId(reference.ownerId) === undefined ? complaintFiles : noticeFiles;
  return retryOnConflict(attempts, () => keepOrRefuse(reference, { owner, now }));
}

type Attempt = Outcome | typeof conflict;

async function keepOrRefuse(
  reference: AttachmentReference,
  { owner, now }: { owner: FileOwner; now: string },
): Promise<Attempt> {
  const { file, refusal } = await owner.read(reference);
  // A clean copy may have been written after the file was refused or erased, or a killed run may have left it.
  if (file?.state !== "ready" && file?.state !== "pending") await deleteCleanCopy(reference);
  if (!file) return "unknown";
  if (file.state !== "pending") return "settled before";
  const refuse = (reason: UploadRefusalReason) => refuseUpload(reference, { owner, file, reason, now });
  const reason = refusal ?? refusalFromResult(file, await readCleaningResult(reference));
  if (reason) return refuse(reason);
  const kept = await owner.keep(reference, { file, copy: await readCleanCopyInfo(reference), now });
  if (typeof kept === "string") return refuse(kept);
  return kept ? "ready" : conflict;
}

type Refusing = { owner: FileOwner; file: Attachment; reason: UploadRefusalReason; now: string };

async function refuseUpload(reference: AttachmentReference, { owner, file, reason, now }: Refusing): Promise<Attempt> {
  const isRefused = await owner.refuse(reference, refusedAttachment(file, { reason, now }));
  if (!isRefused) return conflict;
  // The clean copy of a refused file is never used, and the later erasure finds only kept files. So it is deleted here.
  await deleteCleanCopy(reference);
  return reason;
}

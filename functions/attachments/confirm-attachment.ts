import * as z from "zod";
import {
  type Attachment,
  type CleanCopy,
  type RefusalReason,
  refusalOf,
  refused,
} from "#shared/domain/attachments/attachment.ts";
import { servedName } from "#shared/domain/attachments/attachment-format.ts";
import { addAttachment } from "#shared/domain/complaint/remark.ts";
import { Fault } from "#shared/domain/fault.ts";
import { log } from "#shared/runtime/log.ts";
import { deleteClean, describeClean, readVerdict } from "#shared/store/attachments/attachment-objects.ts";
import { type AttachmentPlace, placeOf } from "#shared/store/attachments/attachment-places.ts";
import { keepAttachment, readAttachment, refuseAttachment } from "#shared/store/attachments/attachments.ts";
import { queue } from "../pipelines/queue.ts";

/** What the rule lets through of an event about a verdict. */
const Given = z.object({ key: z.string() });

type Outcome = "kept" | "unknown" | "settled before" | RefusalReason;

/** Adds a file to its complaint once a clean copy can be fetched, or tells the citizen why there is none. */
export const handler = queue({
  from: "VERDICT_QUEUE",
  message: Given,
  async consume({ key }) {
    const place = placeOf(key);
    const outcome = place ? await confirm(place, new Date().toISOString()) : "unknown";
    log.info("verdict consumed", { ...place, outcome });
  },
});

async function confirm(place: AttachmentPlace, now: string): Promise<Outcome> {
  const { complaintId } = place;
  const { complaint, attachment } = await readAttachment(place);
  // A run that was killed may have refused the file and left its copy.
  if (attachment?.state !== "kept" && attachment?.state !== "awaited") await deleteClean(place);
  if (!attachment) return "unknown";
  if (attachment.state !== "awaited") return "settled before";
  const reason = complaint?.status === "closed" ? "complaint-closed" : refusalOf(attachment, await readVerdict(place));
  if (reason) return refuse({ complaintId, attachment, now }, reason);
  return keep({ complaintId, attachment, now }, await describeClean(place));
}

type Settling = { complaintId: string; attachment: Attachment; now: string };

async function refuse({ complaintId, attachment, now }: Settling, reason: RefusalReason): Promise<Outcome> {
  const isRefused = await refuseAttachment(complaintId, refused(attachment, { reason, now }));
  if (!isRefused) return "settled before";
  // Nobody ever fetches the copy of a refused file, and forgetting finds only files that were kept.
  await deleteClean(attachment);
  return reason;
}

async function keep(settling: Settling, copy: CleanCopy): Promise<Outcome> {
  const { attachmentId } = settling.attachment;
  const added = { attachmentId, fileName: servedName(attachmentId, copy.contentType), ...copy };
  try {
    await keepAttachment({
      ...settling,
      copy,
      decide: (complaint, at) => addAttachment(complaint, { now: at, attachment: added }),
    });
    return "kept";
  } catch (error) {
    if (!(error instanceof Fault && error.code === "wrong-state")) throw error;
    return refuse(settling, "complaint-closed");
  }
}

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
import { overtaken, unlessOvertaken } from "#shared/store/transaction.ts";
import { queue } from "../pipelines/queue.ts";

/** What the rule lets through of an event about a verdict. */
const Given = z.object({ key: z.string() });

type Outcome = "kept" | "unknown" | "settled before" | RefusalReason;
type Attempt = Outcome | typeof overtaken;

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

const attempts = 3;

/** Where another run settles the file meanwhile, it looks again: the file may be gone with its complaint, and its copy not. */
function confirm(place: AttachmentPlace, now: string): Promise<Outcome> {
  return unlessOvertaken(attempts, () => settle(place, now));
}

async function settle(place: AttachmentPlace, now: string): Promise<Attempt> {
  const { complaintId } = place;
  const { complaint, attachment } = await readAttachment(place);
  // The copy may have come after the file was refused or forgotten, or a run that was killed has left it.
  if (attachment?.state !== "kept" && attachment?.state !== "awaited") await deleteClean(place);
  if (!attachment) return "unknown";
  if (attachment.state !== "awaited") return "settled before";
  // The complaint is being deleted, or its head was lost: which of the two shows later.
  if (!complaint) throw new Fault("unavailable");
  const reason = complaint.status === "closed" ? "complaint-closed" : refusalOf(attachment, await readVerdict(place));
  if (reason) return refuse({ complaintId, attachment, now }, reason);
  return keep({ complaintId, attachment, now }, await describeClean(place));
}

type Settling = { complaintId: string; attachment: Attachment; now: string };

async function refuse({ complaintId, attachment, now }: Settling, reason: RefusalReason): Promise<Attempt> {
  const isRefused = await refuseAttachment(complaintId, refused(attachment, { reason, now }));
  if (!isRefused) return overtaken;
  // Nobody ever fetches the copy of a refused file, and forgetting finds only files that were kept.
  await deleteClean(attachment);
  return reason;
}

async function keep(settling: Settling, copy: CleanCopy): Promise<Attempt> {
  const { attachmentId } = settling.attachment;
  const added = { attachmentId, fileName: servedName(attachmentId, copy.contentType), ...copy };
  try {
    const isKept = await keepAttachment({
      ...settling,
      copy,
      decide: (complaint, at) => addAttachment(complaint, { now: at, attachment: added }),
    });
    return isKept ? "kept" : overtaken;
  } catch (error) {
    if (!(error instanceof Fault && error.code === "wrong-state")) throw error;
    return refuse(settling, "complaint-closed");
  }
}

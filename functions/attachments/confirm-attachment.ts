import * as z from "zod";
import { type Attachment, type RefusalReason, refusalOf, refused } from "#shared/domain/attachments/attachment.ts";
import { addAttachment } from "#shared/domain/complaint/remark.ts";
import { Fault } from "#shared/domain/fault.ts";
import { log } from "#shared/runtime/log.ts";
import { examine, keepObject } from "#shared/store/attachments/attachment-objects.ts";
import { placeOf } from "#shared/store/attachments/attachment-places.ts";
import { keepAttachment, readAttachment, refuseAttachment } from "#shared/store/attachments/attachments.ts";
import { queue } from "../pipelines/queue.ts";

/** What the rule lets through of an event about an upload; `scan` is the result, where the province has a scanner. */
const Upload = z.object({
  key: z.string(),
  // Some services send it in quotes.
  etag: z.string().transform((sent) => sent.replaceAll('"', "")),
  scan: z.string().optional(),
});
type Upload = z.infer<typeof Upload>;

type AttachmentPlace = NonNullable<ReturnType<typeof placeOf>>;
type Outcome = "kept" | "unknown" | "settled before" | "gone or replaced" | RefusalReason;

/** Adds an upload to its complaint if it is what was announced; until then nobody can read it. */
export const handler = queue({
  from: "ATTACHMENT_QUEUE",
  message: Upload,
  async consume(upload) {
    const place = placeOf(upload.key);
    const outcome = place ? await confirm({ ...upload, ...place }, new Date().toISOString()) : "unknown";
    log.info("upload consumed", { ...place, outcome });
  },
});

async function confirm(upload: Upload & AttachmentPlace, now: string): Promise<Outcome> {
  const { complaintId, scan } = upload;
  const { complaint, attachment } = await readAttachment(upload);
  if (!attachment) return "unknown";
  if (attachment.state !== "awaited") return "settled before";
  const found = await examine(upload);
  if (!found) return "gone or replaced";
  const reason = refusalOf(attachment, { ...found, scan });
  if (reason) return refuse({ complaintId, attachment, reason, now });
  // Checked before the copy is made, since a copy is never deleted.
  if (complaint?.status === "closed") return refuse({ complaintId, attachment, reason: "complaint-closed", now });
  if (!(await keepObject(upload))) return "gone or replaced";
  return keep({ complaintId, attachment, now });
}

type Settling = { complaintId: string; attachment: Attachment; now: string };

async function refuse({ complaintId, attachment, reason, now }: Settling & { reason: RefusalReason }) {
  await refuseAttachment(complaintId, refused(attachment, { reason, now }));
  return reason;
}

async function keep({ complaintId, attachment, now }: Settling): Promise<Outcome> {
  const { attachmentId, fileName, contentType, size } = attachment;
  const added = { attachmentId, fileName, contentType, size };
  try {
    await keepAttachment({
      complaintId,
      attachment,
      now,
      decide: (complaint, at) => addAttachment(complaint, { now: at, attachment: added }),
    });
    return "kept";
  } catch (error) {
    if (!(error instanceof Fault && error.code === "wrong-state")) throw error;
    return refuse({ complaintId, attachment, reason: "complaint-closed", now });
  }
}

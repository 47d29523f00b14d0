import { randomBytes } from "node:crypto";
import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Announcement, AttachmentId } from "#shared/domain/attachments/attachment.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { uploadForm } from "#shared/store/attachments/attachment-links.ts";
import { announceOnce } from "#shared/store/attachments/attachments.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";

const Upload = z
  .object({
    attachmentId: AttachmentId,
    url: z.url(),
    fields: z.record(z.string(), z.string()),
    expiresAt: Instant,
  })
  .meta({ id: "Upload" });

/** POST /v1/complaints/{id}/attachments: the citizen announces a file and gets the form to send exactly that one. */
export const addAttachment = route({
  caller: "citizen",
  summary: { en: "Announce a file and get the form to send it with", fa: "اعلام پیوست و دریافت فرم ارسال آن" },
  path: ComplaintPath,
  body: Announcement,
  answer: { status: 201, schema: Upload },
  problems: ["not-allowed", "wrong-state", "too-many", "idempotency-key-reused"],
  async run({ principal, body, now, once }) {
    const { complaintId } = principal;
    const fresh = { attachmentId: randomBytes(16).toString("hex"), announcement: body };
    const attachment = await announceOnce({ by: principal, ...fresh, once, now });
    const { attachmentId } = attachment;
    const form = await uploadForm({ complaintId, attachment, now });
    const location = `/v1/complaints/${complaintId}/attachments/${attachmentId}`;
    return { status: 201, body: { attachmentId, ...form }, headers: { location } };
  },
});

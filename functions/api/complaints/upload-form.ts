import * as z from "zod";
import { AttachmentId } from "#shared/domain/attachments/attachment.ts";
import { Instant } from "#shared/domain/time/calendar.ts";

/** A form that posts one announced file, until `expiresAt`. */
export const UploadForm = z
  .object({
    attachmentId: AttachmentId,
    url: z.url(),
    fields: z.record(z.string(), z.string()),
    expiresAt: Instant,
  })
  .meta({ id: "UploadForm" });

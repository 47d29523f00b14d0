import * as z from "zod";
import { Instant } from "../time/calendar.ts";
import { AttachmentId } from "./attachment.ts";

/** A form that posts one announced file, until `expiresAt`. */
export const UploadForm = z
  .object({
    attachmentId: AttachmentId,
    url: z.url(),
    fields: z.record(z.string(), z.string()),
    expiresAt: Instant,
  })
  .meta({ id: "UploadForm" });

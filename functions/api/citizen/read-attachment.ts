import { route } from "#functions/pipelines/route.ts";
import { AttachmentPath, attachmentOf, Download } from "../any-caller/attachment-download.ts";

/** GET /v1/complaints/{id}/attachments/{attachmentId}: the citizen fetches a file. */
export const readAttachmentAsCitizen = route({
  caller: "citizen",
  summary: { en: "Fetch a file of one's own complaint", fa: "دریافت پیوست شکایت خود" },
  path: AttachmentPath,
  answer: { status: 200, schema: Download },
  run: ({ principal, path, now }) => attachmentOf({ ...path, by: principal, now }),
});

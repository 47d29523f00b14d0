import { route } from "#functions/pipelines/route.ts";
import { AttachmentPath, attachmentOf, Download } from "../any-caller/attachment-download.ts";

/** GET /v1/inspector/complaints/{id}/attachments/{attachmentId}: an inspector fetches a file. */
export const readAttachmentAsInspector = route({
  caller: "inspector",
  summary: { en: "Fetch a file of any complaint", fa: "دریافت پیوست هر شکایت" },
  path: AttachmentPath,
  answer: { status: 200, schema: Download },
  run: ({ principal, path, now }) => attachmentOf({ ...path, by: principal, now }),
});

import { route } from "#functions/pipelines/route.ts";
import { AttachmentPath, attachmentOf, Download } from "../any-caller/attachment-download.ts";

/** GET /v1/agency/complaints/{id}/attachments/{attachmentId}: the agency fetches a file. */
export const readAttachmentAsAgency = route({
  caller: "agency",
  summary: { en: "Fetch a file of a complaint of the agency's own", fa: "دریافت پیوست شکایت دستگاه خود" },
  path: AttachmentPath,
  answer: { status: 200, schema: Download },
  run: ({ principal, path, now }) => attachmentOf({ ...path, by: principal, now }),
});

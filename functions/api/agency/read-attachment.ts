import { route } from "#functions/pipelines/route.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { readSharedIdentity } from "#shared/store/complaints/identities.ts";
import { AttachmentPath, attachmentOf, Download } from "../any-caller/attachment-download.ts";

/**
 * GET /v1/agency/complaints/{id}/attachments/{attachmentId}: the agency fetches a file; its own name is told only where
 * the identity is shared.
 */
export const readAttachmentAsAgency = route({
  caller: "agency",
  summary: { en: "Fetch a file of a complaint of the agency's own", fa: "دریافت پیوست شکایت دستگاه خود" },
  path: AttachmentPath,
  answer: { status: 200, schema: Download },
  run: ({ principal, path, now }) => attachmentOf({ ...path, by: principal, now, knows: isShared }),
});

async function isShared(complaint: Complaint): Promise<boolean> {
  return (await readSharedIdentity(complaint)) !== undefined;
}

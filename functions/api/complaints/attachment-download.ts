import { ComplaintPath } from "#functions/http/parameters.ts";
import type { Reply } from "#functions/http/reply.ts";
import { AttachmentId } from "#shared/domain/attachments/attachment.ts";
import { assertAccess } from "#shared/domain/complaint/access.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { assertNotErasedFor } from "#shared/domain/retention/forgetting.ts";
import { readAttachment } from "#shared/persistence/attachments/attachments.ts";
import { downloadLink } from "#shared/persistence/attachments/links.ts";
import { retention } from "#shared/province/slices.static.ts";

/** The path parameters of one attachment. */
export const AttachmentPath = ComplaintPath.extend({ attachmentId: AttachmentId });

type Reader = PrincipalOf<"citizen" | "agency" | "inspector">;

type DownloadRequest = { id: string; attachmentId: string; by: Reader; now: string };

/**
 * Answers with a link to the file. Throws `not-found` where the reader may not see the complaint or the file is not kept.
 */
export async function downloadReply({ id: complaintId, attachmentId, by, now }: DownloadRequest): Promise<Reply> {
  const { complaint, attachment } = await readAttachment({ complaintId, attachmentId });
  assertAccess(complaint, by);
  assertNotErasedFor(complaint, { viewer: by.caller, kind: "texts", now, retention });
  if (attachment?.state !== "ready" || !attachment.copy) throw new Fault("not-found");
  const { fileName, copy } = attachment;
  const link = await downloadLink({ attachmentId, now, contentType: copy.contentType });
  return { status: 200, body: { ...link, ...(by.caller === "citizen" && { fileName }), ...copy } };
}

import { assertAccess } from "#shared/complaints/access.ts";
import { assertNotErasedFor } from "#shared/complaints/forgetting.ts";
import { Fault } from "#shared/fault.ts";
import { AttachmentId } from "#shared/files/attachment.ts";
import { downloadLink } from "#shared/files/links.store.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { retention } from "#shared/province/slices.static.ts";
import { ComplaintPath } from "../http/parameters.ts";
import type { Reply } from "../http/reply.ts";
import { readAttachment } from "./complaint-files.store.ts";

/** The path parameters of one attachment. */
export const AttachmentPath = ComplaintPath.extend({ attachmentId: AttachmentId });

type Reader = PrincipalOf<"citizen" | "agency" | "inspector">;

type DownloadRequest = { id: string; attachmentId: string; by: Reader; now: string };

/**
 * Answers with a link to the file. Throws `not-found` if the reader may not see the complaint or the file is not kept.
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

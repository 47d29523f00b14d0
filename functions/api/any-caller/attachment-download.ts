import * as z from "zod";
import type { Reply } from "#functions/pipelines/reply.ts";
import { AttachmentId, dispositionOf } from "#shared/domain/attachments/attachment.ts";
import { ContentType } from "#shared/domain/attachments/attachment-format.ts";
import { knowsCitizen, mustConcern } from "#shared/domain/complaint/access.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { downloadLink } from "#shared/store/attachments/attachment-links.ts";
import { readAttachment } from "#shared/store/attachments/attachments.ts";
import { ComplaintPath } from "./complaint-path.ts";

/** No attachment has it; short, as in ComplaintPath. */
const nobodys = "none";

/** An attachment in a path; one that cannot be an id is unknown like any other. */
export const AttachmentPath = ComplaintPath.extend({
  attachmentId: z.string().transform((sent) => AttachmentId.safeParse(sent).data ?? nobodys),
});

/**
 * Where a file may be fetched until `expiresAt`, a minute from now, without any header of ours: a redirect could not be
 * followed by a browser's page, and would carry the citizen's secret to the host of the files.
 */
export const Download = z
  .object({
    url: z.url(),
    expiresAt: Instant,
    /** The citizen's own name of the file, for whoever may know the citizen. */
    fileName: z.string().optional(),
    contentType: ContentType,
    size: z.int(),
  })
  .meta({ id: "Download" });

type Reader = PrincipalOf<"citizen" | "agency" | "inspector">;

type Wanted = { id: string; attachmentId: string; by: Reader; now: string };

/** Leads to the file if it stands with a complaint that is the reader's to see; else all looks the same. */
export async function attachmentOf({ id: complaintId, attachmentId, by, now }: Wanted): Promise<Reply> {
  const { complaint, attachment } = await readAttachment({ complaintId, attachmentId });
  mustConcern(complaint, by);
  if (attachment?.state !== "kept") throw new Fault("not-found");
  const knowsName = knowsCitizen(by.caller, complaint);
  const disposition = dispositionOf(attachment, knowsName ? "name" : "nothing");
  const link = await downloadLink({ complaintId, attachment, disposition, now });
  const { fileName, contentType, size } = attachment;
  return { status: 200, body: { ...link, ...(knowsName && { fileName }), contentType, size } };
}

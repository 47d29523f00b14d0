import * as z from "zod";
import type { Reply } from "#functions/pipelines/reply.ts";
import { AttachmentId, dispositionOf } from "#shared/domain/attachments/attachment.ts";
import { knowsCitizen, mustConcern } from "#shared/domain/complaint/access.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { downloadLink } from "#shared/store/attachments/attachment-links.ts";
import { readAttachment } from "#shared/store/attachments/attachments.ts";
import { ComplaintPath } from "./complaint-path.ts";

/** No attachment has it; short, as in ComplaintPath. */
const nobodys = "none";

/** An attachment in a path; one that cannot be an id is unknown like any other. */
export const AttachmentPath = ComplaintPath.extend({
  attachmentId: z.string().transform((sent) => AttachmentId.safeParse(sent).data ?? nobodys),
});

type Reader = PrincipalOf<"citizen" | "agency" | "inspector">;

type Wanted = { id: string; attachmentId: string; by: Reader; now: string };

/** Leads to the file if it stands with a complaint that is the reader's to see; else all looks the same. */
export async function attachmentOf({ id: complaintId, attachmentId, by, now }: Wanted): Promise<Reply> {
  const { complaint, attachment } = await readAttachment({ complaintId, attachmentId });
  mustConcern(complaint, by);
  if (attachment?.state !== "kept") throw new Fault("not-found");
  const disposition = dispositionOf(attachment, knowsCitizen(by.caller, complaint) ? "name" : "nothing");
  const location = await downloadLink({ complaintId, attachment, disposition, now });
  return { status: 302, body: undefined, headers: { location } };
}

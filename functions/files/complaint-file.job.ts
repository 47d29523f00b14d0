import { refusalByComplaint } from "#shared/complaints/announced-files.ts";
import { addAttachment } from "#shared/complaints/remarks.ts";
import { Fault } from "#shared/fault.ts";
import { downloadName } from "#shared/files/format.ts";
import { readAttachment, saveKeptAttachment, saveRefusedAttachment } from "./complaint-files.store.ts";
import type { FileOwner } from "./file-owner.job.ts";

/** The files of complaints. A kept file is an event of its complaint. */
export const complaintFiles: FileOwner = {
  async read({ ownerId: complaintId, attachmentId }) {
    // A file may be processed late: it is kept even if its announcement has expired and another file has its place.
    const { complaint, attachment: file } = await readAttachment({ complaintId, attachmentId });
    if (file?.state !== "pending") return { file };
    // The complaint is being deleted, or its head is lost. A later try finds out which of the two.
    if (!complaint) throw new Fault("unavailable");
    return { file, refusal: refusalByComplaint(complaint, file) };
  },
  async keep({ ownerId: complaintId, attachmentId }, { file, copy, now }) {
    const attachment = { attachmentId, fileName: downloadName(attachmentId, copy.contentType), ...copy };
    const decide: Parameters<typeof saveKeptAttachment>[0]["decide"] = (complaint, at) =>
      addAttachment(complaint, { now: at, attachment });
    try {
      return await saveKeptAttachment({ complaintId, attachment: file, copy, now, decide });
    } catch (error) {
      if (error instanceof Fault && error.code === "wrong-state") return "complaint-closed";
      throw error;
    }
  },
  refuse: ({ ownerId }, refused) => saveRefusedAttachment(ownerId, refused),
};

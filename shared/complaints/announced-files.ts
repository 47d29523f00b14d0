import { Fault } from "../fault.ts";
import {
  type Announcement,
  type Attachment,
  isAttachmentExpired,
  type UploadRefusalReason,
} from "../files/attachment.ts";
import { announcedFileDays, mostAnnouncements, uploadLimits } from "../policy-numbers.ts";
import { isSandbox } from "../province/directory.ts";
import { daySeconds, secondsOf } from "../time/duration.ts";
import type { Complaint } from "./complaint.ts";
import { wrongStateFault } from "./refusals.ts";

type AnnouncementInput = {
  attachmentId: string;
  announcement: Announcement;
  /** The other attachments of the complaint, refused and expired attachments included. */
  others: Attachment[];
  /** How many files of the complaint were ever announced before this one. */
  announcedBefore: number;
  now: string;
};

/**
 * Announces a file. Throws `wrong-state` if the complaint is closed, has the maximum number of files, or had too many
 * announcements. Throws `too-many-requests` if some of its files are still awaited: their places become free when they expire.
 */
export function announce(
  complaint: Complaint,
  { attachmentId, announcement, others, announcedBefore, now }: AnnouncementInput,
): Attachment {
  // The bucket could not delete the files of a single sandbox complaint when it expires.
  if (isSandbox(complaint)) throw new Fault("not-allowed");
  if (complaint.status === "closed") throw wrongStateFault(complaint);
  if (announcedBefore >= mostAnnouncements) throw wrongStateFault(complaint, "announcement-limit");
  const valid = others.filter((other) => other.state !== "refused" && !isAttachmentExpired(other, now));
  if (valid.length >= uploadLimits.files) throw tooManyFilesFault(complaint, { valid, now });
  const expiresAt = secondsOf(now) + announcedFileDays * daySeconds;
  const { secretGeneration } = complaint;
  return { ...announcement, attachmentId, state: "pending", announcedAt: now, secretGeneration, expiresAt };
}

/** Why no file is added to the complaint in its present state. Undefined if the complaint takes the file. */
export function refusalByComplaint(
  { status, secretGeneration }: Complaint,
  attachment: Attachment,
): UploadRefusalReason | undefined {
  if (status === "closed") return "complaint-closed";
  // A person with the old secret may still have a form for the upload. A file that comes by this form does not reach the complaint.
  return attachment.secretGeneration === secretGeneration ? undefined : "secret-renewed";
}

/** `retryAfter` is the number of seconds until the first awaited file expires. */
function tooManyFilesFault(complaint: Complaint, { valid, now }: { valid: Attachment[]; now: string }): Fault {
  const expiryTimes = valid.flatMap(({ expiresAt }) => expiresAt ?? []);
  if (expiryTimes.length === 0) return wrongStateFault(complaint, "attachment-limit");
  const retryAfter = String(Math.min(...expiryTimes) - secondsOf(now));
  return new Fault("too-many-requests", { reason: "attachments-awaited", values: { retryAfter } });
}

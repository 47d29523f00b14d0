import * as z from "zod";
import { type Complaint, Newer } from "../complaint/complaint.ts";
import { wrongState } from "../complaint/guards.ts";
import { isSandbox } from "../complaint/sandbox.ts";
import { Fault } from "../fault.ts";
import { announcedFileDays, refusedFileDays, uploadLimits } from "../policy-numbers.ts";
import { line } from "../text.ts";
import { daySeconds, secondsOf } from "../time/duration.ts";
import { Instant } from "../time/instant.ts";
import { CleanType, ContentType, servedName } from "./attachment-format.ts";

const FileName = line({ max: 200 })
  .refine((name) => !/[/\\]/.test(name), { params: { rule: "file-name" } })
  .meta({ minLength: 1, maxLength: 200, examples: ["نوبت.jpg", "receipt.pdf"] });

/** Told in megabytes where it is too large: a rule of its own, since people know no bytes. */
const FileSize = z
  .int()
  .min(1)
  .refine((size) => size <= uploadLimits.size, { params: { rule: "max-bytes", limit: uploadLimits.size } })
  .meta({ minimum: 1, maximum: uploadLimits.size });

/** What a citizen says of a file before sending it; an upload that differs is refused. */
export const Announcement = z.strictObject({
  fileName: FileName,
  contentType: ContentType,
  size: FileSize,
});
export type Announcement = z.infer<typeof Announcement>;

/** Why an upload was not added to the complaint. */
export const RefusalReason = z.enum([
  "wrong-size",
  "wrong-type",
  "not-what-it-says",
  "unreadable",
  "too-much-inside",
  "locked",
  "font-missing",
  "took-too-long",
  "malware-found",
  "not-scanned",
  "complaint-closed",
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

export const AttachmentId = z.string().regex(/^[0-9a-f]{32}$/);

export const Attachment = z.object({
  attachmentId: AttachmentId,
  fileName: z.string(),
  /** Of the file that was announced. */
  contentType: ContentType,
  size: z.int(),
  /** What is served of it, once it is kept. */
  copy: z.object({ contentType: CleanType, size: z.int() }).optional(),
  state: z.enum(["awaited", "kept", "refused"]),
  announcedAt: Instant,
  reason: RefusalReason.optional(),
  /** Seconds since 1970 after which the table deletes it; a kept attachment has none. */
  expiresAt: z.int().optional(),
  newer: Newer,
});
export type Attachment = z.infer<typeof Attachment>;

/** The table deletes an expired item only some time later; until then it must be taken for gone. */
export function isForgotten({ expiresAt }: Pick<Attachment, "expiresAt">, now: string): boolean {
  return expiresAt !== undefined && expiresAt <= secondsOf(now);
}

type Announced = { attachmentId: string; announcement: Announcement; others: Attachment[]; now: string };

/** Throws `wrong-state` where the complaint is closed or full, `too-many` where announced files that expire fill it. */
export function announce(complaint: Complaint, { attachmentId, announcement, others, now }: Announced): Attachment {
  // Files lie in a bucket, where nothing of one complaint lapses by itself.
  if (isSandbox(complaint)) throw new Fault("not-allowed");
  if (complaint.status === "closed") throw wrongState(complaint);
  const standing = others.filter((other) => other.state !== "refused" && !isForgotten(other, now));
  if (standing.length >= uploadLimits.files) throw full(complaint, { standing, now });
  const expiresAt = secondsOf(now) + announcedFileDays * daySeconds;
  return { ...announcement, attachmentId, state: "awaited", announcedAt: now, expiresAt };
}

function full(complaint: Complaint, { standing, now }: { standing: Attachment[]; now: string }): Fault {
  const ends = standing.flatMap(({ expiresAt }) => expiresAt ?? []);
  if (ends.length === 0) return wrongState(complaint, "attachment-limit");
  const retryAfter = String(Math.min(...ends) - secondsOf(now));
  return new Fault("too-many", { because: "attachments-awaited", says: { retryAfter } });
}

/** What a scanner says of an upload, where the province has one; undefined where it found nothing wrong. */
export function refusalByScan(scan: string | undefined): RefusalReason | undefined {
  if (scan === undefined || scan === "NO_THREATS_FOUND") return undefined;
  return scan === "THREATS_FOUND" ? "malware-found" : "not-scanned";
}

/** What became of an upload: made anew or refused, and what it was said to be. */
export const Verdict = z.object({
  size: z.int().optional(),
  contentType: z.string().optional(),
  refused: RefusalReason.optional(),
});
export type Verdict = z.infer<typeof Verdict>;

/** Why an upload is refused; undefined where it is what was announced, and was made anew. */
export function refusalOf({ size, contentType }: Attachment, verdict: Verdict): RefusalReason | undefined {
  if (verdict.refused) return verdict.refused;
  if (verdict.size !== size) return "wrong-size";
  return verdict.contentType === contentType ? undefined : "wrong-type";
}

export type CleanCopy = NonNullable<Attachment["copy"]>;

export function kept({ expiresAt: _, ...attachment }: Attachment, copy: CleanCopy): Attachment {
  return { ...attachment, copy, state: "kept" };
}

export function refused(attachment: Attachment, { reason, now }: { reason: RefusalReason; now: string }): Attachment {
  return { ...attachment, state: "refused", reason, expiresAt: secondsOf(now) + refusedFileDays * daySeconds };
}

/** The `Content-Disposition` of a download: always saved, never shown, under a name of ours. */
export function dispositionOf(attachmentId: string, type: CleanType): string {
  return `attachment; filename="${servedName(attachmentId, type)}"`;
}

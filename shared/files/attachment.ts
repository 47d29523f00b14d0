import * as z from "zod";
import { refusedFileDays, uploadLimits } from "../policy-numbers.ts";
import { UnknownFields } from "../storage/newer-items.ts";
import { singleLineText } from "../text.ts";
import { Instant } from "../time/calendar.ts";
import { daySeconds, secondsOf } from "../time/duration.ts";
import { type LocalizedText, Name } from "../vocabulary.ts";
import { CleanType, ContentType, downloadName } from "./format.ts";

const FileName = singleLineText({ max: 200 })
  .refine((name) => !/[/\\]/.test(name), { params: { rule: "file-name" } })
  .meta({ minLength: 1, maxLength: 200, examples: ["نوبت.jpg", "receipt.pdf"] });

/** Has its own rule, because the message names the limit in megabytes instead of bytes. */
const FileSize = z
  .int()
  .min(1)
  .refine((size) => size <= uploadLimits.size, { params: { rule: "max-bytes", limit: uploadLimits.size } })
  .meta({ minimum: 1, maximum: uploadLimits.size });

/** The name, type and size of a file, which the citizen announces before the upload. A different upload is refused. */
export const Announcement = z.strictObject({
  fileName: FileName,
  contentType: ContentType,
  size: FileSize,
});
export type Announcement = z.infer<typeof Announcement>;

/** Why an upload was not added to the complaint. */
export const UploadRefusalReason = z.enum([
  "wrong-size",
  "wrong-type",
  "content-mismatch",
  "unreadable",
  "too-complex",
  "password-protected",
  "font-missing",
  "unknown-codec",
  "hidden-content",
  "processing-timeout",
  "malware-found",
  "scan-failed",
  "complaint-closed",
  "secret-renewed",
]);
export type UploadRefusalReason = z.infer<typeof UploadRefusalReason>;

export const AttachmentId = z.string().regex(/^[0-9a-f]{32}$/);

export const Attachment = z.object({
  attachmentId: AttachmentId,
  fileName: z.string(),
  /** Type and size of the announced file. */
  contentType: ContentType,
  size: z.int(),
  /** Type and size of the cleaned copy, which is served. Present once the attachment is kept. */
  copy: z.object({ contentType: CleanType, size: z.int() }).optional(),
  state: z.enum(["pending", "ready", "refused"]),
  announcedAt: Instant,
  /** The generation of the secret with which it was announced, where an inspector had renewed it. */
  secretGeneration: z.int().optional(),
  reason: UploadRefusalReason.optional(),
  /** Seconds since 1970 after which the table deletes it; a kept attachment has none. */
  expiresAt: z.int().optional(),
  newer: UnknownFields,
});
export type Attachment = z.infer<typeof Attachment>;

/** Whether an attachment counts as deleted. The table deletes expired items only some time later. */
export function isAttachmentExpired({ expiresAt }: Pick<Attachment, "expiresAt">, now: string): boolean {
  return expiresAt !== undefined && expiresAt <= secondsOf(now);
}

/**
 * The refusal that follows from the malware scan. `scanResult` is undefined if the province has no scanner. Returns
 * undefined if the upload is not refused.
 */
export function refusalFromScan(scanResult: string | undefined): UploadRefusalReason | undefined {
  if (scanResult === undefined || scanResult === "NO_THREATS_FOUND") return undefined;
  return scanResult === "THREATS_FOUND" ? "malware-found" : "scan-failed";
}

/** The result of cleaning an upload: its actual size and declared type, and the reason where it was refused. */
export const CleaningResult = z.object({
  size: z.int().optional(),
  contentType: z.string().optional(),
  reason: UploadRefusalReason.optional(),
});
export type CleaningResult = z.infer<typeof CleaningResult>;

/** Why an upload is refused. Undefined if it matches the announcement and was cleaned. */
export function refusalFromResult(
  { size, contentType }: Attachment,
  result: CleaningResult,
): UploadRefusalReason | undefined {
  if (result.reason) return result.reason;
  if (result.size !== size) return "wrong-size";
  return result.contentType === contentType ? undefined : "wrong-type";
}

export type CleanCopy = NonNullable<Attachment["copy"]>;

export function keptAttachment({ expiresAt: _, ...attachment }: Attachment, copy: CleanCopy): Attachment {
  return { ...attachment, copy, state: "ready" };
}

export function refusedAttachment(
  attachment: Attachment,
  { reason, now }: { reason: UploadRefusalReason; now: string },
): Attachment {
  return { ...attachment, state: "refused", reason, expiresAt: secondsOf(now) + refusedFileDays * daySeconds };
}

/** The `Content-Disposition` header of a download. Browsers save the file and never display it. */
export function contentDispositionOf(attachmentId: string, type: CleanType): string {
  return `attachment; filename="${downloadName(attachmentId, type)}"`;
}

/** The status of an announced file. Only the citizen or employee who announced the file sees it: it has the file's own name. */
export const UploadStatus = z.object({
  attachmentId: z.string(),
  fileName: z.string(),
  /** `pending` until the file was uploaded and cleaned. */
  state: z.enum(["pending", "ready", "refused"]),
  /** The time until which a pending file must be uploaded. */
  until: Instant.optional(),
  reason: UploadRefusalReason.optional(),
  /** The reason, as a sentence for the person who announced the file. */
  reasonText: Name.optional(),
});
export type UploadStatus = z.infer<typeof UploadStatus>;

const reasons: Record<UploadRefusalReason, LocalizedText> = {
  "wrong-size": {
    fa: "حجم فایل با آنچه اعلام شده بود یکی نیست؛ همان فایل را دوباره انتخاب کنید و بفرستید",
    en: "The file is not as large as was announced; choose the same file again and send it",
  },
  "wrong-type": {
    fa: "نوع فایل با آنچه اعلام شده بود یکی نیست؛ همان فایل را دوباره انتخاب کنید و بفرستید",
    en: "The file is not of the type that was announced; choose the same file again and send it",
  },
  "content-mismatch": {
    fa: "محتوای فایل از نوعی که گفته شده نیست؛ فایل اصلی را بدون تغییر پسوند بفرستید",
    en: "The content is of another type than it says; send the original without renaming it",
  },
  unreadable: {
    fa: "فایل خراب یا ناقص است؛ آن را در فایل تازه‌ای ذخیره کنید (یا به PDF چاپ کنید) و بفرستید",
    en: "The file is damaged or incomplete; save it as a new file (or print it to a PDF) and send that",
  },
  "too-complex": {
    fa: "فایل بیش از اندازه بزرگ یا پیچیده است؛ تصویر کوچک‌تر، فیلم کوتاه‌تر یا برگه‌های کمتری بفرستید",
    en: "There is more in the file than can be taken; send a smaller picture, a shorter film or fewer pages",
  },
  "password-protected": {
    fa: "فایل رمز دارد و بررسی نمی‌شود؛ بدون رمز ذخیره کنید و بفرستید",
    en: "The file is locked by a password and cannot be looked into; save it without one",
  },
  "font-missing": {
    fa: "قلم نوشته‌های فایل همراه آن نیست و متن درست دیده نمی‌شود؛ از سند عکس بگیرید یا آن را با قلم‌های درون فایل ذخیره کنید",
    en: "A font of the file is not in it, so its text cannot be drawn; send a photo, or save it with its fonts embedded",
  },
  "unknown-codec": {
    fa: "تصویر، فیلم یا صدای فایل در قالبی است که پذیرفته نمی‌شود؛ از تصویر، عکس صفحه (اسکرین‌شات) بفرستید؛ برای فیلم، در تنظیمات دوربین «سازگارترین» (H.264) را برگزینید و دوباره ضبط کنید، یا فایل را با پیام‌رسان برای خودتان بفرستید و نسخهٔ دریافتی را بفرستید",
    en: "The picture, film or sound is in a format that cannot be taken; of a picture, send a screenshot; record a film again with the camera set to 'most compatible' (H.264), or send the file to yourself by a messenger and send what arrives there",
  },
  "hidden-content": {
    fa: "در فایل چیزی هست که همهٔ برنامه‌ها نشان نمی‌دهند، مانند یادداشت یا لایهٔ پنهان، تصویر متحرک، یا فیلم یا صدای دوم یا خاموش؛ آنچه را می‌بینید در فایل تازه‌ای ذخیره کنید (چاپ به PDF، یا عکس یا فیلم صفحه) و بفرستید",
    en: "The file holds something that not every program shows, such as a hidden note or layer, moving pictures, or a second or switched-off film or sound; save what you see as a new file (print it to a PDF, or take a picture or film of the screen) and send that",
  },
  "processing-timeout": {
    fa: "آماده‌سازی فایل به پایان نرسید؛ فایل کوتاه‌تر یا کوچک‌تری بفرستید",
    en: "Preparing the file did not come to an end; send a shorter or smaller one",
  },
  "malware-found": {
    fa: "در فایل بدافزار پیدا شد؛ فایل دیگری، مانند عکسی از همان سند، بفرستید",
    en: "Malware was found in the file; send another, such as a picture of the same document",
  },
  "scan-failed": {
    fa: "فایل برای بدافزار بررسی نشد؛ کمی بعد دوباره بفرستید",
    en: "The file could not be scanned for malware; send it again a little later",
  },
  "complaint-closed": {
    fa: "شکایت پیش از رسیدن فایل بسته شد؛ دیگر پیوستی افزوده نمی‌شود",
    en: "The complaint was closed before the file came; no more files can be added",
  },
  "secret-renewed": {
    fa: "رمز شکایت پیش از آماده شدن فایل نو شد؛ فایل را با رمز تازه دوباره بفرستید",
    en: "The secret was renewed before the file was ready; send the file again with the new secret",
  },
};

export function uploadStatus({ attachmentId, fileName, state, reason, expiresAt }: Attachment): UploadStatus {
  return {
    attachmentId,
    fileName,
    state,
    ...(state === "pending" && expiresAt !== undefined && { until: new Date(expiresAt * 1_000).toISOString() }),
    ...(reason && { reason, reasonText: reasons[reason] }),
  };
}

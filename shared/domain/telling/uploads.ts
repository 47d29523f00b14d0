import * as z from "zod";
import { type Attachment, RefusalReason } from "../attachments/attachment.ts";
import { Instant } from "../time/instant.ts";
import { Name, type Text } from "../vocabulary.ts";

/** What became of a file that the citizen announced, told to the citizen alone: only they know it by this name. */
export const UploadTold = z.object({
  attachmentId: z.string(),
  fileName: z.string(),
  /** `pending` until the file has come and was made anew. */
  state: z.enum(["pending", "ready", "refused"]),
  /** How long a file that is pending is waited for. */
  until: Instant.optional(),
  reason: RefusalReason.optional(),
  /** The reason in words. */
  why: Name.optional(),
});
export type UploadTold = z.infer<typeof UploadTold>;

const reasons: Record<RefusalReason, Text> = {
  "wrong-size": {
    fa: "حجم فایل با آنچه اعلام شده بود یکی نیست؛ همان فایل را دوباره انتخاب کنید و بفرستید",
    en: "The file is not as large as was announced; choose the same file again and send it",
  },
  "wrong-type": {
    fa: "نوع فایل با آنچه اعلام شده بود یکی نیست؛ همان فایل را دوباره انتخاب کنید و بفرستید",
    en: "The file is not of the type that was announced; choose the same file again and send it",
  },
  "not-what-it-says": {
    fa: "محتوای فایل از نوعی که گفته شده نیست؛ فایل اصلی را بدون تغییر پسوند بفرستید",
    en: "The content is of another type than it says; send the original without renaming it",
  },
  unreadable: {
    fa: "فایل خراب یا ناقص است، برنامه‌ها آن را یکسان نشان نمی‌دهند، یا بخشی از صدا یا تصویر آن بریده یا خاموش است؛ آن را در فایل تازه‌ای ذخیره کنید (یا به PDF چاپ کنید) و بفرستید",
    en: "The file is damaged or incomplete, programs show it differently, or some of its sound or picture is cut or off; save it as a new file (or print it to a PDF) and send that",
  },
  "too-much-inside": {
    fa: "فایل بیش از اندازه بزرگ یا پیچیده است؛ تصویر کوچک‌تر یا برگه‌های کمتری بفرستید",
    en: "There is more in the file than can be taken; send a smaller picture or fewer pages",
  },
  locked: {
    fa: "فایل رمز دارد و بررسی نمی‌شود؛ بدون رمز ذخیره کنید و بفرستید",
    en: "The file is locked by a password and cannot be looked into; save it without one",
  },
  "font-missing": {
    fa: "قلم نوشته‌های فایل همراه آن نیست و متن درست دیده نمی‌شود؛ از سند عکس بگیرید یا آن را با قلم‌های درون فایل ذخیره کنید",
    en: "A font of the file is not in it, so its text cannot be drawn; send a photo, or save it with its fonts embedded",
  },
  "took-too-long": {
    fa: "آماده‌سازی فایل به پایان نرسید؛ آن را به شکل دیگری ذخیره کنید و بفرستید",
    en: "Preparing the file did not come to an end; save it in another form and send that",
  },
  "malware-found": {
    fa: "در فایل بدافزار پیدا شد؛ فایل دیگری، مانند عکسی از همان سند، بفرستید",
    en: "Malware was found in the file; send another, such as a picture of the same document",
  },
  "not-scanned": {
    fa: "فایل برای بدافزار بررسی نشد؛ کمی بعد دوباره بفرستید",
    en: "The file could not be scanned for malware; send it again a little later",
  },
  "complaint-closed": {
    fa: "شکایت پیش از رسیدن فایل بسته شد؛ دیگر پیوستی افزوده نمی‌شود",
    en: "The complaint was closed before the file came; no more files can be added",
  },
};

const states = { awaited: "pending", kept: "ready", refused: "refused" } as const;

export function uploadOf({ attachmentId, fileName, state, reason, expiresAt }: Attachment): UploadTold {
  return {
    attachmentId,
    fileName,
    state: states[state],
    ...(state === "awaited" && expiresAt !== undefined && { until: new Date(expiresAt * 1_000).toISOString() }),
    ...(reason && { reason, why: reasons[reason] }),
  };
}

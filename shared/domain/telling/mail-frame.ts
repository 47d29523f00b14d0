import type { Text } from "../vocabulary.ts";

/** The words around a mail's notice, and the labels of its lines. */
export const frame = {
  service: { fa: "سامانهٔ فوریت‌های اداری (۱۲۸)", en: "FOAD 128, administrative emergencies" },
  subject: { fa: "سامانهٔ ۱۲۸: پیام دربارهٔ پروندهٔ", en: "FOAD 128: notice about case" },
  greeting: { fa: "با سلام", en: "Good day," },
  id: { fa: "کد پیگیری", en: "Case" },
  status: { fa: "وضعیت", en: "Status" },
  filedAt: { fa: "زمان ثبت", en: "Registered" },
  at: { fa: "زمان این رویداد", en: "Time of this event" },
  acknowledgeBy: { fa: "مهلت اعلام دریافت", en: "To be acknowledged by" },
  answerBy: { fa: "مهلت پاسخ", en: "To be answered by" },
  confirmBy: { fa: "مهلت پذیرش یا اعتراض", en: "To be accepted or disputed by" },
  refusal: {
    fa: "اگر این پیام به شما مربوط نیست یا نمی‌خواهید سامانهٔ ۱۲۸ باز هم به این نشانی پیام بفرستد",
    en: "If this mail is not for you, or you want no more mail from FOAD 128 at this address",
  },
  reviewBy: { fa: "مهلت بازبینی", en: "To be decided by" },
} satisfies Record<string, Text>;

/** How to read on, and that nobody reads an answer to this mail. */
export const closings: { citizen: Text; official: Pick<Text, "fa"> } = {
  citizen: {
    fa: "برای دیدن جزئیات، با کد پیگیری و رمز پرونده از همان راهی که آن را ثبت کرده‌اید پیگیری کنید یا با مرکز ۱۲۸ تماس بگیرید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
    en: "For details, use your case number and secret where you registered the case, or call 128. This is an automatic message; please do not reply.",
  },
  official: {
    fa: "شرح پرونده در سامانه در دسترس شماست و در این پیام نمی‌آید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
  },
};

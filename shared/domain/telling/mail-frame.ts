import type { Status } from "../complaint/complaint.ts";
import type { Holder, Text } from "../vocabulary.ts";

export const holders: Record<Holder, Text> = {
  "agency-head": { fa: "رئیس دستگاه", en: "the head of the office" },
  "county-governor": { fa: "فرماندار شهرستان", en: "the governor of the county" },
  "inspection-centre": { fa: "مرکز بازرسی استان", en: "the province’s inspection centre" },
  "governor-general": { fa: "استاندار", en: "the governor-general of the province" },
  "national-organization": { fa: "سازمان اداری و استخدامی کشور", en: "the national administrative organization" },
};

export const statuses: Record<Status, Text> = {
  filed: { fa: "ثبت‌شده", en: "registered" },
  acknowledged: { fa: "در دست رسیدگی", en: "in progress" },
  answered: { fa: "پاسخ‌داده‌شده", en: "answered" },
  disputed: { fa: "در دست بازبینی", en: "under review" },
  closed: { fa: "بسته‌شده", en: "closed" },
};

/** What stands around the notice, and what its lines are called. */
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
  reviewBy: { fa: "مهلت بازبینی", en: "To be decided by" },
} satisfies Record<string, Text>;

/** How to read on, and that nobody reads an answer to this mail. */
export const closings: { citizen: Text; official: Pick<Text, "fa"> } = {
  citizen: {
    fa: "برای دیدن جزئیات، با شناسه و رمز پرونده از همان راهی که آن را ثبت کرده‌اید پیگیری کنید یا با مرکز ۱۲۸ تماس بگیرید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
    en: "For details, use your case number and secret where you registered the case, or call 128. This is an automatic message; please do not reply.",
  },
  official: {
    fa: "شرح پرونده در سامانه در دسترس شماست و در این پیام نمی‌آید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
  },
};

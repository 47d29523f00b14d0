import type { ContentType } from "../attachments/attachment-format.ts";
import type { RejectionReason } from "../complaint/complaint.ts";
import type { Text } from "../vocabulary.ts";

const owed = {
  acknowledge: { fa: "اعلام دریافت", en: "to acknowledge" },
  answer: { fa: "پاسخ", en: "to answer" },
  confirm: { fa: "اظهارنظر شما", en: "your reaction" },
  review: { fa: "بازبینی", en: "to decide" },
};

const rejections: Record<RejectionReason, Text> = {
  "out-of-scope": { fa: "در صلاحیت سامانهٔ ۱۲۸ نیست", en: "it is no matter for FOAD 128" },
  "not-a-complaint": { fa: "شکایت نیست", en: "it is not a complaint" },
};

const contentTypes: Record<ContentType, Text> = {
  "image/jpeg": { fa: "عکس JPEG", en: "JPEG picture" },
  "image/png": { fa: "عکس PNG", en: "PNG picture" },
  "image/webp": { fa: "عکس WebP", en: "WebP picture" },
  "image/heic": { fa: "عکس HEIC", en: "HEIC picture" },
  "application/pdf": { fa: "سند PDF", en: "PDF document" },
  "audio/mpeg": { fa: "صدای MP3", en: "MP3 sound" },
  "audio/mp4": { fa: "صدای M4A", en: "M4A sound" },
  "audio/ogg": { fa: "صدای OGG", en: "OGG sound" },
  "audio/webm": { fa: "صدای WebM", en: "WebM sound" },
  "video/mp4": { fa: "فیلم MP4", en: "MP4 film" },
  "video/webm": { fa: "فیلم WebM", en: "WebM film" },
  "video/quicktime": { fa: "فیلم QuickTime", en: "QuickTime film" },
};

/**
 * Words of the contract that stand in fields, by field, or with what it stands in: what people write stands in none of
 * these.
 */
export const wordsIn: Record<string, Record<string, Text>> = {
  by: {
    citizen: { fa: "شما", en: "you" },
    agency: { fa: "دستگاه", en: "the office" },
    inspector: { fa: "بازرس", en: "an inspector" },
    "front-end": { fa: "درگاه", en: "the application" },
    admin: { fa: "مدیر سامانه", en: "an administrator" },
    clock: { fa: "سامانه", en: "the system" },
  },
  finding: {
    founded: { fa: "وارد", en: "founded" },
    unfounded: { fa: "غیروارد", en: "unfounded" },
    undetermined: { fa: "نامعلوم", en: "undetermined" },
  },
  found: {
    confirmed: { fa: "تأیید شد", en: "confirmed" },
    "not-confirmed": { fa: "تأیید نشد", en: "not confirmed" },
    undetermined: { fa: "نامعلوم", en: "undetermined" },
  },
  solved: {
    yes: { fa: "بله", en: "yes" },
    partly: { fa: "تا اندازه‌ای", en: "partly" },
    no: { fa: "نه", en: "no" },
  },
  outcome: {
    answered: { fa: "پاسخ دادید", en: "you answered" },
    refused: { fa: "نخواستید پاسخ دهید", en: "you refused" },
    "no-contact": { fa: "تماس برقرار نشد", en: "nobody was reached" },
  },
  owed,
  cappedBy: owed,
  "rejected.reason": rejections,
  contentType: contentTypes,
  language: {
    fa: { fa: "فارسی", en: "Persian" },
    en: { fa: "انگلیسی", en: "English" },
  },
  closure: {
    confirmed: { fa: "با تأیید شما", en: "you confirmed it" },
    unconfirmed: { fa: "بی اظهارنظر شما", en: "you said nothing" },
    decided: { fa: "با رأی بازرس", en: "an inspector decided" },
    withdrawn: { fa: "با انصراف شما", en: "you took it back" },
    "out-of-scope": {
      fa: "بازرس آن را بست: در صلاحیت سامانهٔ ۱۲۸ نیست",
      en: "an inspector closed it: no matter for FOAD 128",
    },
    "not-a-complaint": { fa: "بازرس آن را بست: شکایت نیست", en: "an inspector closed it: not a complaint" },
  },
  channel: {
    phone: { fa: "تلفن", en: "phone" },
    web: { fa: "وب", en: "web" },
    mobile: { fa: "تلفن همراه", en: "mobile" },
    kiosk: { fa: "کیوسک", en: "kiosk" },
    "in-person": { fa: "حضوری", en: "in person" },
    messenger: { fa: "پیام‌رسان", en: "messenger" },
  },
  state: {
    pending: { fa: "در انتظار", en: "awaited" },
    ready: { fa: "پذیرفته‌شده", en: "taken in" },
    refused: { fa: "رد شده", en: "refused" },
  },
  clock: {
    "office-hours": { fa: "ساعت کاری", en: "office hours" },
    elapsed: { fa: "زمان پیوسته", en: "all hours" },
  },
  why: {
    weekend: { fa: "آخر هفته", en: "weekend" },
    holiday: { fa: "تعطیل رسمی", en: "holiday" },
    closed: { fa: "تعطیلی اداره", en: "closed" },
    "outside-hours": { fa: "بیرون از ساعت کاری", en: "outside office hours" },
  },
};

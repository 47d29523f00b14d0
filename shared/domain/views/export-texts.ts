import type { ContentType } from "../attachments/format.ts";
import type { RejectionReason } from "../complaint/complaint.ts";
import type { LocalizedText } from "../vocabulary.ts";

/**
 * The label of every field in an export, by the name of the field. A key such as `actions.by` is for a field that means
 * something else inside that parent.
 */
export const fieldNames: Record<string, LocalizedText> = {
  id: { fa: "کد پیگیری", en: "Case" },
  status: { fa: "وضعیت", en: "Status" },
  version: { fa: "شمارهٔ رویداد", en: "Event number" },
  private: { fa: "شمارهٔ یادداشت محرمانه", en: "Number of the private note" },
  agencyId: { fa: "دستگاه", en: "Office" },
  fromAgencyId: { fa: "از دستگاه", en: "From the office" },
  toAgencyId: { fa: "به دستگاه", en: "To the office" },
  countyId: { fa: "شهرستان", en: "County" },
  category: { fa: "موضوع", en: "Category" },
  channel: { fa: "راه ثبت", en: "Filed by" },
  filedAt: { fa: "زمان ثبت", en: "Registered" },
  acknowledgeBy: { fa: "مهلت اعلام دریافت", en: "To be acknowledged by" },
  answerBy: { fa: "مهلت پاسخ", en: "To be answered by" },
  confirmBy: { fa: "مهلت پذیرش یا اعتراض", en: "To be accepted or disputed by" },
  reviewBy: { fa: "مهلت بازبینی", en: "To be decided by" },
  level: { fa: "سطح پیگیری", en: "Rung of the ladder" },
  closure: { fa: "نحوهٔ بسته شدن", en: "How it ended" },
  identityShared: { fa: "دستگاه مشخصات شما را می‌بیند", en: "The office may know who you are" },
  mayBeCalled: { fa: "با شما می‌توان تماس گرفت", en: "You may be called" },
  officeId: { fa: "اداره", en: "Branch" },
  occurredAt: { fa: "زمان وقوع", en: "It happened" },
  employee: { fa: "کارمند", en: "Employee" },
  personnelId: { fa: "شمارهٔ پرسنلی", en: "Personnel number" },
  desk: { fa: "میز یا باجه", en: "Desk or counter" },
  language: { fa: "زبان", en: "Language" },
  retaliationFor: { fa: "شکایت پیشینی که به سبب آن آزار دیدید", en: "The earlier case you were made to pay for" },
  identityKept: { fa: "مشخصات شما نگهداری می‌شود", en: "It is kept who you are" },
  by: { fa: "به دست", en: "By" },
  "actions.by": { fa: "تا روز", en: "By the day" },
  officer: { fa: "کارشناس", en: "Officer" },
  name: { fa: "نام", en: "Name" },
  finding: { fa: "نتیجه", en: "Finding" },
  cause: { fa: "علت", en: "Cause" },
  text: { fa: "متن", en: "Text" },
  actions: { fa: "اقدام‌ها", en: "Actions" },
  upholdsAnswer: { fa: "پاسخ دستگاه تأیید شد", en: "The answer is upheld" },
  reason: { fa: "دلیل", en: "Reason" },
  was: { fa: "پیش از آن", en: "Before that" },
  holder: { fa: "نزد", en: "With" },
  owed: { fa: "مهلت برای", en: "What was owed" },
  dueAt: { fa: "سررسید", en: "Due" },
  date: { fa: "تاریخ", en: "Date" },
  lifted: { fa: "تغییر پس گرفته شد", en: "The change was taken back" },
  attachmentId: { fa: "شناسهٔ پیوست", en: "File id" },
  fileName: { fa: "نام فایل", en: "File" },
  contentType: { fa: "نوع فایل", en: "Type of file" },
  size: { fa: "حجم (بایت)", en: "Size in bytes" },
  state: { fa: "وضعیت فایل", en: "State of the file" },
  until: { fa: "تا", en: "Until" },
  why: { fa: "توضیح", en: "Why" },
  visitId: { fa: "شناسهٔ بازدید", en: "Visit" },
  plannedAt: { fa: "زمان پیش‌بینی‌شده", en: "Planned for" },
  arrivedAt: { fa: "زمان حضور بازرس", en: "The inspector was there" },
  location: { fa: "محل", en: "Place" },
  latitude: { fa: "عرض جغرافیایی", en: "Latitude" },
  longitude: { fa: "طول جغرافیایی", en: "Longitude" },
  found: { fa: "نتیجهٔ بازدید", en: "What was found" },
  inspector: { fa: "بازرس", en: "Inspector" },
  transfers: { fa: "شمار ارجاع‌ها تا آن زمان", en: "Transfers until then" },
  solved: { fa: "مشکل حل شد", en: "Solved" },
  handling: { fa: "رسیدگی، از ۵", en: "Handling, of 5" },
  pressed: { fa: "زیر فشار بودید", en: "You were pressed" },
  comment: { fa: "توضیح شما", en: "Your comment" },
  outcome: { fa: "نتیجهٔ تماس", en: "What came of the call" },
  clock: { fa: "شمارش", en: "Counted in" },
  duration: { fa: "مدت", en: "Time given" },
  startedAt: { fa: "آغاز", en: "Began" },
  metAt: { fa: "انجام شد", en: "Met" },
  breached: { fa: "دیر شد", en: "Late" },
  cappedBy: { fa: "محدود به مهلت", en: "Limited by the time" },
  counted: { fa: "بازه‌های شمرده‌شده", en: "Counted" },
  from: { fa: "از", en: "From" },
  to: { fa: "تا", en: "Until" },
  skipped: { fa: "روزهای شمرده‌نشده", en: "Not counted" },
  assumedFrom: { fa: "ساعت کاری از این روز حدسی است", en: "Hours are assumed from" },
};

/**
 * The formats of fields with times. Texts that people write are in other fields, so a text that looks like a time stays
 * as it is.
 */
export const fieldFormats: Record<string, "instant" | "day" | "duration"> = {
  at: "instant",
  filedAt: "instant",
  occurredAt: "instant",
  acknowledgeBy: "instant",
  answerBy: "instant",
  confirmBy: "instant",
  reviewBy: "instant",
  was: "instant",
  dueAt: "instant",
  until: "instant",
  plannedAt: "instant",
  arrivedAt: "instant",
  startedAt: "instant",
  metAt: "instant",
  from: "instant",
  to: "instant",
  date: "day",
  assumedFrom: "day",
  "actions.by": "day",
  duration: "duration",
};

const owed = {
  acknowledge: { fa: "اعلام دریافت", en: "to acknowledge" },
  answer: { fa: "پاسخ", en: "to answer" },
  confirm: { fa: "اظهارنظر شما", en: "your reaction" },
  review: { fa: "بازبینی", en: "to decide" },
};

const rejections: Record<RejectionReason, LocalizedText> = {
  "out-of-scope": { fa: "در صلاحیت سامانهٔ ۱۲۸ نیست", en: "it is no matter for FOAD 128" },
  "not-a-complaint": { fa: "شکایت نیست", en: "it is not a complaint" },
};

const contentTypes: Record<ContentType, LocalizedText> = {
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

/** The texts of the codes in fields, by the same keys as `fieldNames`. Texts that people write are in other fields. */
export const codeNames: Record<string, Record<string, LocalizedText>> = {
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

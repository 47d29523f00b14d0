import type { EventType } from "../complaint/event.ts";
import type { PrivateType } from "../complaint/private-series.ts";
import type { Text } from "../vocabulary.ts";

/** What happened, as the citizen reads it. */
export const happenings: Record<EventType | PrivateType | "internal", Text> = {
  filed: { fa: "شکایت ثبت شد", en: "The complaint was registered" },
  acknowledged: { fa: "دستگاه دریافت شکایت را اعلام کرد", en: "The office acknowledged it" },
  transferred: { fa: "به دستگاه دیگری ارجاع شد", en: "It was sent on to another office" },
  extended: { fa: "مهلت پاسخ تمدید شد", en: "The time to answer was extended" },
  answered: { fa: "دستگاه پاسخ داد", en: "The office answered" },
  accepted: { fa: "پاسخ را پذیرفتید", en: "You accepted the answer" },
  disputed: { fa: "به پاسخ اعتراض کردید", en: "You disputed the answer" },
  decided: { fa: "بازرس رأی داد", en: "An inspector decided" },
  rejected: { fa: "بازرس پرونده را بدون رأی بست", en: "An inspector closed it without a decision" },
  withdrawn: { fa: "از شکایت انصراف دادید", en: "You took it back" },
  expired: { fa: "مهلت اظهارنظر شما گذشت و پرونده بسته شد", en: "Your time to react was over, and it was closed" },
  escalated: { fa: "مهلت گذشت و به مقام بالاتر رسید", en: "It was late and was raised to a higher office" },
  "deadlines-moved": { fa: "با تغییر ساعت کاری، مهلت‌ها جابه‌جا شد", en: "Deadlines moved with the office hours" },
  "message-posted": { fa: "پیامی نوشته شد", en: "A message was written" },
  "attachment-added": { fa: "پیوست شما پذیرفته شد", en: "Your file was taken in" },
  "visit-reported": { fa: "بازرس گزارش بازدید را ثبت کرد", en: "An inspector reported a visit" },
  "statement-added": { fa: "رویداد داخلی", en: "An internal event" },
  "visit-ordered": { fa: "بازدید بازرس برنامه‌ریزی شد", en: "An inspector’s visit was ordered" },
  "identity-read": { fa: "بازرس مشخصات شما را دید", en: "An inspector read who you are" },
  "consent-given": { fa: "به دستگاه اجازهٔ دیدن مشخصات خود را دادید", en: "You let the office know who you are" },
  "consent-taken-back": { fa: "آن اجازه را پس گرفتید", en: "You took that consent back" },
  "identity-erased": { fa: "مشخصات شما پاک شد", en: "Your identity was erased" },
  "texts-erased": {
    fa: "نوشته‌ها و پرونده‌های پیوست با پایان مدت نگهداری پاک شد",
    en: "Texts and files were erased, since they are kept no longer",
  },
  "opinion-given": { fa: "نظر خود را گفتید", en: "You said what you think of it" },
  "calls-allowed": { fa: "اجازهٔ تماس تلفنی دادید", en: "You agreed to be called" },
  "calls-ended": { fa: "اجازهٔ تماس تلفنی را پس گرفتید", en: "You no longer agree to be called" },
  "phone-read": { fa: "مرکز تماس شمارهٔ شما را دید", en: "The call centre read your phone number" },
  called: { fa: "مرکز تماس با شما تماس گرفت", en: "The call centre rang you" },
  "dispute-carried": { fa: "اعتراض شما را مرکز تماس ثبت کرد", en: "The call centre registered your dispute" },
  "hold-set": { fa: "مرکز دستور داد پرونده نگهداری شود", en: "The centre ordered that the case is kept whole" },
  "hold-lifted": { fa: "دستور نگهداری لغو شد", en: "That order was lifted" },
  internal: { fa: "رویداد داخلی", en: "An internal event" },
};

/** The page's own words. */
export const exportTexts = {
  title: { fa: "پروندهٔ شما در سامانهٔ ۱۲۸", en: "Your case with FOAD 128" },
  description: { fa: "شرح شکایت", en: "What you complained of" },
  filing: { fa: "آنچه هنگام ثبت گفتید", en: "What else you said when filing" },
  history: { fa: "همهٔ آنچه گفته، دیده و انجام شد", en: "All that was said, seen and done" },
  uploads: { fa: "فایل‌ها", en: "Files" },
  clocks: { fa: "مهلت‌ها", en: "Deadlines" },
  exportedAt: { fa: "زمان این رونوشت", en: "As of" },
  internal: {
    fa: "«رویداد داخلی» گام‌هایی است که متن آن، مانند دفاعیهٔ کارمند، به هیچ شهروندی نشان داده نمی‌شود.",
    en: "Of an internal event, such as an employee’s own word, no citizen is told what it says.",
  },
  yes: { fa: "بله", en: "yes" },
  no: { fa: "خیر", en: "no" },
} satisfies Record<string, Text>;

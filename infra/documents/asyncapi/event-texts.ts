import type { EventType } from "#shared/domain/complaint/event.ts";
import type { Language } from "#shared/domain/vocabulary.ts";

type Text = Record<Language, string>;

/** What each type of event tells its reader. */
export const eventTexts: Record<EventType, Text> = {
  filed: { en: "A complaint was filed", fa: "شکایتی ثبت شد" },
  acknowledged: {
    en: "The agency acknowledged it and named an officer",
    fa: "دستگاه دریافت را اعلام و کارشناس را معرفی کرد",
  },
  transferred: {
    en: "It was sent on to another agency; both are told",
    fa: "شکایت به دستگاه دیگری ارجاع شد؛ هر دو دستگاه آگاه می‌شوند",
  },
  extended: { en: "The time to answer was extended", fa: "مهلت پاسخ تمدید شد" },
  answered: { en: "The agency answered", fa: "دستگاه پاسخ داد" },
  accepted: { en: "The citizen accepted the answer", fa: "شهروند پاسخ را پذیرفت" },
  disputed: { en: "The citizen disputed the answer", fa: "شهروند به پاسخ اعتراض کرد" },
  decided: { en: "An inspector decided", fa: "بازرس رأی داد" },
  rejected: { en: "An inspector closed it without a decision", fa: "بازرس پرونده را بدون رأی بست" },
  withdrawn: { en: "The citizen took it back", fa: "شهروند انصراف داد" },
  expired: { en: "It was closed, since the citizen kept silent", fa: "با سکوت شهروند در مهلت مقرر، شکایت بسته شد" },
  escalated: { en: "It is late and was raised to a higher rung", fa: "مهلت گذشت و شکایت به سطح بالاتر رفت" },
  "deadlines-moved": {
    en: "Office hours changed, and its deadlines with them",
    fa: "با تغییر ساعت کاری، مهلت‌ها جابه‌جا شد",
  },
  "message-posted": { en: "Somebody wrote a message", fa: "پیامی نوشته شد" },
  "attachment-added": { en: "The citizen's file was taken in", fa: "پیوست شهروند پذیرفته شد" },
  "visit-reported": { en: "An inspector reported a visit", fa: "گزارش بازدید ثبت شد" },
  "statement-added": { en: "The employee was heard", fa: "دفاعیهٔ کارمند ثبت شد" },
};

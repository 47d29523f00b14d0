import type { LocalizedText } from "#shared/vocabulary.ts";

/** The meanings of fields about promised actions. */
export const promiseMeanings: Record<string, LocalizedText> = {
  promises: {
    en: "The promised actions of answer and decision, each with its number and what became of it; empty if the complaint was withdrawn or rejected",
    fa: "اقدام‌های وعده‌داده‌شده در پاسخ و رأی، هر یک با شماره و سرانجام آن؛ اگر شهروند انصراف داده یا شکایت رد شده باشد خالی است",
  },
  number: {
    en: "The number of the promised action, counted from 1 over answer and decision",
    fa: "شمارهٔ اقدام، که در پاسخ و رأی پشت سر هم از ۱ شمرده می‌شود",
  },
  numbers: { en: "The numbers of the promised actions that are due", fa: "شمارهٔ اقدام‌هایی که زمانشان نزدیک است" },
  promisedAt: { en: "When it was promised", fa: "زمان وعده" },
  "Promise.text": { en: "What was promised", fa: "آنچه وعده داده شده است" },
  "Promise.dueOn": {
    en: "Until which day; absent if no day was named",
    fa: "تا چه روزی؛ اگر روزی گفته نشده باشد نیامده است",
  },
  overdueFrom: {
    en: "From when the action is overdue, if the agency has reported nothing: the end of its day in Iran",
    fa: "اگر دستگاه چیزی گزارش نکرده باشد، از چه زمانی دیر شده است: پایان همان روز به وقت ایران",
  },
  "Promise.status": {
    en: "`open`: nobody has said anything. `agency-says-kept`: the agency says so, and nobody else. `objected`: the citizen says that it was not done. `kept` or `not-kept`: an inspector says so. Further values may come",
    fa: "کسی چیزی نگفته است (open)؛ تنها دستگاه می‌گوید انجام شده است (agency-says-kept)؛ شهروند می‌گوید انجام نشده است (objected)؛ بازرس می‌گوید انجام شده (kept) یا انجام نشده است (not-kept). مقدارهای دیگری هم ممکن است افزوده شود",
  },
  "Promise.report": { en: "What the agency reported", fa: "گزارش دستگاه" },
  objectBy: { en: "Until when the citizen may object to the report", fa: "مهلت اعتراض شهروند به گزارش" },
  objection: { en: "Why the citizen says that it was not done", fa: "اعتراض شهروند" },
  judgement: { en: "What an inspector says", fa: "نظر بازرس" },
  "objection.text": { en: "Why the citizen says that it was not done", fa: "چرا شهروند می‌گوید انجام نشده است" },
  "judgement.text": { en: "What the inspector found", fa: "آنچه بازرس دیده است" },
  kept: { en: "Whether the action was done", fa: "آیا اقدام انجام شده است" },
  promisesSince: {
    en: "Since when a promised action is overdue, or the citizen says that it was not done; only in the work queue `promises`",
    fa: "از چه زمانی اقدامی دیر شده است یا شهروند می‌گوید انجام نشده است؛ تنها در کارتابل `promises` می‌آید",
  },
};

import type { Text } from "#shared/domain/vocabulary.ts";

/** What entries of histories say beside what the views themselves say. */
export const historyMeanings: Record<string, Text> = {
  "history.person": { en: "The human who acted, for inspectors alone", fa: "شخصی که اقدام کرد (تنها برای بازرسان)" },
  "history.text": { en: "What was written", fa: "متنی که نوشته شد" },
  "history.fileName": { en: "The name under which it is served", fa: "نامی که فایل با آن داده می‌شود" },
  "history.was": { en: "What held before", fa: "آنچه پیش از آن برقرار بود" },
  "history.holder": { en: "Who stands on the rung it climbed to", fa: "مقامی که شکایت به سطح او رسید" },
};

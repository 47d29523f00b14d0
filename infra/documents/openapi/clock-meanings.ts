import type { Language } from "#shared/domain/vocabulary.ts";

/** The meanings of fields by which deadlines are explained. */
export const clockMeanings: Record<string, Record<Language, string>> = {
  clocks: { en: "Each clock of the complaint", fa: "هر یک از مهلت‌های شکایت" },
  owed: { en: "What it runs for", fa: "مهلت چه کاری است" },
  clock: {
    en: "Counts office hours only, or all time that elapses",
    fa: "شمارش تنها در ساعت کاری (office-hours) یا پیوسته (elapsed)",
  },
  duration: { en: "How long, ISO 8601", fa: "مدت، در قالب ISO 8601" },
  startedAt: { en: "When it started", fa: "زمان آغاز" },
  dueAt: { en: "When it runs out", fa: "زمان پایان مهلت" },
  metAt: { en: "When what was owed was done", fa: "زمان انجام کار" },
  cappedBy: {
    en: "That the clock had not run out yet: it is due when the answer is, at the latest",
    fa: "این مهلت پیش از پایان مدت خود، با مهلت پاسخ تمام می‌شود",
  },
  breached: { en: "Whether it ran out before", fa: "آیا مهلت گذشته است" },
  counted: { en: "What was counted", fa: "بازه‌هایی که شمرده شده‌اند" },
  assumedFrom: {
    en: "From this day on the clock goes by the last known weekly hours, since hours or holidays are not announced yet; once they are, the deadline may be explained otherwise",
    fa: "از این روز به بعد، چون ساعت کاری یا تعطیلات هنوز اعلام نشده است، آخرین ساعت کاری هفتگی معلوم ملاک شمارش است؛ پس از اعلام، توضیح مهلت ممکن است تغییر کند",
  },
  skipped: { en: "Days that were not counted, and why", fa: "روزهایی که شمرده نشده‌اند، و علت آن" },
};

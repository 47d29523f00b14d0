import type { Text } from "#shared/domain/vocabulary.ts";

/** What holds of every table. */
export const generalTexts: Text[] = [
  {
    en: "A row tells of the complaints filed in an Iranian month, quarter or year, or in four quarters, by what was known 15 days after its end. It never changes.",
    fa: "هر ردیف از شکایت‌های ثبت‌شده در یک ماه، فصل، سال یا چهار فصل می‌گوید، با آنچه ۱۵ روز پس از پایان آن دانسته بود؛ و هرگز عوض نمی‌شود.",
  },
  {
    en: "Every count is off by two at the most, always by the same, so that nobody is known by a number. Rates, classes and charts are made of the counts that are shown.",
    fa: "هر شمار حداکثر دو واحد و همیشه به یک اندازه جابه‌جا شده است تا کسی از عدد شناخته نشود. سهم‌ها، دسته‌ها و نمودارها از همین شمارها ساخته می‌شوند.",
  },
  {
    en: "Parts of a cell need not add up to its count: each is off on its own. A class too small to be told stands together with its neighbour, as `N+L`; from 20 on it is told which of them most are in. The few that are in no class of times, findings, closures or acceptances stand with the last part, as `unanswered+none`.",
    fa: "جمع بخش‌های یک خانه لزوماً برابر شمار آن نیست. دسته‌ای که برای گفتن کوچک است با همسایه‌اش می‌آید، مانند `N+L`؛ از ۲۰ به بالا گفته می‌شود بیشترشان در کدام‌اند. اندک مواردی که در هیچ دستهٔ زمان، نتیجه، بسته شدن یا پذیرش نیستند با آخرین بخش می‌آیند، مانند `unanswered+none`.",
  },
  {
    en: "Reports of retaliation are in no figure but their own. No complaints is no praise: people may not know of 128, or fear it.",
    fa: "گزارش‌های آزار در هیچ آماری جز آمار خود نیستند. نبود شکایت ستایش نیست: شاید مردم ۱۲۸ را نشناسند یا بترسند.",
  },
];

/** What stands where a count is not told. */
export const countTexts: Record<"<5" | "held-back" | "<10", Text> = {
  "<5": { en: "Fewer than about five, or none", fa: "کمتر از حدود پنج، یا هیچ" },
  "held-back": {
    en: "Not told, since a larger cell has fewer than five complaints more, or a county's few agencies are not all told, or it is the smallest beside the only one of its line that is hidden, and one could be subtracted from the other",
    fa: "گفته نمی‌شود، چون خانهٔ بزرگ‌تری کمتر از پنج شکایت بیشتر دارد، یا همهٔ دستگاه‌های اندکِ یک شهرستان گفته نشده‌اند، یا کوچک‌ترین خانه در کنار تنها خانهٔ پنهانِ ردیف خود است، و از تفریق کسی شناخته می‌شد",
  },
  "<10": { en: "Fewer than about ten, or none", fa: "کمتر از حدود ده، یا هیچ" },
};

import type { Text } from "#shared/domain/vocabulary.ts";
import { figureTexts } from "./figure-texts.ts";
import { partTexts } from "./part-texts.ts";

/** Of what is no figure and no partition. */
export const columnTexts = {
  period: {
    en: "The Iranian month, quarter or year; four quarters by their last",
    fa: "ماه، فصل یا سال؛ چهار فصل به نام آخرین آن‌ها",
  },
  firstDay: { en: "The period's first day, Gregorian", fa: "نخستین روز دوره، میلادی" },
  lastDay: { en: "The period's last day, Gregorian", fa: "آخرین روز دوره، میلادی" },
  agencyId: {
    en: "The agency that the complaints stand with, by the catalog",
    fa: "دستگاهی که شکایت‌ها نزد آن است، از فهرست استان",
  },
  category: { en: "What the complaints are about, by the catalog", fa: "موضوع شکایت‌ها، از فهرست استان" },
  countyId: { en: "The county, by the catalog", fa: "شهرستان، از فهرست استان" },
  cause: { en: "The cause that an answer or a decision named", fa: "علتی که پاسخ یا رأی نام برده است" },
  count: {
    en: "How many complaints, off by two at the most; `<5` or `held-back` where it is not told",
    fa: "شمار شکایت‌ها با حداکثر دو واحد جابه‌جایی؛ `<5` یا `held-back` اگر گفته نشود",
  },
  date: { en: "The day of the count, in Tehran", fa: "روز شمارش، به وقت تهران" },
  countedAt: { en: "The instant of the count", fa: "لحظهٔ شمارش" },
  overdue: {
    en: "Open and unanswered, past the time to answer, moved by two at the most and told in tens: 40 is about 40 to 49; `<10` where fewer",
    fa: "باز و بی‌پاسخ پس از مهلت، با حداکثر دو واحد جابه‌جایی و به دهگان: ۴۰ یعنی حدود ۴۰ تا ۴۹؛ `<10` اگر کمتر باشد",
  },
  notOverdue: {
    en: "Open and unanswered, within the time to answer, in tens as `overdue`; `<10` where fewer",
    fa: "باز و بی‌پاسخ در مهلت، به دهگان مانند `overdue`؛ `<10` اگر کمتر باشد",
  },
} satisfies Record<string, Text>;

const titles: Record<string, Text> = {
  ...columnTexts,
  ...figureTexts,
  ...Object.fromEntries(Object.entries(partTexts).map(([name, text]) => [`parts.${name}`, text])),
};

/** What a column of the CSV tells. */
export function titleOf(column: string): Text {
  const title = titles[column];
  if (!title) throw new Error(`no title is told for the column ${column}`);
  return title;
}

import { breakdownNames, breakdowns } from "#shared/domain/statistics/breakdown.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import { breakdownTexts } from "./breakdown-texts.ts";
import { figureTexts } from "./figure-texts.ts";

/** Titles of the columns that are neither a figure nor a class of a breakdown. */
export const columnTexts = {
  period: {
    en: "The Iranian month or quarter; four quarters by the last of them",
    fa: "ماه یا فصل؛ چهار فصل به نام آخرین آن‌ها",
  },
  firstDay: { en: "The period's first day, Gregorian", fa: "نخستین روز دوره، میلادی" },
  lastDay: { en: "The period's last day, Gregorian", fa: "آخرین روز دوره، میلادی" },
  agencyId: {
    en: "The agency that the complaints are counted for, by the catalog",
    fa: "دستگاهی که شکایت‌ها برای آن شمرده می‌شود، از فهرست استان",
  },
  category: { en: "What the complaints are about, by the catalog", fa: "موضوع شکایت‌ها، از فهرست استان" },
  countyId: { en: "The county, by the catalog", fa: "شهرستان، از فهرست استان" },
  cause: { en: "The cause that an answer or a decision named", fa: "علتی که پاسخ یا رأی نام برده است" },
  peerGroup: {
    en: "The peer group that the agency is compared in, by the catalog; empty for none",
    fa: "گروه همتایان دستگاه، از فهرست استان؛ خالی یعنی بی‌گروه",
  },
  count: {
    en: "How many complaints, rounded at random to a multiple of five",
    fa: "شمار شکایت‌ها، به تصادف گردشده به مضربی از پنج",
  },
  date: { en: "The day of the count, in Tehran", fa: "روز شمارش، به وقت تهران" },
  countedAt: { en: "The instant of the count", fa: "لحظهٔ شمارش" },
  late: {
    en: "Unanswered complaints whose deadline has passed, rounded at random to a multiple of ten; `<20` for fewer than 20",
    fa: "شکایت‌های بی‌پاسخ که مهلتشان گذشته است، به تصادف گردشده به مضربی از ده؛ `<20` یعنی کمتر از ۲۰",
  },
  openInTime: {
    en: "Unanswered complaints that are still in time, rounded as `late`; `<20` for fewer than 20",
    fa: "شکایت‌های بی‌پاسخ که هنوز در مهلت‌اند، گردشده مانند `late`؛ `<20` یعنی کمتر از ۲۰",
  },
} satisfies Record<string, Text>;

const classTitles = breakdownNames.flatMap((name) => {
  const { title, classes } = breakdownTexts[name];
  return breakdowns[name].flatMap((id): [string, Text][] => {
    const text = classes[id];
    return text ? [[`${name}.${id}`, { en: `${title.en}: ${text.en}`, fa: `${title.fa}: ${text.fa}` }]] : [];
  });
});

const titles: Record<string, Text> = { ...columnTexts, ...figureTexts, ...Object.fromEntries(classTitles) };

/** The title of a column of the CSV. */
export function titleOf(column: string): Text {
  const title = titles[column];
  if (!title) throw new Error(`the column ${column} has no title`);
  return title;
}

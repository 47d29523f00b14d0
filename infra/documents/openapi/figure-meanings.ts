import type { Text } from "#shared/domain/vocabulary.ts";
import { columnTexts } from "../statistics/column-titles.ts";
import { figureTexts } from "../statistics/figure-texts.ts";

const { date, countedAt, overdue, notOverdue, agencyId, ...ofRow } = columnTexts;
const rows = Object.entries({ ...ofRow, ...figureTexts }).map(([name, text]) => [`StatisticsRow.${name}`, text]);

/** The meanings of the public figures' fields and parameters. */
export const figureMeanings: Record<string, Text> = {
  ...Object.fromEntries(rows),
  "StatisticsNow.date": date,
  countedAt,
  overdue,
  notOverdue,
  "StatisticsRow.agencyId": agencyId,
  "StatisticsRow.parts": {
    en: "The complaints of the cell, told apart in several ways; what is not there is too small to be told",
    fa: "شکایت‌های خانه به چند گونه بخش‌بندی؛ آنچه نیامده برای گفتن کوچک است",
  },
  classes: {
    en: "Classes that are told as one, since some of them alone are too small",
    fa: "دسته‌هایی که یکجا گفته می‌شوند، چون برخی به تنهایی کوچک‌اند",
  },
  mostly: {
    en: "Of several classes, from 20 complaints on, the one that most are in: those before it and those after it are six at the most",
    fa: "از چند دستهٔ یکجا، از ۲۰ شکایت به بالا، آن که بیشترشان در آن است؛ دسته‌های پیش و پس از آن هر کدام روی هم حداکثر شش‌اند",
  },
  shown: { en: "How many are in them, off by two at the most", fa: "شمار آن‌ها با حداکثر دو واحد جابه‌جایی" },
  "Statistics.period": { en: "What kind of period the rows tell of", fa: "گونهٔ دوره‌های این ردیف‌ها" },
  "Statistics.table": { en: "By what the rows tell complaints apart", fa: "ردیف‌ها شکایت‌ها را بر چه پایه‌ای جدا می‌کنند" },
  "query.period": { en: "Months, quarters, years, or four quarters as one", fa: "ماه، فصل، سال، یا چهار فصل با هم" },
  "query.table": {
    en: "Which of the published tables; months have those of one dimension alone",
    fa: "کدام جدول منتشرشده؛ برای ماه تنها جدول‌های یک‌بُعدی",
  },
  "query.from": {
    en: "The first closed period, such as 1405-09, 1405-Q3 or 1405; left out: the last one alone",
    fa: "نخستین دورهٔ بسته‌شده، مانند 1405-09 یا 1405-Q3 یا 1405؛ پیش‌فرض: تنها آخرین دوره",
  },
  "query.to": { en: "The last closed period; left out: the newest", fa: "آخرین دوره؛ پیش‌فرض: تازه‌ترین دورهٔ بسته‌شده" },
  "query.format": {
    en: "JSON or CSV; left out: as `Accept` asks",
    fa: "JSON یا CSV؛ پیش‌فرض: همان که سرآیند Accept می‌خواهد",
  },
  "query.groupBy": { en: "By what the figures are told", fa: "آمار به تفکیک چه چیزی" },
  "query.quarter": { en: "A closed quarter; left out: the last one", fa: "فصلی بسته‌شده؛ پیش‌فرض: آخرین" },
  figures: { en: "The figures, each with what it counts", fa: "آمارها، هر یک با آنچه می‌شمارد" },
  resources: { en: "The tables, each with its schema", fa: "جدول‌ها، هر یک با طرح آن" },
  "Performance.quarter": {
    en: "The quarter in which the complaints were filed",
    fa: "فصلی که شکایت‌ها در آن ثبت شده‌اند",
  },
  "Performance.firstDay": { en: "The quarter's first day, Gregorian", fa: "نخستین روز فصل، میلادی" },
  "Performance.lastDay": { en: "The quarter's last day, Gregorian", fa: "آخرین روز فصل، میلادی" },
  "Performance.agencyId": { en: "Whose work it is", fa: "دستگاهی که این کار اوست" },
  all: { en: "All of it", fa: "همهٔ آن" },
  "Performance.categories": { en: "The same by what it is about", fa: "همان به تفکیک موضوع" },
  count: { en: "How many complaints, exactly", fa: "شمار دقیق شکایت‌ها" },
  exactly: {
    en: "How many are in each class, exactly, without what people think",
    fa: "شمار دقیق هر دسته، بی نظر مردم",
  },
  published: { en: "What the public reads of the same", fa: "آنچه همگان از همین می‌خوانند" },
};

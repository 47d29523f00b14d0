import type { Text } from "#shared/domain/vocabulary.ts";
import { columnTexts } from "../statistics/column-titles.ts";
import { figureTexts } from "../statistics/figure-texts.ts";

const { date, countedAt, late, openInTime, ...ofRow } = columnTexts;
const rows = Object.entries({ ...ofRow, ...figureTexts }).map(([name, text]) => [`StatisticsRow.${name}`, text]);

const exactCount: Text = { en: "How many complaints, exactly", fa: "شمار دقیق شکایت‌ها" };
const exactBreakdowns: Text = {
  en: "How many complaints are in each class, exactly; a class that is missing has none",
  fa: "شمار دقیق شکایت‌های هر دسته؛ دسته‌ای که نیامده صفر است",
};

/** The meanings of the fields and parameters of figures. */
export const figureMeanings: Record<string, Text> = {
  ...Object.fromEntries(rows),
  "StatisticsRow.breakdowns": {
    en: "How many complaints are in each class, each number rounded on its own; a breakdown that is missing has fewer than 20 complaints",
    fa: "شمار شکایت‌های هر دسته، هر عدد جداگانه گردشده؛ تفکیکی که نیامده کمتر از ۲۰ شکایت دارد",
  },
  "StatisticsNow.date": date,
  countedAt,
  late,
  openInTime,
  "Statistics.period": { en: "What kind of period the rows are of", fa: "گونهٔ دوره‌های این ردیف‌ها" },
  "Statistics.table": {
    en: "By what the rows divide the complaints",
    fa: "ردیف‌ها شکایت‌ها را بر چه پایه‌ای تفکیک می‌کنند",
  },
  "query.period": { en: "Months, quarters, or four quarters as one period", fa: "ماه، فصل، یا چهار فصل با هم" },
  "query.table": {
    en: "Which table: of months `total` alone, of quarters the tables of one dimension too, of four quarters all",
    fa: "کدام جدول: برای ماه تنها `total`، برای فصل جدول‌های یک‌بُعدی هم، برای چهار فصل همه",
  },
  "query.from": {
    en: "The first closed period, such as 1405-09 or 1405-Q3; left out: the last one alone",
    fa: "نخستین دورهٔ بسته‌شده، مانند 1405-09 یا 1405-Q3؛ پیش‌فرض: تنها آخرین دوره",
  },
  "query.to": { en: "The last closed period; left out: the newest", fa: "آخرین دوره؛ پیش‌فرض: تازه‌ترین دورهٔ بسته‌شده" },
  "query.format": {
    en: "JSON or CSV; left out: as `Accept` asks",
    fa: "JSON یا CSV؛ پیش‌فرض: همان که سرآیند Accept می‌خواهد",
  },
  "query.groupBy": { en: "By what the figures are divided", fa: "آمار به تفکیک چه چیزی" },
  "query.month": {
    en: "A closed month, such as 1405-09; left out: the last one",
    fa: "ماهی بسته‌شده، مانند 1405-09؛ پیش‌فرض: آخرین",
  },
  figures: { en: "The figures, each with what it counts", fa: "آمارها، هر یک با آنچه می‌شمارد" },
  resources: { en: "The tables, each with its schema", fa: "جدول‌ها، هر یک با طرح آن" },
  "Performance.month": {
    en: "The Iranian month in which the agency received the complaints",
    fa: "ماهی که دستگاه شکایت‌ها را در آن دریافت کرد",
  },
  "Performance.firstDay": { en: "The month's first day, Gregorian", fa: "نخستین روز ماه، میلادی" },
  "Performance.lastDay": { en: "The month's last day, Gregorian", fa: "آخرین روز ماه، میلادی" },
  "Performance.agencyId": { en: "Whose work it is", fa: "دستگاهی که این کار اوست" },
  all: { en: "All complaints that the agency received in the month", fa: "همهٔ شکایت‌هایی که دستگاه در ماه دریافت کرد" },
  "Performance.categories": { en: "The same by category", fa: "همان به تفکیک موضوع" },
  count: exactCount,
  breakdowns: exactBreakdowns,
};

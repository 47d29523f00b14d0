import type { Class } from "#shared/domain/statistics/comparison.ts";
import { daysOf, type Period } from "#shared/domain/statistics/period.ts";
import type { Language } from "#shared/domain/vocabulary.ts";

type Said = { title: string; summary: string };
type Change = { name: string; from: Class; to: Class; period: Period };
type FeedWords = {
  title: (province: string) => string;
  published: (period: Period) => Said;
  changed: (change: Change) => Said;
};

const classes: Record<Language, Record<Class, string>> = {
  fa: {
    "clearly-better": "آشکارا بهتر",
    "as-expected": "مطابق انتظار",
    watch: "درخور توجه",
    "clearly-worse": "آشکارا بدتر",
  },
  en: {
    "clearly-better": "clearly better",
    "as-expected": "as expected",
    watch: "watch",
    "clearly-worse": "clearly worse",
  },
};

export const feedWords: Record<Language, FeedWords> = {
  fa: {
    title: (province) => `فوریت‌های اداری ${province}: چه تغییر کرد`,
    published: (period) => ({
      title: `آمار ${periodName(period, "fa")} منتشر شد.`,
      summary: "هر عدد تا دو واحد جابه‌جا شده است تا هیچ‌کس از روی آمار شناخته نشود.",
    }),
    changed: ({ name, from, to, period }) => ({
      title: `${name}: ${classes.fa[to]}`,
      summary: `در ${periodName(period, "fa")}، در سنجش با همتایان: ${classes.fa[to]}. پیش از آن: ${classes.fa[from]}.`,
    }),
  },
  en: {
    title: (province) => `Administrative emergencies, ${province}: what changed`,
    published: (period) => ({
      title: `The figures of ${periodName(period, "en")} are published.`,
      summary: "Every number is moved by up to two so that nobody is known from a statistic.",
    }),
    changed: ({ name, from, to, period }) => ({
      title: `${name}: ${classes.en[to]}`,
      summary: `In ${periodName(period, "en")}, compared with its peers: ${classes.en[to]}. Before: ${classes.en[from]}.`,
    }),
  },
};

const seasons: Record<Language, readonly string[]> = {
  fa: ["بهار", "تابستان", "پاییز", "زمستان"],
  en: ["spring", "summer", "autumn", "winter"],
};
const months: Record<Language, Intl.DateTimeFormat> = {
  fa: new Intl.DateTimeFormat("fa-IR-u-ca-persian", { timeZone: "UTC", month: "long" }),
  en: new Intl.DateTimeFormat("en-GB-u-ca-persian", { timeZone: "UTC", month: "long" }),
};
const years: Record<Language, Intl.NumberFormat> = {
  fa: new Intl.NumberFormat("fa-IR", { useGrouping: false }),
  en: new Intl.NumberFormat("en-GB", { useGrouping: false }),
};

function periodName(period: Period, language: Language): string {
  const [year = "", part = ""] = period.name.split("-");
  const ofYear = years[language].format(Number(year));
  const season = seasons[language][Number(part.slice(1)) - 1] ?? "";
  const month = months[language].format(Date.parse(daysOf(period).last));
  const names = {
    month: `${month} ${ofYear}`,
    quarter: `${season} ${ofYear}`,
    year: language === "fa" ? `سال ${ofYear}` : `the year ${ofYear}`,
    "four-quarters":
      language === "fa" ? `چهار فصل تا پایان ${season} ${ofYear}` : `four quarters to the end of ${season} ${ofYear}`,
  };
  return names[period.kind];
}

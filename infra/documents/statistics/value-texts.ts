import type { FigureName } from "#shared/domain/statistics/figures.ts";
import type { Flag } from "#shared/domain/statistics/flags.ts";
import type { Standing } from "#shared/domain/statistics/standing.ts";
import type { Signal } from "#shared/domain/statistics/trend.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

const classes: Record<Standing["class"], Text> = {
  "clearly-better": {
    en: "Better by 3.09 standard deviations or more, ten called citizens who accepted, and no flag",
    fa: "۳٫۰۹ انحراف معیار یا بیشتر بهتر، با ده پذیرنده که با آنان تماس گرفته شد، و بی‌نشان",
  },
  "as-expected": {
    en: "Nearer than 1.96 standard deviations; or clearly better, where these citizens are too few or there is a flag",
    fa: "کمتر از ۱٫۹۶ انحراف معیار؛ یا آشکارا بهتر، وقتی این پذیرندگان کم‌اند یا نشانی هست",
  },
  watch: {
    en: "1.96 standard deviations away or more; or so many called citizens who accepted say that it was not solved, or that they were pressed, that it is over three times the province's share",
    fa: "۱٫۹۶ انحراف معیار یا بیشتر دور؛ یا پذیرندگانی که با آنان تماس گرفته شد بیش از سه برابر استان می‌گویند حل نشد یا زیر فشار بودند",
  },
  "clearly-worse": {
    en: "Worse by 3.09 standard deviations or more",
    fa: "۳٫۰۹ انحراف معیار یا بیشتر بدتر",
  },
  "too-few": {
    en: "Nothing is said: fewer than 20 are counted, or fewer than five agencies can be compared, or the class depends on what is told as one",
    fa: "داوری نمی‌شود: کمتر از ۲۰ مورد شمرده شده، یا کمتر از پنج دستگاه سنجیدنی‌اند، یا دسته به شمارهای یکجاگفته بسته است",
  },
};

const groups: Record<NonNullable<Standing["comparedWith"]>, Text> = {
  "peer-group": { en: "Agencies of its own kind", fa: "دستگاه‌های هم‌گروه" },
  province: { en: "All of the province, as its own kind is too few", fa: "همهٔ استان، چون هم‌گروه‌ها کم‌اند" },
};

const sides: Record<NonNullable<Standing["funnelSide"]>, Text> = {
  better: { en: "Better than expected", fa: "بهتر از انتظار" },
  worse: { en: "Worse than expected", fa: "بدتر از انتظار" },
};

const flags: Record<Flag, Text> = {
  withdrawn: { en: "Withdrawals", fa: "انصراف" },
  extended: { en: "Extensions of the time to answer", fa: "تمدید مهلت" },
  "passed-on": { en: "Passing on to other agencies", fa: "ارجاع به دستگاه‌های دیگر" },
  pressed: { en: "Citizens who say that they were pressed", fa: "شهروندانی که می‌گویند زیر فشار بودند" },
  "quick-acceptance": {
    en: "Acceptances within an hour, without a phone",
    fa: "پذیرش‌های بی‌تلفن در کمتر از یک ساعت",
  },
};

const signals: Record<Signal, Text> = {
  outside: { en: "Outside the limits", fa: "بیرون از حدها" },
  "seven-on-one-side": { en: "The seventh month on one side of the mean", fa: "هفتمین ماه در یک سوی میانگین" },
  "seven-in-a-row": { en: "The seventh month that goes one way", fa: "هفتمین ماه در یک جهت" },
  "two-of-three-far-out": {
    en: "Two of three months beyond two thirds of the way to a limit, on one side",
    fa: "دو ماه از سه ماه، در یک سو و دورتر از دوسوم راه تا حد",
  },
};

/** What the words mean that a figure may be, where it is no number. */
export const valueTexts: Partial<Record<FigureName, Record<string, Text>>> = {
  class: classes,
  comparedWith: groups,
  funnelSide: sides,
  flags,
  trendSignals: signals,
};

import type { Standing } from "#shared/domain/statistics/comparison.ts";
import type { FigureName } from "#shared/domain/statistics/figures.ts";
import type { Flag } from "#shared/domain/statistics/flags.ts";
import type { Signal } from "#shared/domain/statistics/trend.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

const classes: Record<Standing["class"], Text> = {
  "clearly-better": {
    en: "Better, and outside the 99.8 % limits; with 20 answers of called citizens or more, and without a flag",
    fa: "بهتر و بیرون از حدهای ۹۹٫۸ درصدی؛ با دست‌کم ۲۰ پاسخ در تماس با شهروندان، و بی‌نشان",
  },
  "as-expected": {
    en: "Inside the 95 % limits; or better, but with too few answers of called citizens or with a flag",
    fa: "درون حدهای ۹۵ درصدی؛ یا بهتر، ولی با پاسخ‌های تماس کمتر از اندازه یا با نشان",
  },
  watch: {
    en: "Better or worse, outside the 95 % limits and inside the 99.8 % limits",
    fa: "بهتر یا بدتر، بیرون از حدهای ۹۵ درصدی و درون حدهای ۹۹٫۸ درصدی",
  },
  "clearly-worse": {
    en: "Worse, and outside the 99.8 % limits",
    fa: "بدتر و بیرون از حدهای ۹۹٫۸ درصدی",
  },
  "too-few": {
    en: "Too few to say: fewer than 20 complaints that the shares are of, or fewer than five agencies to compare",
    fa: "برای داوری کم است: کمتر از ۲۰ شکایتِ شمرده‌شده در سهم‌ها، یا کمتر از پنج دستگاهِ سنجیدنی",
  },
};

const groups: Record<NonNullable<Standing["comparedWith"]>, Text> = {
  "peer-group": { en: "Agencies of its peer group", fa: "دستگاه‌های گروه همتایان" },
  province: {
    en: "All agencies of the province, since its peers are too few",
    fa: "همهٔ دستگاه‌های استان، چون همتایان کم‌اند",
  },
};

const sides: Record<NonNullable<Standing["funnelSide"]>, Text> = {
  better: { en: "Better than expected", fa: "بهتر از انتظار" },
  worse: { en: "Worse than expected", fa: "بدتر از انتظار" },
};

const flags: Record<Flag, Text> = {
  withdrawn: { en: "Withdrawals", fa: "انصراف" },
  extended: { en: "Extensions of the deadline", fa: "تمدید مهلت" },
  "transferred-out": { en: "Transfers to other agencies", fa: "ارجاع به دستگاه‌های دیگر" },
  pressed: { en: "Citizens who say that somebody pressed them", fa: "شهروندانی که می‌گویند زیر فشار بوده‌اند" },
  "quick-acceptance": {
    en: "Acceptances within an hour, from citizens who left no phone",
    fa: "پذیرش در کمتر از یک ساعت از سوی شهروندان بی‌تلفن",
  },
};

const signals: Record<Signal, Text> = {
  outside: { en: "Outside the limits", fa: "بیرون از حدها" },
  "seven-on-one-side": { en: "The seventh month on one side of the mean", fa: "هفتمین ماه در یک سوی میانگین" },
  "seven-in-a-row": { en: "The seventh month in a row that rises, or that falls", fa: "هفتمین ماه پیاپی در یک جهت" },
  "two-of-three-far-out": {
    en: "Two of three months more than two thirds of the way to one limit",
    fa: "دو ماه از سه ماه در یک سو و دورتر از دوسوم راه تا حد",
  },
};

/** The words that a figure may be, where it is no number. */
export const valueTexts: Partial<Record<FigureName, Record<string, Text>>> = {
  class: classes,
  comparedWith: groups,
  funnelSide: sides,
  flags,
  trendSignals: signals,
};

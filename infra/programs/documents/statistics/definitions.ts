import type { ComparisonResult, Flag } from "#functions/figures/comparison.ts";
import { type FigureFamily, type FigureName, figureFamilies, figureNamesIn } from "#functions/figures/figures.ts";
import { breakdownsOf, tablesOfPeriod } from "#functions/figures/publication.ts";
import { breakdownNames, breakdowns } from "#functions/figures/tables.ts";
import type { TrendSignal } from "#functions/figures/trend.ts";
import { PeriodKind } from "#shared/time/period.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import { breakdownTexts } from "./breakdown-texts.ts";
import { familyTexts, waitingTexts } from "./family-texts.ts";
import { columnTexts, figureTexts } from "./figure-texts.ts";

const classes: Record<ComparisonResult["comparisonClass"], LocalizedText> = {
  "clearly-better": {
    en: "Better, and outside the 99.8 % limits; with 20 answers of called citizens or more, and without a flag",
    fa: "بهتر و بیرون از حدهای ۹۹٫۸ درصدی؛ با دست‌کم ۲۰ پاسخ در تماس با شهروندان، و بی‌نشان",
  },
  "as-expected": {
    en: "Inside the 95 % limits; or better, but with too few answers of called citizens or with a flag",
    fa: "درون حدهای ۹۵ درصدی؛ یا بهتر، ولی با پاسخ‌های تماس کمتر از اندازه یا با نشان",
  },
  "possibly-different": {
    en: "Better or worse, outside the 95 % limits and inside the 99.8 % limits",
    fa: "بهتر یا بدتر، بیرون از حدهای ۹۵ درصدی و درون حدهای ۹۹٫۸ درصدی",
  },
  "clearly-worse": {
    en: "Worse, and outside the 99.8 % limits",
    fa: "بدتر و بیرون از حدهای ۹۹٫۸ درصدی",
  },
  "too-few-complaints": {
    en: "Too few to say: fewer than 20 complaints that the shares are of, or fewer than five agencies to compare",
    fa: "برای داوری کم است: کمتر از ۲۰ شکایتِ شمرده‌شده در سهم‌ها، یا کمتر از پنج دستگاهِ سنجیدنی",
  },
};

const groups: Record<NonNullable<ComparisonResult["comparedWith"]>, LocalizedText> = {
  "peer-group": { en: "Agencies of its peer group", fa: "دستگاه‌های گروه همتایان" },
  province: {
    en: "All agencies of the province, since its peers are too few",
    fa: "همهٔ دستگاه‌های استان، چون همتایان کم‌اند",
  },
};

const sides: Record<NonNullable<ComparisonResult["comparisonSide"]>, LocalizedText> = {
  better: { en: "Better than expected", fa: "بهتر از انتظار" },
  worse: { en: "Worse than expected", fa: "بدتر از انتظار" },
};

const flags: Record<Flag, LocalizedText> = {
  withdrawn: { en: "Withdrawals", fa: "انصراف" },
  extended: { en: "Extensions of the deadline", fa: "تمدید مهلت" },
  "transferred-out": { en: "Transfers to other agencies", fa: "ارجاع به دستگاه‌های دیگر" },
  pressured: { en: "Citizens who say that somebody pressured them", fa: "شهروندانی که می‌گویند زیر فشار بوده‌اند" },
  "quick-acceptance": {
    en: "Acceptances within an hour, from citizens who left no phone",
    fa: "پذیرش در کمتر از یک ساعت از سوی شهروندان بی‌تلفن",
  },
};

const signals: Record<TrendSignal, LocalizedText> = {
  "outside-limits": { en: "Outside the limits", fa: "بیرون از حدها" },
  "seven-on-one-side-of-mean": { en: "The seventh month on one side of the mean", fa: "هفتمین ماه در یک سوی میانگین" },
  "seven-rising-or-falling": {
    en: "The seventh month in a row that rises, or that falls",
    fa: "هفتمین ماه پیاپی در یک جهت",
  },
  "two-of-three-near-limit": {
    en: "Two of three months more than two thirds of the way to one limit",
    fa: "دو ماه از سه ماه در یک سو و دورتر از دوسوم راه تا حد",
  },
};

/** The values of figures that are words, with their meanings. */
const valueTexts: Partial<Record<FigureName, Record<string, LocalizedText>>> = {
  comparisonClass: classes,
  comparedWith: groups,
  comparisonSide: sides,
  flags,
  trendSignals: signals,
};

/** Four sentences for citizens on how every number is rounded, and why. Pages show them first. */
const methodTexts: LocalizedText[] = [
  {
    en: "An exact small number could show who complained, so every number is rounded at random to a multiple of five (0, 5, 10, 15 …) before it is published.",
    fa: "از یک عدد کوچک و دقیق شاید بتوان فهمید چه کسی شکایت کرده است؛ برای همین، هر عدد پیش از انتشار، به تصادف، به مضربی از پنج (۰، ۵، ۱۰، ۱۵ و …) گرد می‌شود.",
  },
  {
    en: "The nearer multiple is chosen more often, so that sums are right on average: a true 13 becomes 15 three times in five, and 10 twice in five.",
    fa: "مضرب نزدیک‌تر بیشتر انتخاب می‌شود، برای این که جمع‌ها به طور میانگین درست بمانند: عدد ۱۳ در سه بار از هر پنج بار ۱۵ می‌شود و در دو بار ۱۰.",
  },
  {
    en: "A published number is at most 4 away from the true one: 0 means 0 to 4, 5 means 1 to 9, and 20 means 16 to 24; a true multiple of five stays as it is.",
    fa: "عدد منتشرشده حداکثر ۴ واحد با عدد واقعی فرق دارد: ۰ یعنی ۰ تا ۴، ۵ یعنی ۱ تا ۹، و ۲۰ یعنی ۱۶ تا ۲۴؛ عددی که خود مضرب پنج است عوض نمی‌شود.",
  },
  {
    en: "Each number is rounded on its own, one up and another down, so the parts of a total need not add up to it exactly.",
    fa: "هر عدد جداگانه گرد می‌شود، یکی رو به بالا و دیگری رو به پایین، پس جمع بخش‌ها لزوماً با شمار کل برابر نیست.",
  },
];

/** Rules that hold for every table. */
const generalTexts: LocalizedText[] = [
  {
    en: "A row counts the complaints that were filed in a period, by what was known 15 days after its end; later news about them changes no published number. A period is an Iranian month, a quarter, or four quarters together, named by the last of them.",
    fa: "هر ردیف شکایت‌هایی را می‌شمارد که در یک دوره ثبت شده‌اند، بر پایهٔ آنچه ۱۵ روز پس از پایان دوره معلوم بود؛ اطلاعات بعدی هیچ عدد منتشرشده‌ای را عوض نمی‌کند. دوره یک ماه است، یا یک فصل، یا چهار فصل پیاپی با هم، که با نام آخرین فصل آن می‌آید.",
  },
  {
    en: "A row is divided into classes, such as late and unanswered, only if these together have 20 complaints or more before rounding. Other rows have their count alone, and so have tables by two things, such as agency and county.",
    fa: "هر ردیف تنها جایی به دسته‌هایی مانند «دیر» و «بی‌پاسخ» تفکیک می‌شود که این دسته‌ها روی هم و پیش از گرد شدن دست‌کم ۲۰ شکایت داشته باشند. ردیف‌های دیگر، و جدول‌هایی که هم‌زمان بر پایهٔ دو ویژگی (مانند دستگاه اجرایی و شهرستان) هستند، تنها شمار کل را دارند.",
  },
  {
    en: "Shares, medians, ranges and comparisons are calculated from published numbers alone. A share that may be off by more than 25 points of 100 either way is not shown, since there are too few complaints.",
    fa: "سهم‌ها، میانه‌ها، بازه‌ها و سنجش‌ها تنها از عددهای منتشرشده حساب می‌شوند. اگر سهمی ممکن است بیش از ۲۵ واحد از ۱۰۰ با مقدار واقعی فرق داشته باشد، منتشر نمی‌شود، چون شمار شکایت‌ها کم است.",
  },
  {
    en: "No complaints is no praise: people may not know of 128, or may fear it.",
    fa: "نبودِ شکایت نشانهٔ خوبی نیست: شاید مردم سامانهٔ ۱۲۸ را نمی‌شناسند، یا از شکایت می‌ترسند.",
  },
];

const families = Object.entries(figureFamilies) as [FigureFamily, { figures: readonly FigureName[] }][];

const figures = families.flatMap(([family, { figures: names }]) =>
  names.map((name) => {
    const values = Object.entries(valueTexts[name] ?? {}).map(([id, title]) => ({ id, title }));
    return { name, family, title: figureTexts[name], ...familyTexts[family], ...(values.length > 0 && { values }) };
  }),
);

/** The figures of `GET /v1/statistics/waiting`. */
const waiting = (["overdue", "notYetDue"] as const).map((name) => ({
  name,
  title: columnTexts[name],
  ...waitingTexts,
}));

const explained = breakdownNames.map((name) => {
  const { title, classes } = breakdownTexts[name];
  return { name, title, classes: breakdowns[name].map((id) => ({ id, title: titleOfClass(classes, id) })) };
});

function titleOfClass(classes: Record<string, LocalizedText>, id: string): LocalizedText {
  const title = classes[id];
  if (!title) throw new Error(`the class ${id} has no title`);
  return title;
}

/** The tables of each kind of period, with their figures and breakdowns. */
const tables = PeriodKind.options.flatMap((period) =>
  tablesOfPeriod(period).map((table) => ({
    period,
    table,
    figures: figureNamesIn({ table, kind: period }),
    breakdowns: breakdownsOf({ table, kind: period }),
  })),
);

/** The meaning of all public figures, in both languages. */
export const definitions = {
  method: methodTexts,
  general: generalTexts,
  figures,
  waiting,
  breakdowns: explained,
  tables,
};

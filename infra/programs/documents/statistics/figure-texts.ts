import type { FigureName } from "#functions/figures/figures.ts";
import { breakdownNames, breakdowns } from "#functions/figures/tables.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import { breakdownTexts } from "./breakdown-texts.ts";

const clocks = {
  officeHours: { en: "counting office hours only", fa: "تنها با شمارش ساعت‌های اداری" },
  elapsed: { en: "counting all hours", fa: "با شمارش همهٔ ساعت‌ها" },
};

function within(hours: number, clock: keyof typeof clocks): LocalizedText {
  const persian = hours.toLocaleString("fa-IR");
  return {
    en: `Share answered within ${hours} h, ${clocks[clock].en}`,
    fa: `سهم شکایت‌هایی که تا ${persian} ساعت پاسخ گرفتند، ${clocks[clock].fa}`,
  };
}

function timesOn<C extends keyof typeof clocks>(clock: C) {
  const { en, fa } = clocks[clock];
  return {
    [`${clock}Within1h`]: within(1, clock),
    [`${clock}Within3h`]: within(3, clock),
    [`${clock}Within24h`]: within(24, clock),
    [`${clock}Within48h`]: within(48, clock),
    [`${clock}Median`]: { en: `Half were answered within this time, ${en}`, fa: `نیمی تا این زمان پاسخ گرفتند، ${fa}` },
    [`${clock}P90`]: {
      en: `Nine of ten were answered within this time, ${en}`,
      fa: `نُه‌دهم تا این زمان پاسخ گرفتند، ${fa}`,
    },
  } as Record<Extract<FigureName, `${C}${string}`>, LocalizedText>;
}

const groups = {
  Accepted: { en: "who had accepted the answer", fa: "کسانی که پاسخ را پذیرفته بودند" },
  Silent: { en: "who had stayed silent", fa: "کسانی که ساکت مانده بودند" },
  Other: { en: "whose complaint ended otherwise", fa: "کسانی که شکایتشان به گونه‌ای دیگر پایان یافته بود" },
};

function calledOf<G extends keyof typeof groups>(group: G) {
  const { en, fa } = groups[group];
  const name = `called${group}`;
  return {
    [`${name}Count`]: { en: `Answers of called citizens ${en}`, fa: `شمار پاسخ‌ها در تماس با ${fa}` },
    [`${name}SolvedShare`]: {
      en: `Of called citizens ${en}, the share who say that it is solved`,
      fa: `سهم «حل شد» در تماس با ${fa}`,
    },
    [`${name}SolvedLower`]: {
      en: `The lower end of the 95 % interval of \`${name}SolvedShare\``,
      fa: `کران پایین بازهٔ ۹۵ درصدی \`${name}SolvedShare\``,
    },
    [`${name}SolvedUpper`]: {
      en: `The upper end of the 95 % interval of \`${name}SolvedShare\``,
      fa: `کران بالای بازهٔ ۹۵ درصدی \`${name}SolvedShare\``,
    },
  } as Record<Extract<FigureName, `called${G}${string}`>, LocalizedText>;
}

/** The title of each figure. */
export const figureTexts: Record<FigureName, LocalizedText> = {
  assessedCount: {
    en: "How many complaints the shares of outcomes are of: all but pending and excluded ones",
    fa: "شمار شکایت‌هایی که سهمِ سرانجام‌ها از آن‌هاست: همه، جز آن‌ها که در جریان‌اند یا کنار گذاشته شده‌اند",
  },
  confirmedShare: {
    en: "Share answered well for sure: in time, and accepted by the citizen or upheld by an inspector",
    fa: "کمینهٔ پاسخ خوب: سهم پاسخ‌های به‌موقعی که شهروند پذیرفت یا بازرس تأیید کرد",
  },
  confirmedShareLower: {
    en: "The lower end of the 95 % interval of `confirmedShare`",
    fa: "کران پایین بازهٔ ۹۵ درصدی `confirmedShare`",
  },
  confirmedOrSilentShare: {
    en: "Share answered well at best: `confirmedShare`, and the answers in time on which the citizen stayed silent",
    fa: "بیشینهٔ پاسخ خوب: `confirmedShare` به‌علاوهٔ پاسخ‌های به‌موقعی که شهروند دربارهٔ آن‌ها ساکت ماند",
  },
  confirmedOrSilentShareUpper: {
    en: "The upper end of the 95 % interval of `confirmedOrSilentShare`",
    fa: "کران بالای بازهٔ ۹۵ درصدی `confirmedOrSilentShare`",
  },
  ...timesOn("officeHours"),
  ...timesOn("elapsed"),
  foundedShare: { en: "Share found to be right", fa: "سهم شکایت‌های وارد" },
  withdrawnShare: { en: "Share of closed complaints that were withdrawn", fa: "سهم انصراف در شکایت‌های بسته‌شده" },
  extendedShare: { en: "Share whose deadline was extended", fa: "سهم شکایت‌هایی که مهلتشان تمدید شد" },
  transferredOutShare: {
    en: "Share that was transferred to another agency",
    fa: "سهم شکایت‌هایی که به دستگاه دیگر ارجاع شد",
  },
  quickAcceptanceShare: {
    en: "Share of acceptances that came within an hour of the answer, from citizens who left no phone",
    fa: "سهم پذیرش‌هایی که در کمتر از یک ساعت پس از پاسخ و از شهروندی بی‌تلفن رسید",
  },
  solvedYesShare: { en: "Share of opinions that say it is solved", fa: "سهم «حل شد» در نظرها" },
  solvedPartlyShare: { en: "Share of opinions that say it is partly solved", fa: "سهم «تا حدی حل شد» در نظرها" },
  solvedNoShare: { en: "Share of opinions that say it is not solved", fa: "سهم «حل نشد» در نظرها" },
  handlingMean: {
    en: "Mean mark for how the citizen was treated, 1 (bad) to 5 (good)",
    fa: "میانگین امتیاز رفتار، از ۱ (بد) تا ۵ (خوب)",
  },
  pressuredShare: {
    en: "Share of opinions that say somebody pressured the citizen",
    fa: "سهم نظرهایی که می‌گویند شهروند زیر فشار بوده است",
  },
  calledAnsweredShare: {
    en: "Of the citizens who were called, the share who answered the questions",
    fa: "از شهروندانی که با آنان تماس گرفته شد، سهم کسانی که به پرسش‌ها پاسخ دادند",
  },
  ...calledOf("Accepted"),
  ...calledOf("Silent"),
  ...calledOf("Other"),
  flags: { en: "What stands out beside the province", fa: "آنچه در سنجش با استان چشمگیر است" },
  comparisonClass: { en: "How the agency compares with its peers", fa: "دستگاه در سنجش با همتایان" },
  comparedWith: { en: "With which agencies it is compared", fa: "با کدام دستگاه‌ها سنجیده شده است" },
  comparisonDistance: {
    en: "How far `confirmedShare` is from what is expected, in standard deviations",
    fa: "فاصلهٔ `confirmedShare` از آنچه انتظار می‌رود، به انحراف معیار",
  },
  comparisonSide: { en: "On which side of what is expected", fa: "در کدام سوی آنچه انتظار می‌رود" },
  retaliationReports: {
    en: "Reports that a citizen was made to suffer for a complaint",
    fa: "گزارش‌های آزار شهروند به سبب شکایت",
  },
  trendMean: {
    en: "The mean of `confirmedShare` over the months up to this one",
    fa: "میانگین `confirmedShare` در ماه‌ها، از نخستین تا همین ماه",
  },
  trendLower: { en: "Chance alone seldom takes a month below this", fa: "ماهی به تصادف به‌ندرت از این کمتر می‌شود" },
  trendUpper: { en: "Chance alone seldom takes a month above this", fa: "ماهی به تصادف به‌ندرت از این بیشتر می‌شود" },
  trendSignals: { en: "What in this month is more than chance", fa: "آنچه در این ماه بیش از تصادف است" },
};

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
  overdue: {
    en: "Unanswered complaints whose deadline has passed, rounded at random to a multiple of ten; `<20` for fewer than 20",
    fa: "شکایت‌های بی‌پاسخ که مهلتشان گذشته است، به تصادف گردشده به مضربی از ده؛ `<20` یعنی کمتر از ۲۰",
  },
  notYetDue: {
    en: "Unanswered complaints that are still in time, rounded as `overdue`; `<20` for fewer than 20",
    fa: "شکایت‌های بی‌پاسخ که هنوز در مهلت‌اند، گردشده مانند `overdue`؛ `<20` یعنی کمتر از ۲۰",
  },
} satisfies Record<string, LocalizedText>;

const classTitles = breakdownNames.flatMap((name) => {
  const { title, classes } = breakdownTexts[name];
  return breakdowns[name].flatMap((id): [string, LocalizedText][] => {
    const text = classes[id];
    return text ? [[`${name}.${id}`, { en: `${title.en}: ${text.en}`, fa: `${title.fa}: ${text.fa}` }]] : [];
  });
});

const titles: Record<string, LocalizedText> = { ...columnTexts, ...figureTexts, ...Object.fromEntries(classTitles) };

/** The title of a column of the CSV. Throws for an unknown column. */
export function titleOf(column: string): LocalizedText {
  const title = titles[column];
  if (!title) throw new Error(`the column ${column} has no title`);
  return title;
}

const { date, countedAt, overdue, notYetDue, ...ofRow } = columnTexts;
const rows = Object.entries({ ...ofRow, ...figureTexts }).map(([name, text]) => [`StatisticsRow.${name}`, text]);

const exactCount: LocalizedText = { en: "How many complaints, exactly", fa: "شمار دقیق شکایت‌ها" };
const exactBreakdowns: LocalizedText = {
  en: "How many complaints are in each class, exactly; a class that is missing has none",
  fa: "شمار دقیق شکایت‌های هر دسته؛ دسته‌ای که نیامده صفر است",
};

/** The meanings of the fields and parameters of figures. */
export const figureMeanings: Record<string, LocalizedText> = {
  ...Object.fromEntries(rows),
  "StatisticsRow.breakdowns": {
    en: "How many complaints are in each class, each number rounded on its own; a breakdown that is missing has fewer than 20 complaints",
    fa: "شمار شکایت‌های هر دسته، هر عدد جداگانه گردشده؛ تفکیکی که نیامده کمتر از ۲۰ شکایت دارد",
  },
  "WaitingStatistics.date": date,
  countedAt,
  overdue,
  notYetDue,
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
  total: {
    en: "All complaints that the agency received in the month",
    fa: "همهٔ شکایت‌هایی که دستگاه در ماه دریافت کرد",
  },
  "Performance.categories": { en: "The same by category", fa: "همان به تفکیک موضوع" },
  count: exactCount,
  breakdowns: exactBreakdowns,
};

import type { FigureName } from "#shared/domain/statistics/figures.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

const clocks = {
  office: { en: "counting office hours only", fa: "تنها با شمارش ساعت‌های اداری" },
  elapsed: { en: "by the clock on the wall", fa: "با شمارش همهٔ ساعت‌ها" },
};

function within(hours: number, clock: keyof typeof clocks): Text {
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
    [`${clock}Median`]: { en: `Half are answered by then, ${en}`, fa: `نیمی تا این زمان پاسخ گرفتند، ${fa}` },
    [`${clock}P90`]: { en: `Nine of ten are answered by then, ${en}`, fa: `نُه‌دهم تا این زمان پاسخ گرفتند، ${fa}` },
  } as Record<Extract<FigureName, `${C}${string}`>, Text>;
}

const groups = {
  Acceptors: { en: "who had accepted", fa: "که پاسخ را پذیرفته بودند" },
  Silent: { en: "who had stayed silent", fa: "که ساکت مانده بودند" },
  Others: { en: "whose complaint ended otherwise", fa: "که شکایتشان به گونه‌ای دیگر پایان یافت" },
};

function calledOf<G extends keyof typeof groups>(group: G) {
  const { en, fa } = groups[group];
  const name = `called${group}`;
  return {
    [`${name}Answers`]: {
      en: `Answers of called citizens ${en}`,
      fa: `شمار پاسخ‌های کسانی ${fa} و با آنان تماس گرفته شد`,
    },
    [`${name}LeftOut`]: {
      en: `Answers of called citizens ${en} that the estimate leaves out`,
      fa: `شمار پاسخ‌هایی که در برآورد نیامده‌اند، از کسانی ${fa} و با آنان تماس گرفته شد`,
    },
    [`${name}Solved`]: {
      en: `Of citizens ${en}, the share for whom it is solved`,
      fa: `سهم حل‌شده نزد شهروندانی ${fa}`,
    },
    [`${name}SolvedFrom`]: {
      en: `The least that this share is likely to be, ${en}`,
      fa: `کمینهٔ محتمل این سهم نزد شهروندانی ${fa}`,
    },
    [`${name}SolvedTo`]: {
      en: `The most that this share is likely to be, ${en}`,
      fa: `بیشینهٔ محتمل این سهم نزد شهروندانی ${fa}`,
    },
  } as Record<Extract<FigureName, `called${G}${string}`>, Text>;
}

/** What each figure is, in a line. */
export const figureTexts: Record<FigureName, Text> = {
  counted: { en: "How many the rates are of", fa: "شمار شکایت‌هایی که سهم‌ها از آن‌هاست" },
  goodLow: {
    en: "Share answered in time and accepted, or upheld: the least that went well",
    fa: "سهم پاسخ‌های به‌موقع که پذیرفته یا تأیید شدند: کمینهٔ آنچه خوب پیش رفت",
  },
  goodHigh: {
    en: "The same with those who stayed silent: the most that may have gone well",
    fa: "همان با کسانی که ساکت ماندند: بیشینهٔ آنچه شاید خوب پیش رفته باشد",
  },
  goodMid: {
    en: "Between the two, by what called silent citizens said",
    fa: "میان این دو، بر پایهٔ گفتهٔ ساکتانی که با آنان تماس گرفته شد",
  },
  ...timesOn("office"),
  ...timesOn("elapsed"),
  foundedShare: { en: "Share found to be right", fa: "سهم شکایت‌های وارد" },
  withdrawnShare: { en: "Share of closed ones that were withdrawn", fa: "سهم انصراف در شکایت‌های بسته‌شده" },
  extendedShare: { en: "Share for which more time was taken", fa: "سهم شکایت‌هایی که مهلتشان تمدید شد" },
  passedOnShare: { en: "Share that was passed on to another agency", fa: "سهم شکایت‌هایی که به دستگاه دیگر فرستاده شد" },
  quickAcceptanceShare: {
    en: "Share of accepted answers that were accepted within an hour, without a phone",
    fa: "سهم پذیرش‌های بی‌تلفن در کمتر از یک ساعت، از همهٔ پذیرش‌ها",
  },
  solvedYesShare: { en: "Share of those who gave an opinion for whom it is solved", fa: "سهم «حل شد» در نظرها" },
  solvedPartlyShare: { en: "Share for whom it is partly solved", fa: "سهم «تا حدی حل شد» در نظرها" },
  solvedNoShare: { en: "Share for whom it is not solved", fa: "سهم «حل نشد» در نظرها" },
  handlingLow: {
    en: "Mean mark for handling, 1 to 5: what it is at the least",
    fa: "میانگین نمرهٔ رفتار از ۱ تا ۵: دست‌کم این",
  },
  handlingHigh: { en: "The same: what it is at the most", fa: "میانگین نمرهٔ رفتار از ۱ تا ۵: حداکثر این" },
  pressedShare: { en: "Share who say that they were pressed", fa: "سهم کسانی که می‌گویند زیر فشار بودند" },
  calledAnsweredShare: {
    en: "Share of the citizens rung who answered",
    fa: "سهم پاسخ‌دهندگان از کسانی که به آنان زنگ زده شد",
  },
  ...calledOf("Acceptors"),
  ...calledOf("Silent"),
  ...calledOf("Others"),
  flags: { en: "What stands out beside the province", fa: "آنچه در سنجش با استان چشمگیر است" },
  class: { en: "How it stands beside others of its kind", fa: "جایگاه در میان هم‌گروه‌ها" },
  comparedWith: { en: "Whom it is compared with", fa: "با چه کسانی سنجیده شده است" },
  funnelDistance: {
    en: "How far it is from what is expected, in standard deviations",
    fa: "فاصله از آنچه انتظار می‌رود، به انحراف معیار",
  },
  funnelSide: { en: "On which side of it", fa: "در کدام سوی آن: بهتر (better) یا بدتر (worse)" },
  evidence: {
    en: "The share that is sure to go well, nineteen times of twenty",
    fa: "سهمی که نوزده بار از بیست بار دست‌کم خوب پیش می‌رود",
  },
  retaliations: { en: "Reports that a citizen was made to pay for a complaint", fa: "گزارش‌های آزار به سبب شکایت" },
  trendMean: { en: "The mean over the months up to this one", fa: "میانگین ماه‌ها، از نخستین تا همین ماه" },
  trendLower: { en: "Months are seldom below, by chance alone", fa: "ماه‌ها به تصادف کمتر از این نمی‌شوند" },
  trendUpper: { en: "Months are seldom above, by chance alone", fa: "ماه‌ها به تصادف بیشتر از این نمی‌شوند" },
  trendSignals: { en: "What in this month is more than chance", fa: "آنچه در این ماه تصادفی نیست" },
};

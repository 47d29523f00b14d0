import type { FigureName } from "#shared/domain/statistics/figures.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

const clocks = {
  office: { en: "counting office hours only", fa: "تنها با شمارش ساعت‌های اداری" },
  elapsed: { en: "counting all hours", fa: "با شمارش همهٔ ساعت‌ها" },
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
    [`${clock}Median`]: { en: `Half were answered within this time, ${en}`, fa: `نیمی تا این زمان پاسخ گرفتند، ${fa}` },
    [`${clock}P90`]: {
      en: `Nine of ten were answered within this time, ${en}`,
      fa: `نُه‌دهم تا این زمان پاسخ گرفتند، ${fa}`,
    },
  } as Record<Extract<FigureName, `${C}${string}`>, Text>;
}

const groups = {
  Acceptors: { en: "who had accepted the answer", fa: "کسانی که پاسخ را پذیرفته بودند" },
  Silent: { en: "who had stayed silent", fa: "کسانی که ساکت مانده بودند" },
  Others: { en: "whose complaint ended otherwise", fa: "کسانی که شکایتشان به گونه‌ای دیگر پایان یافته بود" },
};

function calledOf<G extends keyof typeof groups>(group: G) {
  const { en, fa } = groups[group];
  const name = `called${group}`;
  return {
    [`${name}Answers`]: { en: `Answers of called citizens ${en}`, fa: `شمار پاسخ‌ها در تماس با ${fa}` },
    [`${name}Solved`]: {
      en: `Of called citizens ${en}, the share who say that it is solved`,
      fa: `سهم «حل شد» در تماس با ${fa}`,
    },
    [`${name}SolvedFrom`]: {
      en: `The lower end of the 95 % interval of \`${name}Solved\``,
      fa: `کران پایین بازهٔ ۹۵ درصدی \`${name}Solved\``,
    },
    [`${name}SolvedTo`]: {
      en: `The upper end of the 95 % interval of \`${name}Solved\``,
      fa: `کران بالای بازهٔ ۹۵ درصدی \`${name}Solved\``,
    },
  } as Record<Extract<FigureName, `called${G}${string}`>, Text>;
}

/** What each figure is, in a line. */
export const figureTexts: Record<FigureName, Text> = {
  judged: {
    en: "How many complaints the shares of outcomes are of: all but pending and excluded ones",
    fa: "شمار شکایت‌هایی که سهمِ سرانجام‌ها از آن‌هاست: همه، جز آن‌ها که در جریان‌اند یا کنار گذاشته شده‌اند",
  },
  goodLow: {
    en: "Share answered well for sure: in time, and accepted by the citizen or upheld by an inspector",
    fa: "کمینهٔ پاسخ خوب: سهم پاسخ‌های به‌موقعی که شهروند پذیرفت یا بازرس تأیید کرد",
  },
  goodLowFrom: {
    en: "The lower end of the 95 % interval of `goodLow`",
    fa: "کران پایین بازهٔ ۹۵ درصدی `goodLow`",
  },
  goodHigh: {
    en: "Share answered well at best: `goodLow`, and the answers in time on which the citizen stayed silent",
    fa: "بیشینهٔ پاسخ خوب: `goodLow` به‌علاوهٔ پاسخ‌های به‌موقعی که شهروند دربارهٔ آن‌ها ساکت ماند",
  },
  goodHighTo: {
    en: "The upper end of the 95 % interval of `goodHigh`",
    fa: "کران بالای بازهٔ ۹۵ درصدی `goodHigh`",
  },
  ...timesOn("office"),
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
  pressedShare: {
    en: "Share of opinions that say somebody pressed the citizen",
    fa: "سهم نظرهایی که می‌گویند شهروند زیر فشار بوده است",
  },
  calledAnsweredShare: {
    en: "Of the citizens who were called, the share who answered the questions",
    fa: "از شهروندانی که با آنان تماس گرفته شد، سهم کسانی که به پرسش‌ها پاسخ دادند",
  },
  ...calledOf("Acceptors"),
  ...calledOf("Silent"),
  ...calledOf("Others"),
  flags: { en: "What stands out beside the province", fa: "آنچه در سنجش با استان چشمگیر است" },
  class: { en: "How the agency compares with its peers", fa: "دستگاه در سنجش با همتایان" },
  comparedWith: { en: "With which agencies it is compared", fa: "با کدام دستگاه‌ها سنجیده شده است" },
  funnelDistance: {
    en: "How far `goodLow` is from what is expected, in standard deviations",
    fa: "فاصلهٔ `goodLow` از آنچه انتظار می‌رود، به انحراف معیار",
  },
  funnelSide: { en: "On which side of what is expected", fa: "در کدام سوی آنچه انتظار می‌رود" },
  retaliations: {
    en: "Reports that a citizen was made to suffer for a complaint",
    fa: "گزارش‌های آزار شهروند به سبب شکایت",
  },
  trendMean: {
    en: "The mean of `goodLow` over the months up to this one",
    fa: "میانگین `goodLow` در ماه‌ها، از نخستین تا همین ماه",
  },
  trendLower: { en: "Chance alone seldom takes a month below this", fa: "ماهی به تصادف به‌ندرت از این کمتر می‌شود" },
  trendUpper: { en: "Chance alone seldom takes a month above this", fa: "ماهی به تصادف به‌ندرت از این بیشتر می‌شود" },
  trendSignals: { en: "What in this month is more than chance", fa: "آنچه در این ماه بیش از تصادف است" },
};

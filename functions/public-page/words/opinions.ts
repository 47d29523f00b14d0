import type { CalledGroup } from "#functions/figures/called-citizens.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { CalledView, OpinionsView } from "../model/opinions.ts";
import { joinedList } from "./headline.ts";
import { fromToText, numeral, ofHundredText, shareText } from "./numbers-and-dates.ts";
import type { HeadedText } from "./trend.ts";

export const calledNames: Record<CalledGroup, LocalizedText> = {
  accepted: { fa: "کسانی که پاسخ را پذیرفته بودند", en: "those who had accepted" },
  silent: { fa: "کسانی که ساکت مانده بودند", en: "those who had stayed silent" },
  other: { fa: "دیگران", en: "the others" },
};

export const opinionHeadings: Record<"own" | "called", LocalizedText> = {
  own: { fa: "به خواست خود گفتند", en: "Of their own accord" },
  called: { fa: "تلفنی از آنان پرسیدیم", en: "Asked by telephone" },
};

/** The shares of solved, partly and not solved among the opinions that citizens gave unasked; a sentence if there are too few. */
export function ownOpinionsText({ answers, solved, filed }: OpinionsView, language: Language): Html {
  if (answers === undefined || !solved) return fewAnswersText(answers, language);
  const words = {
    yes: { fa: "حل شد", en: "solved" },
    partly: { fa: "تا حدی", en: "partly" },
    no: { fa: "حل نشد", en: "not solved" },
  };
  const pieces = (["yes", "partly", "no"] as const).map(
    (name) => html`${ofHundredText(solved[name], language)} ${words[name][language]}`,
  );
  const all = joinedList(pieces, language);
  const count = numeral(answers, language);
  const from = filed !== undefined && numeral(filed, language);
  return {
    fa: html`از هر ۱۰۰ پاسخ: ${all}. حدود ${count} پاسخ${from && html` از ${from} شکایت`}.`,
    en: html`Of every 100 answers: ${all}. About ${count} answers${from && html` of ${from} complaints`}.`,
  }[language];
}

function fewAnswersText(answers: number | undefined, language: Language): Html {
  if (answers === undefined)
    return { fa: html`کمتر از ۲۰ پاسخ؛ برای داوری کم است.`, en: html`Fewer than 20 answers; too few to say.` }[
      language
    ];
  const count = numeral(answers, language);
  return {
    fa: html`هنوز برای داوری کم است: حدود ${count} پاسخ.`,
    en: html`Too few to say yet: about ${count} answers.`,
  }[language];
}

export function calledOpinionsText({ answers, solved }: CalledView, language: Language): Html {
  if (!solved) return fewAnswersText(answers, language);
  const value = shareText(solved.share, language);
  const range = fromToText(shareText(solved.from, language), shareText(solved.to, language), language);
  const count = numeral(answers, language);
  return {
    fa: html`${value} از ۱۰۰ گفتند حل شد (با خطای نمونه: ${range})؛ حدود ${count} پاسخ.`,
    en: html`${value} of 100 say it was solved (sampling error: ${range}); about ${count} answers.`,
  }[language];
}

/** The answers of an agency's called silent citizens. The range of good answers leaves open whether they were satisfied. */
export function silentAnswer({ called }: OpinionsView, language: Language): HeadedText {
  const silent = called.find(({ group }) => group === "silent");
  if (!silent)
    return {
      fa: { heading: html`هنوز نمی‌دانیم.`, text: html`کمتر از ۲۰ پاسخ از شهروندان ساکت به دست آمده است.` },
      en: { heading: html`We do not know yet.`, text: html`Fewer than 20 silent citizens have answered.` },
    }[language];
  if (!silent.solved)
    return {
      fa: { heading: html`هنوز نمی‌توان گفت.`, text: calledOpinionsText(silent, "fa") },
      en: { heading: html`It cannot be said yet.`, text: calledOpinionsText(silent, "en") },
    }[language];
  const value = shareText(silent.solved.share, language);
  return {
    fa: { heading: html`${value} از ۱۰۰ گفتند حل شد.`, text: samplingErrorText(silent, "fa") },
    en: { heading: html`${value} of 100 say it was solved.`, text: samplingErrorText(silent, "en") },
  }[language];
}

function samplingErrorText({ solved, answers }: CalledView, language: Language): Html {
  const range = solved && fromToText(shareText(solved.from, language), shareText(solved.to, language), language);
  const count = numeral(answers, language);
  return {
    fa: html`در تماس تلفنی، با خطای نمونه ${range}؛ حدود ${count} پاسخ.`,
    en: html`Asked by telephone; sampling error ${range}; about ${count} answers.`,
  }[language];
}

/** The share of called citizens who answered. */
export function reachedText({ reached }: OpinionsView, language: Language): Html | undefined {
  if (reached === undefined) return undefined;
  const value = shareText(reached, language);
  return {
    fa: html`از هر ۱۰۰ نفری که به آنان زنگ زدیم ${value} نفر پاسخ دادند.`,
    en: html`Of every 100 people whom we called, ${value} answered.`,
  }[language];
}

export const nobodyCalledText: LocalizedText = {
  fa: "کمتر از ۲۰ نفر پاسخ داده‌اند؛ برای داوری کم است.",
  en: "Fewer than 20 people have answered; too few to say.",
};

/** The mean mark for how citizens were treated, 1 (bad) to 5 (good). */
export function handlingText({ handling }: OpinionsView, language: Language): Html | undefined {
  if (handling === undefined) return undefined;
  const mean = numeral(Math.round(handling * 10) / 10, language);
  return { fa: html`میانگین نمرهٔ رفتار: ${mean} از ۵.`, en: html`How they were treated: ${mean} of 5 on average.` }[
    language
  ];
}

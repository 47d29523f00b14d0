import type { CalledGroup } from "#shared/domain/statistics/called.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import type { CalledView, OpinionsView } from "../model/opinions.ts";
import { listed } from "./headline.ts";
import { fromTo, numeral, ofHundred, share } from "./numbers.ts";
import type { Answer } from "./trend.ts";

export const calledNames: Record<CalledGroup, Text> = {
  acceptors: { fa: "کسانی که پاسخ را پذیرفته بودند", en: "those who had accepted" },
  silent: { fa: "کسانی که ساکت مانده بودند", en: "those who had stayed silent" },
  others: { fa: "دیگران", en: "the others" },
};

export const opinionHeadings: Record<"own" | "called", Text> = {
  own: { fa: "به خواست خود گفتند", en: "Of their own accord" },
  called: { fa: "تلفنی از آنان پرسیدیم", en: "Asked by telephone" },
};

/** The opinions that people gave on their own: the content and the afraid speak up less. */
export function ownSays({ answers, solved, filed }: OpinionsView, language: Language): Html {
  if (answers === undefined || !solved) return fewAnswers(answers, language);
  const words = {
    yes: { fa: "حل شد", en: "solved" },
    partly: { fa: "تا حدی", en: "partly" },
    no: { fa: "حل نشد", en: "not solved" },
  };
  const pieces = (["yes", "partly", "no"] as const).map(
    (name) => html`${ofHundred(solved[name], language)} ${words[name][language]}`,
  );
  const all = listed(pieces, language);
  const count = numeral(answers, language);
  const from = filed !== undefined && numeral(filed, language);
  return {
    fa: html`از هر ۱۰۰ پاسخ: ${all}. حدود ${count} پاسخ${from && html` از ${from} شکایت`}.`,
    en: html`Of every 100 answers: ${all}. About ${count} answers${from && html` of ${from} complaints`}.`,
  }[language];
}

function fewAnswers(answers: number | undefined, language: Language): Html {
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

export function calledSays({ answers, solved }: CalledView, language: Language): Html {
  if (!solved) return fewAnswers(answers, language);
  const value = share(solved.share, language);
  const range = fromTo(share(solved.from, language), share(solved.to, language), language);
  const count = numeral(answers, language);
  return {
    fa: html`${value} از ۱۰۰ گفتند حل شد (با خطای نمونه: ${range})؛ حدود ${count} پاسخ.`,
    en: html`${value} of 100 say it was solved (sampling error: ${range}); about ${count} answers.`,
  }[language];
}

/** The answers of an agency's called silent citizens: the one question that the band leaves open. */
export function silentAnswer({ called }: OpinionsView, language: Language): Answer {
  const silent = called.find(({ group }) => group === "silent");
  if (!silent)
    return {
      fa: { heading: html`هنوز نمی‌دانیم.`, says: html`کمتر از ۲۰ پاسخ از شهروندان ساکت به دست آمده است.` },
      en: { heading: html`We do not know yet.`, says: html`Fewer than 20 silent citizens have answered.` },
    }[language];
  if (!silent.solved)
    return {
      fa: { heading: html`هنوز نمی‌توان گفت.`, says: calledSays(silent, "fa") },
      en: { heading: html`It cannot be said yet.`, says: calledSays(silent, "en") },
    }[language];
  const value = share(silent.solved.share, language);
  return {
    fa: { heading: html`${value} از ۱۰۰ گفتند حل شد.`, says: errorSays(silent, "fa") },
    en: { heading: html`${value} of 100 say it was solved.`, says: errorSays(silent, "en") },
  }[language];
}

function errorSays({ solved, answers }: CalledView, language: Language): Html {
  const range = solved && fromTo(share(solved.from, language), share(solved.to, language), language);
  const count = numeral(answers, language);
  return {
    fa: html`در تماس تلفنی، با خطای نمونه ${range}؛ حدود ${count} پاسخ.`,
    en: html`Asked by telephone; sampling error ${range}; about ${count} answers.`,
  }[language];
}

/** The share of called citizens who answered. */
export function reachedSays({ reached }: OpinionsView, language: Language): Html | undefined {
  if (reached === undefined) return undefined;
  const value = share(reached, language);
  return {
    fa: html`از هر ۱۰۰ نفری که به آنان زنگ زدیم ${value} نفر پاسخ دادند.`,
    en: html`Of every 100 people whom we called, ${value} answered.`,
  }[language];
}

export const nobodyCalled: Text = {
  fa: "کمتر از ۲۰ نفر پاسخ داده‌اند؛ برای داوری کم است.",
  en: "Fewer than 20 people have answered; too few to say.",
};

/** The mean mark that people give to how they were treated, 1 to 5. */
export function handlingSays({ handling }: OpinionsView, language: Language): Html | undefined {
  if (handling === undefined) return undefined;
  const mean = numeral(Math.round(handling * 10) / 10, language);
  return { fa: html`میانگین نمرهٔ رفتار: ${mean} از ۵.`, en: html`How they were treated: ${mean} of 5 on average.` }[
    language
  ];
}

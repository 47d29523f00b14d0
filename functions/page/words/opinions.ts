import type { CalledGroup } from "#shared/domain/statistics/called.ts";
import { fewestFor } from "#shared/domain/statistics/shown-part.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import type { CalledView, OpinionsView } from "../model/opinions.ts";
import { listed } from "./headline.ts";
import { fromTo, ofHundred, share, told } from "./numbers.ts";
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

/** What those say who were not asked; who is content speaks up less, and who is afraid too. */
export function ownSays({ answers, yes, partly, no, filed }: OpinionsView, language: Language): Html {
  if (answers === undefined || (yes ?? partly ?? no) === undefined) return fewAnswers(answers, language);
  const words = {
    yes: { fa: "حل شد", en: "solved" },
    partly: { fa: "تا حدی", en: "partly" },
    no: { fa: "حل نشد", en: "not solved" },
  };
  const pieces = Object.entries({ yes, partly, no }).flatMap(([name, value]) =>
    value === undefined ? [] : [html`${ofHundred(value, language)} ${words[name as keyof typeof words][language]}`],
  );
  const all = listed(pieces, language);
  const count = told(answers, language);
  const from = filed !== undefined && told(filed, language);
  return {
    fa: html`از هر ۱۰۰ پاسخ: ${all}. ${count} پاسخ${from && html` از ${from} شکایت`}.`,
    en: html`Of every 100 answers: ${all}. ${count} answers${from && html` of ${from} complaints`}.`,
  }[language];
}

function fewAnswers(answers: number | undefined, language: Language): Html {
  if (answers === undefined)
    return { fa: html`بی‌داده، یا کمتر از ۵ پاسخ.`, en: html`No data, or fewer than 5 answers.` }[language];
  const count = told(answers, language);
  if (answers >= fewestFor.opinions)
    return {
      fa: html`${count} پاسخ، که جدا از هم گفته نمی‌شوند، تا کسی شناخته نشود.`,
      en: html`${count} answers, which are not told apart, so that nobody is known.`,
    }[language];
  return { fa: html`هنوز برای داوری کم است: ${count} پاسخ.`, en: html`Too few to say yet: ${count} answers.` }[
    language
  ];
}

export function calledSays({ answers, leftOut, solved }: CalledView, language: Language): Html {
  if (answers === 0) return notApart(leftOut, language);
  const note = leftOut > 0 && leftOutSays(leftOut, language);
  if (!solved) return html`${fewAnswers(answers, language)}${note}`;
  const value = share(solved.share, language);
  const range = fromTo(share(solved.from, language), share(solved.to, language), language);
  const count = told(answers, language);
  return {
    fa: html`${value} از ۱۰۰ گفتند حل شد (با خطای نمونه: ${range})؛ ${count} پاسخ.${note}`,
    en: html`${value} of 100 say it was solved (sampling error: ${range}); ${count} answers.${note}`,
  }[language];
}

/** Answers there are, but of no agency is it told alone how many said yes. */
function notApart(leftOut: number, language: Language): Html {
  const count = told(leftOut, language);
  return {
    fa: html`جدا گفته نمی‌شود که چند نفر «حل شد» گفتند؛ ${count} پاسخ.`,
    en: html`It is not told alone how many said that it was solved; ${count} answers.`,
  }[language];
}

function leftOutSays(count: number, language: Language): Html {
  const number = told(count, language);
  return {
    fa: html` ${number} پاسخ دیگر ناگفته می‌ماند.`,
    en: html` ${number} more are not told.`,
  }[language];
}

/** What the silent of an agency say when they are called: the one question that the band leaves open. */
export function silentAnswer({ called }: OpinionsView, language: Language): Answer {
  const silent = called.find(({ group }) => group === "silent");
  if (!silent)
    return {
      fa: { heading: html`هنوز نمی‌دانیم.`, says: html`پاسخی از شهروندان ساکت به دست نیامده، یا کمتر از ۵ پاسخ.` },
      en: { heading: html`We do not know yet.`, says: html`No answers of silent citizens, or fewer than 5.` },
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

function errorSays({ solved, answers, leftOut }: CalledView, language: Language): Html {
  const range = solved && fromTo(share(solved.from, language), share(solved.to, language), language);
  const count = told(answers, language);
  return {
    fa: html`در تماس تلفنی، با خطای نمونه ${range}؛ ${count} پاسخ.${leftOut > 0 && leftOutSays(leftOut, "fa")}`,
    en: html`Asked by telephone; sampling error ${range}; ${count} answers.${leftOut > 0 && leftOutSays(leftOut, "en")}`,
  }[language];
}

/** How far those who were called speak for those who were drawn. */
export function reachedSays({ reached }: OpinionsView, language: Language): Html | undefined {
  if (reached === undefined) return undefined;
  const value = share(reached, language);
  return {
    fa: html`از هر ۱۰۰ نفری که به آنان زنگ زدیم ${value} نفر پاسخ دادند.`,
    en: html`Of every 100 whom we rang, ${value} answered.`,
  }[language];
}

export const nobodyCalled: Text = {
  fa: "کسی پاسخ نداده است، یا کمتر از ۵ نفر.",
  en: "Nobody has answered, or fewer than 5.",
};

/** The marks that people give to how they were treated, 1 to 5. */
export function handlingSays({ handling }: OpinionsView, language: Language): Html | undefined {
  if (!handling) return undefined;
  const { low, high } = handling;
  const range = low === high ? told(low, language) : fromTo(told(low, language), told(high, language), language);
  return { fa: html`نمرهٔ رفتار: ${range} از ۵.`, en: html`How they were treated: ${range} of 5.` }[language];
}

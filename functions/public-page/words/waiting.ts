import type { WaitingNumber } from "#functions/figures/waiting.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { PageData } from "../model/material.ts";
import type { TrendVerdict, WaitingView } from "../model/verdict.ts";
import { capitalized, dayShort, numeral, timeOfDay } from "./numbers-and-dates.ts";
import { comparedWithPastText, type HeadedText } from "./trend.ts";

/** Complaints that wait for an answer, with the day of the count. A stored page cannot know the number of this moment. */
export function waitingAnswer(waiting: PageData["waiting"], language: Language, past?: WaitingView): HeadedText {
  if (!waiting) return notCountedText[language];
  const { overdue, notYetDue } = waiting.count.province;
  const number = {
    overdue: numberOf(overdue, language),
    notYetDue: numberOf(notYetDue, language),
  };
  return {
    heading: {
      fa: html`مهلتِ ${number.overdue} شکایت گذشته است.`,
      en: html`${capitalizedHtml(number.overdue)} complaints are past their deadline.`,
    }[language],
    text: html`${
      {
        fa: html`${number.notYetDue} شکایت دیگر هنوز مهلت دارد.`,
        en: html`${capitalizedHtml(number.notYetDue)} others still have time.`,
      }[language]
    }${past && html` ${pastText(past, language)}`} ${asOf(waiting, language)}`,
  };
}

/** A count in words: "about 30", or "fewer than 20". */
function numberOf(count: WaitingNumber, language: Language): Html {
  if (count === "<20") return { fa: html`کمتر از ۲۰`, en: html`fewer than 20` }[language];
  return { fa: html`حدود ${numeral(count, "fa")}`, en: html`about ${numeral(count, "en")}` }[language];
}

const capitalizedHtml = ({ html: text }: Html): Html => ({ html: capitalized(text) });

/** How each of the two numbers compares with the earlier counts. */
function pastText({ overdue, notYetDue }: WaitingView, language: Language): Html | undefined {
  const names = {
    overdue: { fa: html`مهلت‌گذشته`, en: html`past their deadline` },
    notYetDue: { fa: html`هنوز در مهلت`, en: html`still in time` },
  };
  const parts = [
    { name: names.overdue[language], verdict: overdue, better: "down" as const, ...previousNumber(overdue, language) },
    { name: names.notYetDue[language], verdict: notYetDue, ...previousNumber(notYetDue, language) },
  ];
  const text = comparedWithPastText(parts, language);
  return text && { fa: html`ماه به ماه، ${text}`, en: html`Month by month, ${text}` }[language];
}

/** The number before the change. The number now stands in the heading. */
function previousNumber(verdict: TrendVerdict, language: Language): { more?: Html } {
  if (verdict.state !== "changed" || !verdict.before) return {};
  const before = numberOf(verdict.before.value, language);
  return { more: { fa: html`پیش از آن ${before}`, en: html`${before} before` }[language] };
}

const notCountedText: Record<Language, HeadedText> = {
  fa: { heading: html`هنوز شمرده نشده است.`, text: html`بامدادِ نخستین روز هر ماه شمرده می‌شود.` },
  en: { heading: html`Not counted yet.`, text: html`It is counted on the first morning of every Iranian month.` },
};

function asOf({ date, countedAt }: NonNullable<PageData["waiting"]>, language: Language): Html {
  const [day, time] = [dayShort(date, language), timeOfDay(countedAt, language)];
  return {
    fa: html`شمارش <time datetime="${countedAt}">${day}، ساعت ${time}</time>.`,
    en: html`Counted on <time datetime="${countedAt}">${day}, ${time}</time>.`,
  }[language];
}

/** The same for one agency. */
export function waitingAnswerOf(
  waiting: PageData["waiting"],
  { id, language }: { id: string; language: Language },
): HeadedText {
  const province = waiting?.count.agencies[id];
  return waitingAnswer(waiting && province && { ...waiting, count: { ...waiting.count, province } }, language);
}

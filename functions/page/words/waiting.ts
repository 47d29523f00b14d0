import { type OpenNow, openStep } from "#shared/domain/statistics/open-now.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import { written } from "#shared/domain/telling/written-number.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { Material } from "../material.ts";
import type { Verdict } from "../model/verdict.ts";
import type { WaitingView } from "../model/waiting.ts";
import { clock, dayShort } from "./dates.ts";
import { told } from "./numbers.ts";
import { type Answer, besidePast } from "./trend.ts";

type Count = OpenNow["province"]["overdue"];

/** What waits for an answer, as it was counted on a day; never as of now, which a page that is kept cannot know. */
export function waitingAnswer(open: Material["open"], language: Language, past?: WaitingView): Answer {
  if (!open) return uncounted[language];
  const { overdue, notOverdue } = open.count.province;
  return {
    heading: overdueSays(overdue, language),
    // Few or none, month after month: what does not change is not dated anew.
    says: html`${othersSay(notOverdue, language)}${past && html` ${pastSays(past, language)}`}${isAnyTold(open.count.province) && html` ${asOf(open, language)}`}`,
  };
}

/** Each beside its own past. */
function pastSays({ overdue, notOverdue }: WaitingView, language: Language): Html | undefined {
  const names = {
    overdue: { fa: html`مهلت‌گذشته`, en: html`overdue` },
    notOverdue: { fa: html`هنوز در مهلت`, en: html`still in time` },
  };
  const parts = [
    { name: names.overdue[language], verdict: overdue, better: "down" as const, ...beforeOf(overdue, language) },
    { name: names.notOverdue[language], verdict: notOverdue, ...beforeOf(notOverdue, language) },
  ];
  const says = besidePast(parts, language);
  return says && { fa: html`ماه به ماه، ${says}`, en: html`Month by month, ${says}` }[language];
}

/** What it was before it changed; what it is now stands above. */
function beforeOf(verdict: Verdict, language: Language): { more?: Html } {
  if (verdict.state !== "changed" || !verdict.before) return {};
  const { from, to } = step(verdict.before.value, language);
  return { more: { fa: html`پیش از آن حدود ${from} تا ${to}`, en: html`about ${from} to ${to} before` }[language] };
}

const isAnyTold = ({ overdue, notOverdue }: OpenNow["province"]) => overdue !== "<10" || notOverdue !== "<10";

const uncounted: Record<Language, Answer> = {
  fa: { heading: html`هنوز شمرده نشده است.`, says: html`بامدادِ نخستین روز هر ماه شمرده می‌شود.` },
  en: { heading: html`Not counted yet.`, says: html`It is counted on the first morning of every Iranian month.` },
};

function overdueSays(overdue: Count, language: Language): Html {
  if (overdue === "<10")
    return {
      fa: html`مهلتِ کمتر از ۱۰ شکایت گذشته است، یا هیچ.`,
      en: html`Fewer than 10 complaints are overdue, or none.`,
    }[language];
  const { from, to } = step(overdue, language);
  return {
    fa: html`مهلتِ حدود ${from} تا ${to} شکایت گذشته است.`,
    en: html`About ${from} to ${to} complaints are overdue.`,
  }[language];
}

function othersSay(notOverdue: Count, language: Language): Html {
  if (notOverdue === "<10")
    return {
      fa: html`کمتر از ۱۰ شکایت دیگر هنوز مهلت دارد، یا هیچ.`,
      en: html`Fewer than 10 others still have time, or none.`,
    }[language];
  const { from, to } = step(notOverdue, language);
  return {
    fa: html`حدود ${from} تا ${to} شکایت دیگر هنوز مهلت دارد.`,
    en: html`About ${from} to ${to} others still have time.`,
  }[language];
}

/** What is told in steps: about so many, moved by two as all numbers are. */
function step(from: number, language: Language) {
  return { from: told(from, language), to: written(from + openStep - 1, language) };
}

function asOf({ date, countedAt }: NonNullable<Material["open"]>, language: Language): Html {
  const [day, time] = [dayShort(date, language), clock(countedAt, language)];
  return {
    fa: html`شمارش <time datetime="${countedAt}">${day}، ساعت ${time}</time>.`,
    en: html`Counted on <time datetime="${countedAt}">${day}, ${time}</time>.`,
  }[language];
}

/** One agency's part of the same. */
export function waitingAnswerOf(open: Material["open"], { id, language }: { id: string; language: Language }): Answer {
  const province = open?.count.agencies[id];
  return waitingAnswer(open && province && { ...open, count: { ...open.count, province } }, language);
}

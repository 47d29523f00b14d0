import type { WaitingNumber } from "#shared/domain/statistics/waiting.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { Material } from "../material.ts";
import type { Verdict } from "../model/verdict.ts";
import type { WaitingView } from "../model/waiting.ts";
import { clock, dayShort } from "./dates.ts";
import { begun, numeral } from "./numbers.ts";
import { type Answer, besidePast } from "./trend.ts";

/** What waits for an answer as it was counted on a day; never as of now, which a stored page cannot know. */
export function waitingAnswer(waiting: Material["waiting"], language: Language, past?: WaitingView): Answer {
  if (!waiting) return uncounted[language];
  const { late, openInTime } = waiting.count.province;
  const number = {
    late: numberOf(late, language),
    openInTime: numberOf(openInTime, language),
  };
  return {
    heading: {
      fa: html`مهلتِ ${number.late} شکایت گذشته است.`,
      en: html`${begunHtml(number.late)} complaints are past their deadline.`,
    }[language],
    says: html`${
      {
        fa: html`${number.openInTime} شکایت دیگر هنوز مهلت دارد.`,
        en: html`${begunHtml(number.openInTime)} others still have time.`,
      }[language]
    }${past && html` ${pastSays(past, language)}`} ${asOf(waiting, language)}`,
  };
}

/** A number that is rounded to tens, such as "about 30". */
function numberOf(count: WaitingNumber, language: Language): Html {
  if (count === "<20") return { fa: html`کمتر از ۲۰`, en: html`fewer than 20` }[language];
  return { fa: html`حدود ${numeral(count, "fa")}`, en: html`about ${numeral(count, "en")}` }[language];
}

/** English words at the beginning of a sentence. */
const begunHtml = ({ html: text }: Html): Html => ({ html: begun(text) });

/** Each column beside its own past. */
function pastSays({ late, openInTime }: WaitingView, language: Language): Html | undefined {
  const names = {
    late: { fa: html`مهلت‌گذشته`, en: html`past their deadline` },
    openInTime: { fa: html`هنوز در مهلت`, en: html`still in time` },
  };
  const parts = [
    { name: names.late[language], verdict: late, better: "down" as const, ...beforeOf(late, language) },
    { name: names.openInTime[language], verdict: openInTime, ...beforeOf(openInTime, language) },
  ];
  const says = besidePast(parts, language);
  return says && { fa: html`ماه به ماه، ${says}`, en: html`Month by month, ${says}` }[language];
}

/** The number before it changed; the new number stands above. */
function beforeOf(verdict: Verdict, language: Language): { more?: Html } {
  if (verdict.state !== "changed" || !verdict.before) return {};
  const before = numberOf(verdict.before.value, language);
  return { more: { fa: html`پیش از آن ${before}`, en: html`${before} before` }[language] };
}

const uncounted: Record<Language, Answer> = {
  fa: { heading: html`هنوز شمرده نشده است.`, says: html`بامدادِ نخستین روز هر ماه شمرده می‌شود.` },
  en: { heading: html`Not counted yet.`, says: html`It is counted on the first morning of every Iranian month.` },
};

function asOf({ date, countedAt }: NonNullable<Material["waiting"]>, language: Language): Html {
  const [day, time] = [dayShort(date, language), clock(countedAt, language)];
  return {
    fa: html`شمارش <time datetime="${countedAt}">${day}، ساعت ${time}</time>.`,
    en: html`Counted on <time datetime="${countedAt}">${day}, ${time}</time>.`,
  }[language];
}

/** One agency's part of the same. */
export function waitingAnswerOf(
  waiting: Material["waiting"],
  { id, language }: { id: string; language: Language },
): Answer {
  const province = waiting?.count.agencies[id];
  return waitingAnswer(waiting && province && { ...waiting, count: { ...waiting.count, province } }, language);
}

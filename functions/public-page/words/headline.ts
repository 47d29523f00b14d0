import type { Instant } from "#shared/time/calendar.ts";
import { localDate } from "#shared/time/local-time.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { DataState, NextPublication } from "../model/page-views.ts";
import type { OutcomeSummary, SummaryPart } from "../model/summary.ts";
import { labels, outcomes, unpublished } from "./labels.ts";
import {
  capitalized,
  complaintsText,
  dayGregorian,
  dayLong,
  dayShort,
  monthLong,
  ofHundredText,
  periodNamed,
  rangeText,
  timeOfDay,
} from "./numbers-and-dates.ts";

type RangeText = Record<Language, (range: Html) => Html>;

const province: RangeText = {
  fa: (range) => html`از هر ۱۰۰ شکایت، <em>${range}</em> مورد پاسخ خوب گرفت.`,
  en: (range) => html`Of every 100 complaints, <em>${range}</em> were answered well.`,
};

const agency: RangeText = {
  fa: (range) => html`از هر ۱۰۰ شکایت، <em>${range}</em> مورد را خوب پاسخ داد.`,
  en: (range) => html`It answered <em>${range}</em> of every 100 complaints well.`,
};

/** The sentence above the strokes. Where nothing is published, pages use `nothingPublishedText`. */
export function headlineText(
  summary: OutcomeSummary,
  { of, language }: { of: "province" | "agency"; language: Language },
): Html {
  if (summary.state === "unpublished") return html`${capitalized(unpublished[language])}.`;
  if (summary.state === "too-few-complaints") return tooFewComplaintsText(summary.filed, language);
  return { province, agency }[of][language](rangeText(summary.low, summary.high, language));
}

function tooFewComplaintsText(filed: number, language: Language): Html {
  const count = complaintsText(filed, language);
  return { fa: html`هنوز برای داوری کم است: ${count}.`, en: html`Too few to say yet: ${count}.` }[language];
}

/** The name of an outcome, as it stands under the strokes. */
export function partName({ kind, outcome }: SummaryPart, language: Language): string {
  return kind === "accepted" || kind === "silent" ? labels[kind][language] : outcomes[outcome][language];
}

/** The outcomes that are not good, each with its share: `6 overturned, 16 late, 14 unanswered`. */
export function partsOfNotGood(parts: readonly SummaryPart[], language: Language): Html {
  const pieces = parts.map((part) => html`${ofHundredText(part, language)} ${partName(part, language)}`);
  return joinedList(pieces, language);
}

/** The same for a list, where no strokes stand above the words: each outcome with the look of its strokes. */
export function strokesOfNotGood(parts: readonly SummaryPart[], language: Language): Html {
  const looks = {
    "not-good": { fa: "خالی", en: "empty" },
    unanswered: { fa: "کوتاه", en: "short" },
  };
  const pieces = Object.entries(looks).flatMap(([kind, look]) => {
    const own = parts.filter((part) => part.kind === kind);
    return own.length > 0 ? [html`${look[language]}: ${partsOfNotGood(own, language)}`] : [];
  });
  return { html: pieces.map((piece) => piece.html).join({ fa: "؛ ", en: "; " }[language]) };
}

/** Joins pieces with the comma of the language. */
export function joinedList(pieces: readonly Html[], language: Language): Html {
  const comma = { fa: "، ", en: ", " }[language];
  return { html: pieces.map((piece) => piece.html).join(comma) };
}

/** The period of the headline, its number of complaints if that is published, and the day of publication; undefined without a period. */
export function headlineScope(
  period: DataState["month"],
  summary: OutcomeSummary,
  language: Language,
): Html | undefined {
  if (!period) return undefined;
  const name = periodNamed(period, language);
  const count = summary.state !== "unpublished" && html` · ${complaintsText(summary.filed, language)}`;
  const day = dayOf({ on: period.publishedOn }, language);
  return html`${name}${count} · ${{ fa: html`انتشار ${day}`, en: html`published ${day}` }[language]}`;
}

/** Says that the figures of a month are late; undefined if they are not. */
export function lateText({ late }: DataState, language: Language): Html | undefined {
  if (!late) return undefined;
  const [month, day] = [monthLong(late.month, language), dayOf(late, language)];
  return {
    fa: html`آمار ${month} هنوز منتشر نشده است؛ موعد آن ${day} بود.`,
    en: html`The figures of ${month} are not published yet; they were due on ${day}.`,
  }[language];
}

const dayOf = ({ on }: Pick<NextPublication, "on">, language: Language): Html =>
  html`<time datetime="${on}">${dayShort(on, language)}</time>`;

export function nextPublicationText({ next }: DataState, language: Language): Html {
  if (!next) return firstFigures[language];
  const [month, day] = [monthLong(next.month, language), dayOf(next, language)];
  return {
    fa: html`آمار ${month}، ${day} منتشر می‌شود.`,
    en: html`The figures of ${month} are published on ${day}.`,
  }[language];
}

const firstFigures: Record<Language, Html> = {
  fa: html`نخستین آمار، آمار ماهِ ثبت نخستین شکایت است و روز ۱۵ ماه بعد منتشر می‌شود.`,
  en: html`The first figures are those of the month of the first complaint, published on the 15th of the next month.`,
};

/** The headline of a province without any published figures. */
export function nothingPublishedText(dataState: DataState, language: Language): { heading: Html; text: Html } {
  const heading = { fa: html`هنوز آماری منتشر نشده است.`, en: html`No figures are published yet.` }[language];
  return { heading, text: nextPublicationText(dataState, language) };
}

export const roundedNote: Record<Language, string> = {
  fa: "هر شمار، به تصادف، به مضربی از پنج گرد شده است، دست‌بالا با چهار واحد تفاوت، تا کسی از روی آمار شناخته نشود؛ سهم‌ها از همین شمارها حساب شده‌اند.",
  en: "Every count is rounded at random to a multiple of five, by at most four, so that figures identify nobody; shares are made of these counts.",
};

/** When the page was made; Persian by the Iranian calendar, English by both. */
export function pageTimeText(now: Instant, language: Language): Html {
  const date = localDate(now);
  const [day, time] = [dayLong(date, language), timeOfDay(now, language)];
  return {
    fa: html`<time datetime="${now}">${day}، ساعت ${time}</time> به وقت تهران`,
    en: html`<time datetime="${now}">${day} (${dayGregorian(date)}), ${time}</time> Tehran time`,
  }[language];
}

import type { Figures } from "#functions/figures/figures.ts";
import { surelyMore } from "#shared/policy-numbers.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { formatNumber } from "../model/charts.ts";
import type { ListRow } from "../model/reading.ts";

type Lists = { categories: readonly ListRow[]; causes: readonly ListRow[] };

/** Names the most frequent category and the most frequent cause, each only if it is surely the most frequent. */
export function mostFrequentText({ categories, causes }: Lists, language: Language): Html {
  const [subject, cause] = [mostFrequent(categories), mostFrequent(causes)];
  const text = {
    fa: html`${subject && html`بیش از همه شکایت شد از: <strong>${subject.fa}</strong>. `}${cause && html`بیش از همه علت این بود: <strong>${cause.fa}</strong>. `}`,
    en: html`${subject && html`Most complained of: <strong>${subject.en}</strong>. `}${cause && html`Most often the cause: <strong>${cause.en}</strong>. `}`,
  };
  return text[language];
}

function mostFrequent(rows: readonly ListRow[]): ListRow["name"] | undefined {
  const [most = 0, next = 0] = rows.map(({ count }) => count);
  return most - next > surelyMore ? rows[0]?.name : undefined;
}

const hour: LocalizedText = { fa: "ساعت", en: "hour" };

/** The limit of a class of times, such as `PT3H`, in words; undefined for `longer`, `unanswered` and a missing limit. */
function timeWords(time: string | undefined, language: Language): string | undefined {
  const [, hours] = /^PT(\d+)H$/.exec(time ?? "") ?? [];
  if (hours === undefined) return undefined;
  return `${formatNumber(Number(hours), language)} ${hour[language]}${language === "en" && hours !== "1" ? "s" : ""}`;
}

/** The times, in office hours, within which half and nine of ten complaints are answered. The unanswered count as longest. */
export function timesText({ officeHoursMedian, officeHoursP90 }: Figures, language: Language): Html {
  // If both have no time for the same reason, the sentence about half of the complaints is enough.
  const isSameReason = officeHoursP90 === officeHoursMedian && timeWords(officeHoursP90, language) === undefined;
  const rest = isSameReason ? undefined : ninetiethText(officeHoursP90, language);
  return html`${medianText(officeHoursMedian, language)}${rest && ` ${rest}`}`;
}

function medianText(median: string | undefined, language: Language): string {
  const time = timeWords(median, language);
  if (time)
    return {
      fa: `دست‌کم نیمی از شکایت‌ها ظرف ${time} کاری پاسخ گرفت.`,
      en: `At least half were answered within ${time} of office time.`,
    }[language];
  if (median === "unanswered")
    return { fa: "بیش از نیمی از شکایت‌ها هرگز پاسخ نگرفت.", en: "More than half were never answered." }[language];
  if (median === "longer")
    return {
      fa: "بیش از نیمی از شکایت‌ها بیش از ۴۸ ساعت کاری منتظر ماند یا پاسخ نگرفت.",
      en: "More than half waited longer than 48 hours of office time, or were never answered.",
    }[language];
  return { fa: "برای گفتن زمان پاسخ، شکایت‌ها کم است.", en: "There are too few complaints to say the time to answer." }[
    language
  ];
}

function ninetiethText(p90: string | undefined, language: Language): string | undefined {
  const time = timeWords(p90, language);
  if (time) return { fa: `نُه‌دهم ظرف ${time} کاری.`, en: `Nine of ten within ${time}.` }[language];
  if (p90 === "unanswered")
    return {
      fa: "برای نُه‌دهم زمانی نمی‌توان گفت: بیش از یک‌دهم هرگز پاسخ نگرفت.",
      en: "For nine of ten no time can be said: more than one of ten was never answered.",
    }[language];
  if (p90 === "longer")
    return {
      fa: "بیش از یک‌دهم بیش از ۴۸ ساعت کاری منتظر ماند یا پاسخ نگرفت.",
      en: "More than one of ten waited longer than 48 hours, or were never answered.",
    }[language];
  return undefined;
}

export const hoursNames = [
  ["officeHoursWithin1h", { fa: "تا ۱ ساعت کاری", en: "by 1 office hour" }],
  ["officeHoursWithin3h", { fa: "تا ۳ ساعت کاری", en: "by 3 office hours" }],
  ["officeHoursWithin24h", { fa: "تا ۲۴ ساعت کاری", en: "by 24 office hours" }],
  ["officeHoursWithin48h", { fa: "تا ۴۸ ساعت کاری", en: "by 48 office hours" }],
] as const satisfies readonly (readonly [keyof Figures, LocalizedText])[];

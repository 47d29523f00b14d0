import type { Figures } from "#shared/domain/statistics/figures.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import { written } from "#shared/domain/telling/written-number.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";

const hour: Text = { fa: "ساعت", en: "hour" };

/** An edge of the classes of time, `PT3H`, in words; undefined for what is no time. */
function timeWords(time: string | undefined, language: Language): string | undefined {
  const [, hours] = /^PT(\d+)H$/.exec(time ?? "") ?? [];
  if (hours === undefined) return undefined;
  return `${written(Number(hours), language)} ${hour[language]}${language === "en" && hours !== "1" ? "s" : ""}`;
}

/** The times within which half, and nine of ten, are answered on the office clock; the unanswered count as longest. */
export function timesSay({ officeMedian, officeP90 }: Figures, language: Language): Html {
  // What has no time to say is said once: of half of the complaints, which is more than of a tenth.
  const isSaid = officeP90 === officeMedian && timeWords(officeP90, language) === undefined;
  const rest = isSaid ? undefined : nine(officeP90, language);
  return html`${half(officeMedian, language)}${rest && ` ${rest}`}`;
}

function half(median: string | undefined, language: Language): string {
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

function nine(p90: string | undefined, language: Language): string | undefined {
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
  ["officeWithin1h", { fa: "تا ۱ ساعت کاری", en: "by 1 office hour" }],
  ["officeWithin3h", { fa: "تا ۳ ساعت کاری", en: "by 3 office hours" }],
  ["officeWithin24h", { fa: "تا ۲۴ ساعت کاری", en: "by 24 office hours" }],
  ["officeWithin48h", { fa: "تا ۴۸ ساعت کاری", en: "by 48 office hours" }],
] as const satisfies readonly (readonly [keyof Figures, Text])[];

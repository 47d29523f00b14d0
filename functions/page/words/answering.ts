import type { Figures } from "#shared/domain/statistics/figures.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import { written } from "#shared/domain/telling/written-number.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";

const units: Record<string, Text> = {
  M: { fa: "دقیقه", en: "minute" },
  H: { fa: "ساعت", en: "hour" },
  D: { fa: "روز", en: "day" },
};

/** A time as it is told, `PT3H`, in words; undefined for what is no time. */
function timeWords(time: string | undefined, language: Language): string | undefined {
  const [, count, unit = ""] = /^PT?(\d+)([MHD])$/.exec(time ?? "") ?? [];
  const name = units[unit]?.[language];
  if (count === undefined || name === undefined) return undefined;
  return `${written(Number(count), language)} ${name}${language === "en" && count !== "1" ? "s" : ""}`;
}

/** By when half, and nine of ten, are answered; on the office clock, the unanswered longer than all. */
export function timesSay({ officeMedian, officeP90 }: Figures, language: Language): Html {
  const rest = nine(officeP90, language);
  return html`${half(officeMedian, language)}${rest && ` ${rest}`}`;
}

function half(median: string | undefined, language: Language): string {
  const time = timeWords(median, language);
  if (time)
    return {
      fa: `نیمی از شکایت‌ها ظرف ${time} کاری پاسخ گرفت.`,
      en: `Half were answered within ${time} of office time.`,
    }[language];
  if (median === "unanswered")
    return { fa: "بیش از نیمی از شکایت‌ها هرگز پاسخ نگرفت.", en: "More than half were never answered." }[language];
  if (median === "longer")
    return {
      fa: "نیمی از شکایت‌ها بیش از ۲۰ روز کاری منتظر ماند.",
      en: "Half waited longer than 20 days of office time.",
    }[language];
  return { fa: "زمان پاسخِ نیمی از شکایت‌ها گفته نمی‌شود.", en: "By when half were answered is not told." }[language];
}

function nine(p90: string | undefined, language: Language): string | undefined {
  const time = timeWords(p90, language);
  if (time) return { fa: `نُه‌دهم ظرف ${time} کاری.`, en: `Nine of ten within ${time}.` }[language];
  if (p90 === "unanswered")
    return {
      fa: "برای نُه‌دهم زمانی نمی‌توان گفت: بیش از یک‌دهم هرگز پاسخ نگرفت.",
      en: "For nine of ten no time can be said: more than one of ten was never answered.",
    }[language];
  return undefined;
}

export const hoursNames = [
  ["officeWithin1h", { fa: "تا ۱ ساعت", en: "by 1 h" }],
  ["officeWithin3h", { fa: "تا ۳ ساعت", en: "by 3 h" }],
  ["officeWithin24h", { fa: "تا ۲۴ ساعت", en: "by 24 h" }],
  ["officeWithin48h", { fa: "تا ۴۸ ساعت", en: "by 48 h" }],
] as const satisfies readonly (readonly [keyof Figures, Text])[];

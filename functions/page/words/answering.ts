import type { Figures } from "#shared/domain/statistics/figures.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import { written } from "#shared/domain/telling/written-number.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";

const hour: Text = { fa: "ساعت", en: "hour" };
/** A day of the bins is 24 hours of office time, which a reader would take for a day at work: it is told in hours. */
const units: Record<string, { name: Text; each: number }> = {
  M: { name: { fa: "دقیقه", en: "minute" }, each: 1 },
  H: { name: hour, each: 1 },
  D: { name: hour, each: 24 },
};

/** A time of the office clock as it is told, `PT3H`, in words; undefined for what is no time. */
function timeWords(time: string | undefined, language: Language): string | undefined {
  const [, told, letter = ""] = /^PT?(\d+)([MHD])$/.exec(time ?? "") ?? [];
  const unit = units[letter];
  if (told === undefined || unit === undefined) return undefined;
  const count = Number(told) * unit.each;
  return `${written(count, language)} ${unit.name[language]}${language === "en" && count !== 1 ? "s" : ""}`;
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
      fa: "نیمی از شکایت‌ها بیش از ۴۸۰ ساعت کاری منتظر ماند.",
      en: "Half waited longer than 480 hours of office time.",
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

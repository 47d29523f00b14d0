import type { Duration } from "../time/duration.ts";
import type { Language } from "../vocabulary.ts";

const units: Record<string, "day" | "hour" | "minute"> = { D: "day", H: "hour", M: "minute" };
const locales: Record<Language, string> = { fa: "fa-IR", en: "en" };
const and: Record<Language, string> = { fa: " و ", en: " and " };

/** A duration as people say it: `PT48H` is `۴۸ ساعت`, `PT1H30M` is `1 hour and 30 minutes`. */
export function durationInWords(duration: Duration, language: Language): string {
  const parts = [...duration.matchAll(/(\d+)([DHM])/g)].map(([, count, letter = ""]) =>
    Number(count).toLocaleString(locales[language], {
      style: "unit",
      unit: units[letter],
      unitDisplay: "long",
      useGrouping: false,
    }),
  );
  return parts.join(and[language]);
}

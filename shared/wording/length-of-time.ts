import { dayMs, hourMs, minuteMs } from "../time/duration.ts";
import type { Language } from "../vocabulary.ts";

const units = [
  { ms: dayMs, fa: "روز", en: "day" },
  { ms: hourMs, fa: "ساعت", en: "hour" },
  { ms: minuteMs, fa: "دقیقه", en: "minute" },
] as const;

/** A length of time in its two largest units: `۲ روز و ۳ ساعت`. Less than a minute is written as one minute. */
export function lengthOfTime(ms: number, language: Language): string {
  let left = Math.max(ms, minuteMs);
  const parts = units.map((unit) => {
    const count = Math.floor(left / unit.ms);
    left -= count * unit.ms;
    return { count, unit };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  const shown = parts.slice(first, first + 2).filter(({ count }) => count > 0);
  const words = shown.map(({ count, unit }) =>
    language === "fa" ? `${count.toLocaleString("fa-IR")} ${unit.fa}` : `${count} ${unit.en}${count === 1 ? "" : "s"}`,
  );
  return words.join(language === "fa" ? " و " : " ");
}

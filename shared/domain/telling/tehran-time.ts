import type { Language } from "../vocabulary.ts";

const when: Intl.DateTimeFormatOptions = {
  timeZone: "Asia/Tehran",
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  // Without it midnight may be written 24:00.
  hourCycle: "h23",
};

const formats: Record<Language, Intl.DateTimeFormat> = {
  fa: new Intl.DateTimeFormat("fa-IR-u-ca-persian", when),
  en: new Intl.DateTimeFormat("en-GB", when),
};

type Part = (wanted: Intl.DateTimeFormatPartTypes) => string;

/** Put together here: Intl's own order and punctuation are not how anybody writes Persian. */
const written: Record<Language, (part: Part) => string> = {
  fa: (part) =>
    `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}، ساعت ${part("hour")}:${part("minute")} به وقت تهران`,
  en: (part) =>
    `${part("weekday")}, ${part("day")} ${part("month")} ${part("year")}, ${part("hour")}:${part("minute")} Tehran time`,
};

/** An instant as people in Iran read it: `چهارشنبه ۴ آذر ۱۴۰۵، ساعت ۰۵:۱۸ به وقت تهران`. */
export function tehranTime(instant: string, language: Language): string {
  const parts = formats[language].formatToParts(Date.parse(instant));
  return written[language]((wanted) => parts.find(({ type }) => type === wanted)?.value ?? "");
}

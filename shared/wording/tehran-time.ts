import { timeZone } from "../time/local-time.ts";
import type { Language } from "../vocabulary.ts";

const day: Intl.DateTimeFormatOptions = {
  timeZone,
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
};
const dateTimeFormat: Intl.DateTimeFormatOptions = {
  ...day,
  hour: "2-digit",
  minute: "2-digit",
  // Without this option midnight may be written as 24:00.
  hourCycle: "h23",
};

const locales: Record<Language, string> = { fa: "fa-IR-u-ca-persian", en: "en-GB" };
const formats: Record<Language, Intl.DateTimeFormat> = {
  fa: new Intl.DateTimeFormat(locales.fa, dateTimeFormat),
  en: new Intl.DateTimeFormat(locales.en, dateTimeFormat),
};
const days: Record<Language, Intl.DateTimeFormat> = {
  fa: new Intl.DateTimeFormat(locales.fa, day),
  en: new Intl.DateTimeFormat(locales.en, day),
};

type Part = (wanted: Intl.DateTimeFormatPartTypes) => string;

/** The parts are joined here, because the order and punctuation of Intl are not usual in Persian. */
const writtenDay: Record<Language, (part: Part) => string> = {
  fa: (part) => `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`,
  en: (part) => `${part("weekday")}, ${part("day")} ${part("month")} ${part("year")}`,
};
const writtenTime: Record<Language, (part: Part) => string> = {
  fa: (part) => `، ساعت ${part("hour")}:${part("minute")} به وقت تهران`,
  en: (part) => `, ${part("hour")}:${part("minute")} Tehran time`,
};

/** Returns an instant in words, in Tehran time: `چهارشنبه ۴ آذر ۱۴۰۵، ساعت ۰۵:۱۸ به وقت تهران`. */
export function tehranTime(instant: string, language: Language): string {
  const part = partsOf(formats[language], Date.parse(instant));
  return writtenDay[language](part) + writtenTime[language](part);
}

/** Returns a Gregorian date in words; in Persian by the Iranian calendar: `چهارشنبه ۴ آذر ۱۴۰۵`. */
export function tehranDay(date: string, language: Language): string {
  // Noon in UTC is the same day in Tehran.
  return writtenDay[language](partsOf(days[language], Date.parse(`${date}T12:00:00.000Z`)));
}

function partsOf(format: Intl.DateTimeFormat, at: number): Part {
  const parts = format.formatToParts(at);
  return (wanted) => parts.find(({ type }) => type === wanted)?.value ?? "";
}

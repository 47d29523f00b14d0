import { dayMs, milliseconds } from "#shared/time/duration.ts";
import { localDate, timeZone } from "#shared/time/local-time.ts";
import { lengthOfTime } from "#shared/wording/length-of-time.ts";
import { tehranDay } from "#shared/wording/tehran-time.ts";

export type Language = "fa" | "en";
export type Localized = Record<Language, string>;

const locales: Localized = { fa: "fa-IR-u-ca-persian-nu-arabext", en: "en-GB" };

let language: Language = "fa";
export const currentLanguage = () => language;
export function chooseLanguage(chosen: Language): void {
  language = chosen;
}

/**
 * The text in the language of the desk. Names of the catalog may lack English. A desk that was opened before a release has no text for a
 * newer value of the API: it shows a dash and works on.
 */
export function text(localized: { fa: string; en?: string | undefined }): string {
  const { fa, [language]: own } = localized ?? unknown;
  return own || fa;
}

const unknown: Localized = { fa: "—", en: "—" };

/** Replaces `{name}` in a text by values. */
export function filled(localized: Localized, values: Record<string, string | number>): string {
  return text(localized).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? number(value) : value;
  });
}

export function number(value: number): string {
  return value.toLocaleString(locales[language]);
}

/** The digits of a text such as `08:00` as the language writes them. */
export function digits(latin: string): string {
  return language === "fa" ? latin.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit) : latin;
}

/** A phone number such as `+989121234567`: in Persian as it is dialled in Iran, in English as it is. */
export const localPhone = (phone: string) => (language === "fa" ? phone.replace(/^\+98/, "0") : phone);

/**
 * How far the server's clock is ahead of this PC's, in milliseconds. A PC's clock may be wrong by a day, and a length of time that
 * is left must not be.
 */
let aheadMs = 0;
/** Learns the time from the `Date` of an answer. */
export function learnServerTime(date: string | null): void {
  if (date !== null) aheadMs = Date.parse(date) - Date.now();
}
export const serverNow = () => Date.now() + aheadMs;

/** `دوشنبه ۹ آذر ۱۴۰۵، ۱۲:۳۰`. */
export function dateTime(instant: string): string {
  return `${day(instant)}${language === "fa" ? "، " : ", "}${timeOfDay(instant)}`;
}

/** A time that is looked forward to: `فردا سه‌شنبه ۱۰ آذر ۱۴۰۵، ساعت ۱۱:۰۰`. */
export function nearTime(instant: string): string {
  const date = localDate(instant);
  const near = date === dateInTehran() ? nearDays.today : date === dateInTehran(1) ? nearDays.tomorrow : undefined;
  return `${near ? `${text(near)} ` : ""}${day(instant)}${text({ fa: "، ساعت ", en: ", " })}${timeOfDay(instant)}`;
}

const nearDays = { today: { fa: "امروز", en: "today," }, tomorrow: { fa: "فردا", en: "tomorrow," } };

export function timeOfDay(instant: string): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(instant));
}

/** The day of an instant, or of a date such as `2026-11-30`, in words. */
export function day(instantOrDate: string): string {
  return tehranDay(instantOrDate.length === 10 ? instantOrDate : localDate(instantOrDate), language);
}

/** The date of a day in Tehran, `days` after today by the server's clock: `2026-11-30`. */
export const dateInTehran = (days = 0) => localDate(new Date(serverNow() + days * dayMs).toISOString());

export const duration = (ms: number) => lengthOfTime(ms, language);

/** An ISO 8601 length such as `PT3H` or `P10D` in words. */
export const isoDuration = (iso: string) => duration(milliseconds(iso));

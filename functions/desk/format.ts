import { lengthOfTime } from "#shared/domain/wording/length-of-time.ts";

export type Language = "fa" | "en";
export type Localized = Record<Language, string>;

const locales: Localized = { fa: "fa-IR-u-ca-persian-nu-arabext", en: "en-GB" };
const timeZone = "Asia/Tehran";

let language: Language = "fa";
export const currentLanguage = () => language;
export function chooseLanguage(chosen: Language): void {
  language = chosen;
}

/** The text in the language of the desk. Names of the catalog may lack English. */
export function text(localized: { fa: string; en?: string | undefined }): string {
  return localized[language] || localized.fa;
}

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

/** `دوشنبه ۹ آذر، ۱۲:۳۰`; with the year where it is another. */
export function dateTime(instant: string): string {
  return `${day(instant)}${language === "fa" ? "، " : ", "}${timeOfDay(instant)}`;
}

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
  const isDate = instantOrDate.length === 10;
  const at = Date.parse(isDate ? `${instantOrDate}T12:00:00Z` : instantOrDate);
  const year = (one: number) => new Intl.DateTimeFormat("en-u-ca-persian", { timeZone, year: "numeric" }).format(one);
  const format = new Intl.DateTimeFormat(locales[language], {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(year(at) !== year(serverNow()) && { year: "numeric" }),
  });
  const part = (wanted: string) => format.formatToParts(at).find(({ type }) => type === wanted)?.value ?? "";
  const parts = ["weekday", "day", "month", "year"].map(part).filter(Boolean);
  return parts.join(" ");
}

/** The date of a day in Tehran, `days` after today by the server's clock: `2026-11-30`. */
export function dateInTehran(days = 0): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = format.formatToParts(serverNow() + days * 86_400_000);
  return ["year", "month", "day"].map((wanted) => parts.find(({ type }) => type === wanted)?.value).join("-");
}

export const duration = (ms: number) => lengthOfTime(ms, language);

/** An ISO 8601 length such as `PT3H` or `P10D` in words. */
export function isoDuration(iso: string): string {
  const [, days = "0", hours = "0", minutes = "0"] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(iso) ?? [];
  return duration(((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000);
}

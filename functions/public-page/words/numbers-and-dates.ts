import { timeZone } from "#shared/time/local-time.ts";
import { firstDay, type IranianMonth, monthsOf, type Period } from "#shared/time/period.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { formatNumber } from "../model/charts.ts";
import type { ShareInStrokes } from "../model/summary.ts";

/** A number in the digits of the language. Its `value` attribute is the published number, for programs. */
export function numeral(value: number, language: Language): Html {
  return html`<data value="${value}">${formatNumber(value, language)}</data>`;
}

/** A share of 0 to 1 as a whole number of 100. A share with strokes takes `ofHundredText` instead. */
export function shareText(value: number, language: Language): Html {
  return html`<data value="${value}">${formatNumber(Math.round(value * 100), language)}</data>`;
}

/** A share as the number of its strokes, so that lists and drawings show the same number. */
export function ofHundredText({ share: value, strokes }: ShareInStrokes, language: Language): Html {
  return html`<data value="${value}">${formatNumber(strokes, language)}</data>`;
}

const range: Record<Language, (from: Html, to: Html) => Html> = {
  fa: (from, to) => html`${from} تا ${to}`,
  en: (from, to) => html`${from} to ${to}`,
};

/** The range from `low` to `high`, each as a number of strokes; a single number if both are the same. */
export function rangeText(low: ShareInStrokes, high: ShareInStrokes, language: Language): Html {
  const [from, to] = [ofHundredText(low, language), ofHundredText(high, language)];
  return low.strokes === high.strokes ? from : range[language](from, to);
}

export function fromToText(from: Html, to: Html, language: Language): Html {
  return range[language](from, to);
}

const words: Record<Language, readonly string[]> = {
  fa: ["هیچ", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده"],
  en: "no one two three four five six seven eight nine ten eleven twelve".split(" "),
};

/** Small counts as words, larger ones as digits. */
export function countInWords(number: number, language: Language): string {
  return words[language][number] ?? formatNumber(number, language);
}

/** The text with a capital first letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A published count in words; 0 means 0 to 4 complaints. */
export function complaintsText(count: number, language: Language): Html {
  if (count === 0)
    return { fa: html`<data value="0">صفر تا چهار</data> شکایت`, en: html`<data value="0">0 to 4</data> complaints` }[
      language
    ];
  const number = numeral(count, language);
  return { fa: html`حدود ${number} شکایت`, en: html`about ${number} complaints` }[language];
}

export const digits = (text: string, language: Language): string =>
  language === "en" ? text : text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".charAt(Number(digit)));

const locales: Record<Language, string> = { fa: "fa-IR-u-ca-persian", en: "en-u-ca-persian" };
const parts = { timeZone, weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const time = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
// Made once: to make a formatter is slow.
const days = {
  fa: new Intl.DateTimeFormat(locales.fa, parts),
  en: new Intl.DateTimeFormat(locales.en, parts),
};
const gregorian = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const times = new Intl.DateTimeFormat("en-GB", time);

function partsOf(at: number, language: Language) {
  const found = days[language].formatToParts(at);
  const part = (wanted: string) => found.find(({ type }) => type === wanted)?.value ?? "";
  return { weekday: part("weekday"), day: part("day"), month: part("month"), year: part("year") };
}

// Noon in UTC is the same day in Tehran.
const noon = (date: string) => Date.parse(`${date}T12:00:00.000Z`);

/** A Gregorian date as its day in Iran: `چهارشنبه ۴ آذر ۱۴۰۵`, `Wednesday 4 Azar 1405`. */
export function dayLong(date: string, language: Language): string {
  const { weekday, day, month, year } = partsOf(noon(date), language);
  return `${weekday} ${day} ${month} ${year}`;
}

/** A Gregorian date as its day in Iran, without weekday and year: `۴ آذر`. */
export function dayShort(date: string, language: Language): string {
  const { day, month } = partsOf(noon(date), language);
  return `${day} ${month}`;
}

/** A date in the Gregorian calendar, in English: `25 November 2026`. */
export function dayGregorian(date: string): string {
  return gregorian.format(noon(date));
}

/** The wall clock in Tehran: `۰۶:۰۰`. */
export function timeOfDay(instant: string, language: Language): string {
  return digits(times.format(Date.parse(instant)), language);
}

/** A month by its name: `مهر`, `Mehr`. */
export function monthName(month: IranianMonth, language: Language): string {
  return partsOf(noon(firstDay(month)), language).month;
}

export function yearOf(month: IranianMonth, language: Language): string {
  return digits(month.slice(0, 4), language);
}

export function monthLong(month: IranianMonth, language: Language): string {
  return `${monthName(month, language)} ${yearOf(month, language)}`;
}

const seasons: Record<Language, readonly string[]> = {
  fa: ["بهار", "تابستان", "پاییز", "زمستان"],
  en: ["spring", "summer", "autumn", "winter"],
};

/** `تابستان ۱۴۰۵`. */
function quarterLong(month: IranianMonth, language: Language): string {
  const season = Math.ceil(Number(month.slice(5)) / 3) - 1;
  return `${seasons[language][season]} ${yearOf(month, language)}`;
}

/** The name of a month, of a quarter (its season), or of four quarters (the first and the last season). */
export function periodLong(period: Period, language: Language): string {
  const months = monthsOf(period);
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const to = { fa: " تا ", en: " to " }[language];
  const names: Record<Period["kind"], () => string> = {
    month: () => monthLong(last, language),
    quarter: () => quarterLong(last, language),
    "four-quarters": () => `${quarterLong(first, language)}${to}${quarterLong(last, language)}`,
  };
  return names[period.kind]();
}

/** The name of a period with its kind, for headings: `Month of Mehr 1405`. */
export function periodNamed(period: Period, language: Language): string {
  const kinds: Partial<Record<Period["kind"], Record<Language, string>>> = {
    month: { fa: "ماه ", en: "month of " },
    "four-quarters": { fa: "چهار فصل، ", en: "four quarters, " },
  };
  return capitalized(`${kinds[period.kind]?.[language] ?? ""}${periodLong(period, language)}`);
}

/** Office hours in words: `۸ تا ۱۳`, `۷:۳۰ تا ۱۳`. */
export function hoursSpan({ from, to }: { from: string; to: string }, language: Language): string {
  const brief = (at: string) => {
    const [hour = "", minute = ""] = at.split(":");
    return minute === "00" ? formatNumber(Number(hour), language) : digits(`${Number(hour)}:${minute}`, language);
  };
  return { fa: `${brief(from)} تا ${brief(to)}`, en: `${from} to ${to}` }[language];
}

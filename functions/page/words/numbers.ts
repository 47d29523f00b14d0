import { type Html, html } from "#shared/domain/telling/html.ts";
import { written } from "#shared/domain/telling/written-number.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { OfHundred } from "../model/glance.ts";

/** A count or a measure; a program that reads the page finds it in the statistics as `value`. */
export function numeral(value: number, language: Language): Html {
  return html`<data value="${value}">${written(value, language)}</data>`;
}

/** A share that has no strokes, as so many of a hundred. */
export function share(value: number, language: Language): Html {
  return html`<data value="${value}">${written(Math.round(value * 100), language)}</data>`;
}

/** The same by the strokes that stand for it, so that no list says another number than the drawing. */
export function ofHundred({ share: value, strokes }: OfHundred, language: Language): Html {
  return html`<data value="${value}">${written(strokes, language)}</data>`;
}

const range: Record<Language, (from: Html, to: Html) => Html> = {
  fa: (from, to) => html`${from} تا ${to}`,
  en: (from, to) => html`${from} to ${to}`,
};

/** From low to high, in strokes; one number where they are the same. */
export function between(low: OfHundred, high: OfHundred, language: Language): Html {
  const [from, to] = [ofHundred(low, language), ofHundred(high, language)];
  return low.strokes === high.strokes ? from : range[language](from, to);
}

export function fromTo(from: Html, to: Html, language: Language): Html {
  return range[language](from, to);
}

const words: Record<Language, readonly string[]> = {
  fa: ["هیچ", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده"],
  en: "no one two three four five six seven eight nine ten eleven twelve".split(" "),
};

/** Small counts as words, larger ones as digits. */
export function counted(number: number, language: Language): string {
  return words[language][number] ?? written(number, language);
}

/** English words that stand at the beginning of a sentence. */
export function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A published count in words: 0 is 0 to 4 complaints. */
export function complaints(count: number, language: Language): Html {
  if (count === 0)
    return { fa: html`<data value="0">صفر تا چهار</data> شکایت`, en: html`<data value="0">0 to 4</data> complaints` }[
      language
    ];
  const number = numeral(count, language);
  return { fa: html`حدود ${number} شکایت`, en: html`about ${number} complaints` }[language];
}

export const digits = (text: string, language: Language): string =>
  language === "en" ? text : text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".charAt(Number(digit)));

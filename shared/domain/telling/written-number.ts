import type { Language } from "../vocabulary.ts";

const formats: Record<Language, Intl.NumberFormat> = {
  fa: new Intl.NumberFormat("fa-IR", { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 }),
};

/** A number as it is written: ۱٬۴۸۴, ۳٫۵. */
export function written(number: number, language: Language): string {
  return formats[language].format(number);
}

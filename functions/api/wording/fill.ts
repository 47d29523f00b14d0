import { Status } from "#shared/domain/complaint/complaint.ts";
import { statuses } from "#shared/domain/telling/names.ts";
import type { Language } from "#shared/domain/vocabulary.ts";

const persianDigits = (text: string) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);

/** A number as people read it: in a Persian text in Persian digits. */
export const numberIn = (language: Language, value: number | string) =>
  language === "fa" ? persianDigits(String(value)) : String(value);

/**
 * The text with its `{name}` places filled; whole numbers in a Persian text are in Persian digits. `{name bytes}` is a size in
 * megabytes or kilobytes.
 */
export function fill(text: string, values: Record<string, unknown>, language: Language): string {
  return text.replace(/\{(\w+)( bytes)?\}/g, (_, name: string, isSize?: string) => {
    const given = values[name] ?? "";
    if (isSize) return sizeInWords(Number(given), language);
    const value = Array.isArray(given) ? given.join(", ") : String(given);
    if (language === "en") return value;
    const status = name === "status" && Status.safeParse(value).data;
    // The Persian word for the reader, the status as programs know it behind.
    if (status) return `«${statuses[status].fa}» (${status})`;
    return /^\d+$/.test(value) ? persianDigits(value) : value;
  });
}

const kilobyte = 1_024;

function sizeInWords(bytes: number, language: Language): string {
  const isLarge = bytes >= kilobyte * kilobyte;
  const count = numberIn(language, Math.floor(bytes / (isLarge ? kilobyte * kilobyte : kilobyte)));
  if (language === "en") return `${count} ${isLarge ? "MB" : "KB"}`;
  return `${count} ${isLarge ? "مگابایت" : "کیلوبایت"}`;
}

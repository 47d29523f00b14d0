import { Status } from "#shared/domain/complaint/complaint.ts";
import { statuses } from "#shared/domain/telling/names.ts";
import type { Language } from "#shared/domain/vocabulary.ts";

const persianDigits = (text: string) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);

/** The text with its `{name}` places filled; whole numbers in a Persian text are in Persian digits. */
export function fill(text: string, values: Record<string, unknown>, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const given = values[name] ?? "";
    const value = Array.isArray(given) ? given.join(", ") : String(given);
    if (language === "en") return value;
    const status = name === "status" && Status.safeParse(value).data;
    // The Persian word for the reader, the status as programs know it behind.
    if (status) return `«${statuses[status].fa}» (${status})`;
    return /^\d+$/.test(value) ? persianDigits(value) : value;
  });
}

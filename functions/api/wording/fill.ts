import { Status } from "#shared/domain/complaint/complaint.ts";
import type { Language } from "#shared/domain/vocabulary.ts";

/** How a Persian reader knows a status, before the word that a program knows. */
const statuses: Record<Status, string> = {
  filed: "ثبت‌شده",
  acknowledged: "در دست رسیدگی",
  answered: "پاسخ‌داده‌شده",
  disputed: "در دست بازبینی",
  closed: "بسته‌شده",
};

const persianDigits = (text: string) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);

/** The text with its `{name}` places filled; what a Persian reads is in Persian digits. */
export function fill(text: string, values: Record<string, unknown>, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(values[name] ?? "");
    if (language === "en") return value;
    const status = name === "status" && Status.safeParse(value).data;
    if (status) return `«${statuses[status]}» (${status})`;
    return /^\d+$/.test(value) ? persianDigits(value) : value;
  });
}

import type { Status } from "../complaints/complaint.ts";
import type { Authority, LocalizedText } from "../vocabulary.ts";

/** The names of the officials at the escalation levels. */
export const authorities: Record<Authority, LocalizedText> = {
  "agency-head": { fa: "رئیس دستگاه", en: "the head of the office" },
  "county-governor": { fa: "فرماندار شهرستان", en: "the governor of the county" },
  "inspection-centre": { fa: "مرکز بازرسی استان", en: "the province’s inspection centre" },
  "governor-general": { fa: "استاندار", en: "the governor-general of the province" },
  "national-organization": { fa: "سازمان اداری و استخدامی کشور", en: "the national administrative organization" },
};

/** The names of the statuses of a complaint. */
export const statuses: Record<Status, LocalizedText> = {
  filed: { fa: "ثبت‌شده", en: "registered" },
  acknowledged: { fa: "در دست رسیدگی", en: "in progress" },
  answered: { fa: "پاسخ‌داده‌شده", en: "answered" },
  disputed: { fa: "در دست بازبینی", en: "under review" },
  closed: { fa: "بسته‌شده", en: "closed" },
};

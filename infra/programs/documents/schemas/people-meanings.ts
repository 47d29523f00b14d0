import type { Language } from "#shared/vocabulary.ts";

/** The meanings of fields of officials and of the audit. */
export const peopleMeanings: Record<string, Record<Language, string>> = {
  sub: { en: "The person, by the token's `sub`", fa: "شخص، همان `sub` توکن" },
  people: {
    en: "The names of the people who acted, by the `sub` that stands with each act",
    fa: "نام کسانی که اقدام کرده‌اند، بر پایهٔ `sub` که کنار هر اقدام آمده است",
  },
  roles: { en: "What the person may do: one role", fa: "نقش شخص؛ هر شخص یک نقش دارد" },
  role: {
    en: "`officer` of an agency, `inspector`, `overseer` for an authority, or `admin`",
    fa: "کارشناس دستگاه (officer)، بازرس (inspector)، ناظر از سوی یک مقام (overseer) یا مدیر سامانه (admin)",
  },
  "roles.authority": {
    en: "The authority for which the overseer acts: the overseer sees complaints that have reached its level",
    fa: "مقامی که ناظر از سوی اوست: ناظر شکایت‌هایی را می‌بیند که به سطح آن رسیده‌اند",
  },
  "roles.countyIds": {
    en: "The counties of a county governor; other authorities see the whole province and have none",
    fa: "شهرستان‌های فرماندار؛ مقام‌های دیگر همهٔ استان را می‌بینند و شهرستانی ندارند",
  },
  "Person.version": {
    en: "The version of the registration: a change sends it as `If-Match`",
    fa: "نسخهٔ ثبت؛ برای تغییر، آن را در سرآیند If-Match بفرستید",
  },
  "AuditEntry.names": {
    en: "The names that the people of this entry had when it was written, by their `sub`",
    fa: "نام‌هایی که اشخاص این رویداد هنگام ثبت آن داشتند، بر پایهٔ `sub`",
  },
  rolesBefore: { en: "The roles that the person had before", fa: "نقش‌هایی که شخص پیش از آن داشت" },
  nameBefore: { en: "The name that was replaced", fa: "نامی که جایش را نام تازه گرفت" },
  removed: { en: "Whether the person had any role", fa: "آیا شخص نقشی داشت" },
};

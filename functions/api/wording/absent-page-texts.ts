import type { Text } from "#shared/domain/vocabulary.ts";

export type AbsentPage = "unknown" | "unmade";

/** What a reader is told where there is no page. */
export const absentPageTexts: Record<AbsentPage, { title: Text; says: Text }> & { first: Text } = {
  unknown: {
    title: { fa: "این صفحه پیدا نشد", en: "There is no such page" },
    says: {
      fa: "نشانی را یک بار دیگر ببینید. شاید از جایی آمده‌اید که نشانی قدیمی دارد.",
      en: "Look at the address once more: whoever led you here may have an old one.",
    },
  },
  unmade: {
    title: { fa: "این صفحه در دست تهیه است", en: "This page is being made" },
    says: {
      fa: "چند دقیقهٔ دیگر دوباره بیایید. ثبت و پیگیری شکایت در شمارهٔ ۱۲۸ مثل همیشه ممکن است.",
      en: "Come back in a few minutes. Complaints are taken and followed at number 128 as always.",
    },
  },
  first: { fa: "صفحهٔ نخست", en: "First page" },
};

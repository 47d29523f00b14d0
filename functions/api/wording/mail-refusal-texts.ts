import type { Text } from "#shared/domain/vocabulary.ts";

type Step = { title: Text; says: Text; button: Text };

/** What the page says before mails are refused, and after each of its two buttons. */
export const mailRefusalTexts: Record<"asking" | "refused" | "undone", Step> = {
  asking: {
    title: { fa: "رایانامه‌های سامانهٔ ۱۲۸", en: "Mail from FOAD 128" },
    says: {
      fa: "با دکمهٔ زیر، سامانهٔ فوریت‌های اداری (۱۲۸) دیگر به نشانی رایانامهٔ شما پیامی نمی‌فرستد. پرونده‌ای بسته نمی‌شود و پیگیری با کد و رمز پرونده مثل پیش ممکن است.",
      en: "With the button below, FOAD 128 sends no more mail to your address. No case is closed by it, and every case can still be followed with its number and secret.",
    },
    button: { fa: "دیگر پیام نفرستید", en: "Send no more mail" },
  },
  refused: {
    title: { fa: "دیگر پیامی فرستاده نمی‌شود", en: "No more mail will be sent" },
    says: {
      fa: "از این پس سامانهٔ ۱۲۸ به این نشانی رایانامه چیزی نمی‌فرستد. اگر پرونده‌ای دارید، پاسخ آن را با کد و رمز پرونده یا از مرکز ۱۲۸ بپرسید. اگر اشتباه شده است، می‌توانید برگردانید.",
      en: "From now on FOAD 128 sends nothing to this address. If you have a case, ask for its answer with its number and secret, or call 128. If this was a mistake, it can be undone.",
    },
    button: { fa: "برگرداندن: پیام‌ها را بفرستید", en: "Undo: send mail again" },
  },
  undone: {
    title: { fa: "پیام‌ها دوباره فرستاده می‌شود", en: "Mail will be sent again" },
    says: {
      fa: "سامانهٔ ۱۲۸ دوباره دربارهٔ پرونده‌هایتان به این نشانی رایانامه پیام می‌فرستد.",
      en: "FOAD 128 again writes to this address about your cases.",
    },
    button: { fa: "دیگر پیام نفرستید", en: "Send no more mail" },
  },
};

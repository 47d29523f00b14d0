import type { Language } from "#shared/domain/vocabulary.ts";

/** The meanings of fields by which inspectors share their work, and admins read what was done. */
export const deskMeanings: Record<string, Record<Language, string>> = {
  queue: {
    en: "Which of the desk's lists; may be left out with `mine`, for all that the inspector works on",
    fa: "کدام فهرست کارتابل؛ همراه `mine` می‌تواند نیاید: هر چه بازرس روی آن کار می‌کند",
  },
  mine: { en: "Only what the inspector works on", fa: "تنها آنچه خود بازرس روی آن کار می‌کند" },
  claim: {
    en: "Which inspector says to work on it; binds nobody, lapses after a day and is no event; absent where nobody does",
    fa: "بازرسی که اعلام کرده روی آن کار می‌کند؛ کسی را مقید نمی‌کند، پس از یک شبانه‌روز پایان می‌یابد و رویداد نیست؛ اگر کسی نباشد نمی‌آید",
  },
  takenFrom: {
    en: "The colleague's claim that gave way; absent where nobody's did",
    fa: "اعلام کار همکاری که جای خود را داد؛ اگر کسی نبوده باشد نمی‌آید",
  },
  "claim.until": { en: "When it lapses, unless claimed again", fa: "زمان پایان، مگر آنکه دوباره اعلام شود" },
  "takenFrom.until": { en: "When it would have lapsed", fa: "زمانی که خودبه‌خود پایان می‌یافت" },
  client: {
    en: "The application that asked, by the token's `client_id`",
    fa: "برنامهٔ درخواست‌کننده، همان `client_id` توکن",
  },
  person: { en: "Who did it, by the token's `sub`", fa: "چه کسی آن را انجام داد، همان `sub` توکن" },
  order: { en: "What was ordered to be sent again", fa: "آنچه دستور ارسال دوبارهٔ آن داده شد" },
};

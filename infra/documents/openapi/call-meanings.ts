import type { Language } from "#shared/domain/vocabulary.ts";

/** The meanings of fields about calling citizens back. */
export const callMeanings: Record<string, Record<Language, string>> = {
  mayBeCalled: {
    en: "Whether 128 may call the citizen and ask what they think of it; some are drawn and called, and no agency learns who",
    fa: "آیا مرکز ۱۲۸ می‌تواند برای پرسیدن نظر شهروند با او تماس بگیرد؛ شماری به قید قرعه انتخاب می‌شوند و هیچ دستگاهی نمی‌داند چه کسانی",
  },
  outcome: {
    en: "Whether the citizen answered, refused to be asked (and is called no more), or could not be reached",
    fa: "نتیجهٔ تماس: پاسخ داد (answered)، نخواست و دیگر با او تماس گرفته نمی‌شود (refused)، در دسترس نبود (no-contact)",
  },
  "callbacks.opinion": { en: "What the citizen said on the phone", fa: "آنچه شهروند در تماس گفت" },
  callBefore: {
    en: "Until when the citizen may be called; the silent may still dispute until then",
    fa: "مهلت تماس؛ کسی که واکنشی نشان نداده است تا آن زمان می‌تواند اعتراض کند",
  },
  tries: {
    en: "On how many days the citizen was rung in vain; three are enough",
    fa: "شمار روزهایی که تماس بی‌پاسخ ماند؛ پس از سه روز دیگر تماس گرفته نمی‌شود",
  },
  callAgain: { en: "Whether the citizen is to be called again", fa: "آیا باید باز هم با شهروند تماس گرفته شود" },
  group: {
    en: "Silent so far, accepted the answer, or closed in another way",
    fa: "هنوز واکنشی نشان نداده (silent)، پاسخ را پذیرفته (accepted)، یا پرونده به گونه‌ای دیگر بسته شده است (other)",
  },
};

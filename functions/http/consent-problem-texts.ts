import type { FaultReason } from "#shared/fault.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

type ConsentReason = Extract<
  FaultReason,
  | "agency-missing"
  | "opinion-limit"
  | "phone-missing"
  | "calls-not-allowed"
  | "call-digits-missing"
  | "mobile-missing"
  | "secret-renewed-lately"
  | "messages-kept"
  | "national-id-missing"
  | "identity-missing"
>;

/** Why a citizen cannot consent, be called, give an opinion or act with a renewed secret, in the language of the caller. */
export const consentReasonTexts: Record<ConsentReason, LocalizedText> = {
  "agency-missing": {
    fa: "وضعیت شکایت {status} است و این گزارش نزد هیچ دستگاهی نیست که بتوان به آن اجازه داد.",
    en: "The complaint is `{status}`, and no agency works on this report, so there is none to see who complains.",
  },
  "opinion-limit": {
    fa: "وضعیت شکایت {status} است، ولی ۲۰ بار نظر داده‌اید و بیش از آن ثبت نمی‌شود.",
    en: "The complaint is `{status}`, but you have given 20 opinions of it already, and no more are taken.",
  },
  "phone-missing": {
    fa: "وضعیت شکایت {status} است، ولی شمارهٔ تلفنی در پرونده نیست که با آن تماس گرفته شود.",
    en: "The complaint is `{status}`, but it has no phone number to call.",
  },
  "calls-not-allowed": {
    fa: "وضعیت شکایت {status} است، ولی اجازهٔ تماس نداده‌اید. کد چهاررقمی را همراه با این اجازه بفرستید.",
    en: "The complaint is `{status}`, but you do not agree to be called: send the four digits together with that consent.",
  },
  "call-digits-missing": {
    fa: "وضعیت شکایت {status} است، ولی سه بار کد نادرست در تماس گفته شد و تماس‌ها پایان یافت. کد چهاررقمی تازه‌ای انتخاب کنید.",
    en: "The complaint is `{status}`, but wrong digits were said in calls three times, and the calls ended: choose four new digits.",
  },
  "mobile-missing": {
    fa: "وضعیت شکایت {status} است، ولی شمارهٔ تلفن همراهی در پرونده نیست که پیامک بگیرد.",
    en: "The complaint is `{status}`, but it has no mobile number that gets messages.",
  },
  "secret-renewed-lately": {
    fa: "وضعیت شکایت {status} است، ولی بازرس رمز آن را تازه نو کرده است. تا ۴۸ ساعت رمز تازه فقط برای خواندن، نوشتن و اعتراض است: چیزی را پایان نمی‌دهد، به پرسشی پاسخ نمی‌دهد و چیزی را به کسی نشان نمی‌دهد. پس از ۴۸ ساعت دوباره بفرستید.",
    en: "The complaint is `{status}`, but an inspector renewed its secret lately. For 48 hours the new secret only reads, writes and disputes: it ends nothing, answers no question and shows nothing to anybody. Send this again after the 48 hours.",
  },
  "messages-kept": {
    fa: "وضعیت شکایت {status} است، ولی بازرس رمز آن را تازه نو کرده است. تا ۴۸ ساعت، ۱۰ پیام آخر برای شما نگه داشته می‌شود. پس از ۴۸ ساعت دوباره بفرستید.",
    en: "The complaint is `{status}`, but an inspector renewed its secret lately. For 48 hours your last 10 messages are kept for you. Send this again after the 48 hours.",
  },
  "national-id-missing": {
    fa: "وضعیت شکایت {status} است، ولی نام و کد ملی در پرونده نیست؛ رمز آن نو نمی‌شود.",
    en: "The complaint is `{status}`, but no name and national id are kept with it, so its secret cannot be renewed.",
  },
  "identity-missing": {
    fa: "وضعیت شکایت {status} است، ولی مشخصاتی در پرونده نیست که دستگاه بتواند ببیند.",
    en: "The complaint is `{status}`, but it does not tell who complains, so the agency has nothing to see.",
  },
};

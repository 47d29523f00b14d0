import type { FaultCode } from "#shared/fault.ts";
import type { ProblemText } from "./catalog-problem-texts.ts";

type CallCode = Extract<FaultCode, "call-not-opened" | "call-digits-none" | "call-digits-wrong">;

/** The texts of the refusals of calls to citizens. */
export const callProblemTexts: Record<CallCode, ProblemText> = {
  "call-not-opened": {
    status: 409,
    title: { fa: "کد چهاررقمی گفته نشده است", en: "The call is not opened" },
    detail: {
      fa: "نخست شهروند باید کد چهاررقمی خود را بگوید. بدون آن فقط این‌ها ثبت می‌شود: پاسخ نداد، بعد زنگ بزنید، شماره از آنِ شخص دیگری است، دیگر زنگ نزنید؛ و اگر شهروند کدی انتخاب نکرده است، خبری در ۱۲۸ هست.",
      en: "The citizen says the four digits first. Without them only this is recorded: not reached, later, wrong person, no more calls; and news at 128, if the citizen has chosen no digits.",
    },
  },
  "call-digits-none": {
    status: 409,
    title: { fa: "کدی برای تماس انتخاب نشده است", en: "There are no digits" },
    detail: {
      fa: "این شهروند کد چهاررقمی انتخاب نکرده است. فقط بگویید که در ۱۲۸ خبری هست؛ با کد پیگیری و رمز پرونده می‌توان آن را انتخاب کرد.",
      en: "This citizen has chosen no digits. Say only that there is news at 128: with the id and secret of the case digits can be chosen.",
    },
  },
  "call-digits-wrong": {
    status: 409,
    title: { fa: "کد چهاررقمی نادرست است", en: "The digits are wrong" },
    detail: {
      fa: "این کد شهروند نیست و این تلاش ثبت شد. می‌توانید یک بار دیگر بپرسید. پس از سه تلاش نادرست در همهٔ تماس‌ها برای این شکایت دیگر تماسی گرفته نمی‌شود.",
      en: "These are not the citizen's digits, and the try is recorded. You may ask once more. After three wrong tries, in all calls together, nobody calls for this complaint any more.",
    },
  },
};

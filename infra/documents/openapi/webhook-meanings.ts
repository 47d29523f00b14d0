import type { Language } from "#shared/domain/vocabulary.ts";

/** The meanings of what admins and owners read and send of webhooks. */
export const webhookMeanings: Record<string, Record<Language, string>> = {
  "path.subscriber": {
    en: "`agency:` and the agency's id, or `front-end:` and the client's",
    fa: "`agency:` و شناسهٔ دستگاه اجرایی، یا `front-end:` و شناسهٔ درگاه",
  },
  "validationEvent.id": {
    en: "Of this validation; the same until it is taken",
    fa: "شناسهٔ این آزمایش؛ تا پذیرش آن همان است",
  },
  "validationEvent.data": { en: "Nothing", fa: "تهی" },
  subscriber: { en: "Whose webhook it is", fa: "صاحب وب‌هوک" },
  webhooks: { en: "Where each webhook of the province stands", fa: "وضعیت وب‌هوک‌های استان" },
  "WebhookDelivery.host": {
    en: "The host that its events are posted to; the rest of the address is not told",
    fa: "میزبانی که رویدادها به آن فرستاده می‌شود؛ بقیهٔ نشانی گفته نمی‌شود",
  },
  "WebhookDelivery.url": { en: "Where its events are posted to", fa: "نشانی ارسال رویدادها" },
  "WebhookDelivery.state": {
    en: "`validating` until its address takes the validation event, then `active`; `stopped` until it is resumed",
    fa: "تا پذیرش رویداد آزمایشی `validating`، سپس `active`؛ و اگر متوقف شود، تا ازسرگیری `stopped`",
  },
  "WebhookDelivery.cursor": { en: "The last event that was taken", fa: "آخرین رویدادی که پذیرفته شده است" },
  failures: { en: "Attempts in a row of which none was taken", fa: "شمار تلاش‌های ناموفق پیاپی" },
  failingSince: { en: "Since when none was taken", fa: "زمان آغاز ناکامی" },
  nextTryAt: { en: "When it is tried next, at the earliest", fa: "زودترین زمان تلاش بعدی" },
  stopped: { en: "Since when nothing more is sent", fa: "زمان و علت توقف ارسال" },
  because: {
    en: "`gone`: it answered 410; `nothing-taken`: for a day and up to two hours; `unknown-event`: resumed after an event that its feed does not have",
    fa: "`gone`: پاسخ ۴۱۰؛ `nothing-taken`: یک شبانه‌روز و تا دو ساعت بیشتر هیچ پذیرشی نبود؛ `unknown-event`: ازسرگیری پس از رویدادی که در فهرست آن نیست",
  },
  generation: { en: "Number of the secret", fa: "شمارهٔ کلید امضا" },
  "secret.generation": {
    en: "The present number tells its secret, the next one begins it",
    fa: "شمارهٔ کنونی همان کلید را می‌گوید، و شمارهٔ بعدی کلید تازه می‌سازد",
  },
  previousUntil: {
    en: "Until when the secret before it signs too",
    fa: "تا این زمان کلید پیشین نیز امضا می‌کند",
  },
  "WebhookSecret.secret": {
    en: "What its events are signed with, after Standard Webhooks",
    fa: "کلید امضای رویدادها، به روش Standard Webhooks",
  },
  attempts: { en: "The last twenty attempts", fa: "بیست تلاش آخر" },
  "attempts.at": { en: "When it began", fa: "زمان آغاز" },
  "attempts.status": { en: "What was answered; 2xx takes the event", fa: "کد پاسخ؛ 2xx یعنی پذیرش رویداد" },
  "attempts.failure": {
    en: "Why nothing was answered: not in ten seconds, no public address, or no connection",
    fa: "علت نبود پاسخ: ده ثانیه گذشت، نشانی عمومی نیست، یا ارتباط برقرار نشد",
  },
  tookMs: { en: "How long it took, in ms", fa: "مدت، به میلی‌ثانیه" },
  "resume.after": {
    en: "The event after which it goes on; left out: the last one that was taken, whatever was asked before",
    fa: "رویدادی که ارسال پس از آن از سر گرفته می‌شود؛ پیش‌فرض: آخرین رویداد پذیرفته‌شده، هرچه پیش‌تر خواسته شده باشد",
  },
};

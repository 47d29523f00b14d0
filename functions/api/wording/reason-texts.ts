import type { Reason } from "#shared/domain/fault.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

/** The detail for each reason, in place of the problem's own, where the code alone does not tell what to do. */
export const reasonTexts: Record<Reason, Text> = {
  "answer-overdue": {
    fa: "وضعیت شکایت {status} است، ولی مهلت پاسخ گذشته است و دیگر تمدید نمی‌شود.",
    en: "The complaint is `{status}`, but the time to answer is over and cannot be extended any more.",
  },
  "visit-reported": {
    fa: "گزارش این بازدید پیش‌تر ثبت شده است. وضعیت شکایت {status} است.",
    en: "This visit has been reported already. The complaint is `{status}`.",
  },
  "reply-too-late": {
    fa: "وضعیت شکایت {status} است و بیش از ۳۰ روز از بسته شدن آن گذشته است.",
    en: "The complaint is `{status}`, and was closed more than 30 days ago.",
  },
  "said-enough": {
    fa: "وضعیت شکایت {status} است، ولی ۵۰ پیام از شما دارد و بیش از آن نمی‌گیرد.",
    en: "The complaint is `{status}`, but has 50 messages of yours and takes no more.",
  },
  "full-of-files": {
    fa: "وضعیت شکایت {status} است، ولی ۲۰ پیوست دارد و بیش از آن نمی‌گیرد.",
    en: "The complaint is `{status}`, but has 20 attachments and takes no more.",
  },
  "files-awaited": {
    fa: "۲۰ پیوست ثبت یا اعلام شده است. پس از زمانی که در سرآیند Retry-After آمده است دوباره بفرستید.",
    en: "20 attachments stand or are awaited. Send it again after the time in Retry-After.",
  },
  "decided-before": {
    fa: "شما دربارهٔ شکایت پیشین رأی داده‌اید؛ بازرس دیگری باید رسیدگی کند.",
    en: "You ended the earlier complaint; another inspector must take this one.",
  },
  "no-receiver": {
    fa: "دستگاه «{agencyId}» در فهرست استان نیست، یا در این شهرستان نیست، یا شکایت هم‌اکنون نزد آن است.",
    en: "`{agencyId}` is not in the catalog, or is not in this county, or already has the complaint.",
  },
  "agency-retired": {
    fa: "دستگاه «{id}» دیگر شکایت تازه نمی‌پذیرد و تنها شکایت‌های باز خود را به پایان می‌رساند؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The agency `{id}` takes no new complaints and only finishes what it has open; `successorId`, where it is given, takes its place.",
  },
  "county-retired": {
    fa: "شهرستان «{id}» دیگر در ثبت شکایت به کار نمی‌رود؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The county `{id}` is not filed for any more; `successorId`, where it is given, takes its place.",
  },
  "office-retired": {
    fa: "ادارهٔ «{id}» دیگر شکایت تازه نمی‌پذیرد؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The office `{id}` takes no new complaints; `successorId`, where it is given, takes its place.",
  },
  "category-retired": {
    fa: "موضوع «{id}» دیگر در ثبت شکایت به کار نمی‌رود؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The category `{id}` is not filed under any more; `successorId`, where it is given, takes its place.",
  },
  "cause-retired": {
    fa: "علت «{id}» دیگر در پاسخ و رأی به کار نمی‌رود؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The cause `{id}` is not named any more; `successorId`, where it is given, takes its place.",
  },
  "front-end-retired": {
    fa: "برنامهٔ «{id}» دیگر شکایت تازه ثبت نمی‌کند؛ شکایت را از درگاهی دیگر ثبت کنید. شکایت‌های پیشین با کد پیگیری و رمز خود در دسترس‌اند.",
    en: "The front end `{id}` files nothing new; file through another one. What was filed stays open to its citizens by id and secret.",
  },
  "client-retired": {
    fa: "دسترسی این برنامه پایان یافته است؛ برنامهٔ تازه را به کار ببرید یا با مرکز ۱۲۸ استان تماس بگیرید.",
    en: "This client's access has ended; use the one that took its place, or contact the province's FOAD centre.",
  },
  "no-agency": {
    fa: "وضعیت شکایت {status} است و این گزارش نزد هیچ دستگاهی نیست که بتوان به آن اجازه داد.",
    en: "The complaint is `{status}`, and no agency holds this report that could be let know who complains.",
  },
  "no-webhook": {
    fa: "چنین وب‌هوکی در تنظیمات استان ثبت نشده است؛ نشانی آن را واحد فناوری اطلاعات استان ثبت می‌کند.",
    en: "There is no such webhook in the province file; the province's IT writes its address there.",
  },
  "identities-read": {
    fa: "شما امروز مشخصات افراد زیادی را دیده‌اید. تا زمانی که مدیر سامانه اجازه ندهد، مشخصات دیگری نشان داده نمی‌شود.",
    en: "You have read more identities today than are allowed, and read no more until an admin lifts it.",
  },
  "phones-read": {
    fa: "امروز به اندازهٔ مجاز شماره تلفن نمایش داده شده است. تا زمانی که مدیر سامانه اجازه ندهد، شمارهٔ دیگری نمایش داده نمی‌شود؛ با کسانی تماس بگیرید که تاکنون در فهرست آمده‌اند.",
    en: "You have listed as many phones today as are allowed, and no further one is shown until an admin lifts it; call those who were listed.",
  },
  "enough-visits": {
    fa: "وضعیت شکایت {status} است، ولی ۲۰ بازدید برای آن دستور داده شده است و بیش از آن نمی‌گیرد.",
    en: "The complaint is `{status}`, but 20 visits have been ordered for it and it takes no more.",
  },
  "enough-opinions": {
    fa: "وضعیت شکایت {status} است، ولی ۲۰ بار نظر داده‌اید و بیش از آن ثبت نمی‌شود.",
    en: "The complaint is `{status}`, but you have given 20 opinions of it and it takes no more.",
  },
  "no-phone": {
    fa: "وضعیت شکایت {status} است، ولی شمارهٔ تلفنی در پرونده نیست که با آن تماس گرفته شود.",
    en: "The complaint is `{status}`, but no phone is kept that could be called.",
  },
  "nobody-named": {
    fa: "وضعیت شکایت {status} است، ولی مشخصاتی در پرونده نیست که دستگاه بتواند ببیند.",
    en: "The complaint is `{status}`, but nobody's identity is kept that an agency could see.",
  },
  "other-charset": {
    fa: "بدنه باید با کدگذاری UTF-8 باشد: آن را با UTF-8 بفرستید و در Content-Type جز charset=utf-8 ننویسید.",
    en: "A body is in UTF-8: send it so, and name no other `charset` in Content-Type than `utf-8`.",
  },
  "compressed-body": {
    fa: "بدنهٔ فشرده پذیرفته نیست: آن را بدون فشرده‌سازی و بدون سرآیند Content-Encoding بفرستید.",
    en: "A compressed body is not taken: send it uncompressed, without the header `Content-Encoding`.",
  },
};

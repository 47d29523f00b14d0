import type { Reason } from "#shared/domain/fault.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

/** The detail for each reason, in place of the problem's own, where the code alone does not tell what to do. */
export const reasonTexts: Record<Reason, Text> = {
  "answer-overdue": {
    fa: "وضعیت شکایت {status} است، ولی مهلت پاسخ گذشته است و دیگر تمدید نمی‌شود.",
    en: "The complaint is `{status}`, but the time to answer is over and can no longer be extended.",
  },
  "visit-reported": {
    fa: "گزارش این بازدید پیش‌تر ثبت شده است. وضعیت شکایت {status} است.",
    en: "This visit has been reported already. The complaint is `{status}`.",
  },
  "closed-long-ago": {
    fa: "وضعیت شکایت {status} است و بیش از ۳۰ روز از بسته شدن آن گذشته است.",
    en: "The complaint is `{status}`, and was closed more than 30 days ago.",
  },
  "message-limit": {
    fa: "وضعیت شکایت {status} است، ولی ۵۰ پیام از شما دارد و بیش از آن نمی‌گیرد.",
    en: "The complaint is `{status}`, but it has 50 messages of yours already, and no more are taken.",
  },
  "attachment-limit": {
    fa: "وضعیت شکایت {status} است، ولی ۲۰ پیوست دارد و بیش از آن نمی‌گیرد.",
    en: "The complaint is `{status}`, but it has 20 attachments already, and no more are taken.",
  },
  "attachments-awaited": {
    fa: "۲۰ پیوست ثبت یا اعلام شده است. اگر فایلی که اعلام شده نرسد، پس از زمانی که در سرآیند Retry-After آمده است (به ثانیه) جای آن باز می‌شود.",
    en: "20 attachments are there or announced. If an announced file does not come, its place is free after the seconds in the header Retry-After.",
  },
  "decided-earlier-complaint": {
    fa: "شما دربارهٔ شکایت پیشین رأی داده‌اید؛ بازرس دیگری باید رسیدگی کند.",
    en: "You decided the earlier complaint, so another inspector must take this one.",
  },
  "unknown-receiver": {
    fa: "دستگاه «{agencyId}» در فهرست استان نیست، یا در این شهرستان نیست، یا شکایت هم‌اکنون نزد آن است.",
    en: "The agency `{agencyId}` is not in the province's list, or is not in this county, or already has the complaint.",
  },
  "agency-retired": {
    fa: "دستگاه «{id}» دیگر شکایت تازه نمی‌پذیرد و تنها شکایت‌های باز خود را به پایان می‌رساند؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The agency `{id}` takes no new complaints and only finishes its open ones. `successorId`, where it is given, takes its place.",
  },
  "county-retired": {
    fa: "شهرستان «{id}» دیگر در ثبت شکایت به کار نمی‌رود؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The county `{id}` is not used for new complaints any more. `successorId`, where it is given, takes its place.",
  },
  "office-retired": {
    fa: "ادارهٔ «{id}» دیگر شکایت تازه نمی‌پذیرد؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The office `{id}` takes no new complaints. `successorId`, where it is given, takes its place.",
  },
  "category-retired": {
    fa: "موضوع «{id}» دیگر در ثبت شکایت به کار نمی‌رود؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The subject `{id}` is not used for new complaints any more. `successorId`, where it is given, takes its place.",
  },
  "cause-retired": {
    fa: "علت «{id}» دیگر در پاسخ و رأی به کار نمی‌رود؛ اگر `successorId` آمده باشد، جانشین آن است.",
    en: "The cause `{id}` is not used in answers and decisions any more. `successorId`, where it is given, takes its place.",
  },
  "front-end-retired": {
    fa: "برنامهٔ «{id}» دیگر شکایت تازه ثبت نمی‌کند؛ شکایت را از درگاهی دیگر ثبت کنید. شکایت‌های پیشین با کد پیگیری و رمز خود در دسترس‌اند.",
    en: "The front end `{id}` files no new complaints: file through another one. Citizens still reach their earlier complaints by id and secret.",
  },
  "client-retired": {
    fa: "دسترسی این برنامه پایان یافته است؛ برنامهٔ تازه را به کار ببرید یا با مرکز ۱۲۸ استان تماس بگیرید.",
    en: "The access of this client has ended. Use the client that took its place, or contact the province's FOAD centre.",
  },
  "agency-missing": {
    fa: "وضعیت شکایت {status} است و این گزارش نزد هیچ دستگاهی نیست که بتوان به آن اجازه داد.",
    en: "The complaint is `{status}`, and no agency works on this report, so there is none to see who complains.",
  },
  "webhook-missing": {
    fa: "چنین وب‌هوکی در تنظیمات استان ثبت نشده است؛ نشانی آن را واحد فناوری اطلاعات استان ثبت می‌کند.",
    en: "The province's settings have no such webhook. The province's IT registers its address there.",
  },
  "identity-limit": {
    fa: "شما امروز مشخصات افراد زیادی را دیده‌اید. تا زمانی که مدیر سامانه اجازه ندهد، مشخصات دیگری نشان داده نمی‌شود.",
    en: "You have read as many identities today as are allowed. No further one is shown until an administrator allows it.",
  },
  "phone-limit": {
    fa: "امروز به اندازهٔ مجاز شماره تلفن نمایش داده شده است. تا زمانی که مدیر سامانه اجازه ندهد، شمارهٔ دیگری نمایش داده نمی‌شود؛ با کسانی تماس بگیرید که تاکنون در فهرست آمده‌اند.",
    en: "You have listed as many phone numbers today as are allowed. No further one is shown until an administrator allows it; call those who were listed.",
  },
  "visit-limit": {
    fa: "وضعیت شکایت {status} است، ولی ۲۰ بازدید برای آن دستور داده شده است و بیش از آن نمی‌گیرد.",
    en: "The complaint is `{status}`, but 20 visits have been ordered for it already, and no more are taken.",
  },
  "opinion-limit": {
    fa: "وضعیت شکایت {status} است، ولی ۲۰ بار نظر داده‌اید و بیش از آن ثبت نمی‌شود.",
    en: "The complaint is `{status}`, but you have given 20 opinions of it already, and no more are taken.",
  },
  "phone-missing": {
    fa: "وضعیت شکایت {status} است، ولی شمارهٔ تلفنی در پرونده نیست که با آن تماس گرفته شود.",
    en: "The complaint is `{status}`, but it has no phone number to call.",
  },
  "identity-missing": {
    fa: "وضعیت شکایت {status} است، ولی مشخصاتی در پرونده نیست که دستگاه بتواند ببیند.",
    en: "The complaint is `{status}`, but it does not tell who complains, so the agency has nothing to see.",
  },
  "unsupported-charset": {
    fa: "بدنه باید با کدگذاری UTF-8 باشد: آن را با UTF-8 بفرستید و در Content-Type جز charset=utf-8 ننویسید.",
    en: "Send the body in UTF-8, and name no other `charset` in Content-Type than `utf-8`.",
  },
};

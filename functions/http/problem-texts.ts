import { Status } from "#shared/complaints/complaint.ts";
import type { FaultCode, FaultReason } from "#shared/fault.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { statuses } from "#shared/wording/names.ts";
import { callProblemTexts } from "./call-problem-texts.ts";
import { catalogProblemTexts, type ProblemText } from "./catalog-problem-texts.ts";
import { consentReasonTexts } from "./consent-problem-texts.ts";
import { issueProblemTexts, issueReasonTexts } from "./issue-problem-texts.ts";
import { noticeProblemTexts, noticeReasonTexts } from "./notice-problem-texts.ts";
import { promiseReasonTexts } from "./promise-problem-texts.ts";

const persianDigits = (text: string) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);

/** A number as a text, with Persian digits in Persian. */
export const numberIn = (language: Language, value: number | string) =>
  language === "fa" ? persianDigits(String(value)) : String(value);

/**
 * Fills the placeholders `{name}` of a text. In Persian, whole numbers get Persian digits. `{name bytes}` becomes a size in
 * megabytes or kilobytes, rounded down.
 */
export function fillPlaceholders(text: string, values: Record<string, unknown>, language: Language): string {
  return text.replace(/\{(\w+)( bytes)?\}/g, (_, name: string, isSize?: string) => {
    const raw = values[name] ?? "";
    if (isSize) return sizeInWords(Number(raw), language);
    const value = Array.isArray(raw) ? raw.join(", ") : String(raw);
    if (language === "en") return value;
    const status = name === "status" && Status.safeParse(value).data;
    // First the Persian word for the reader, then the status as it stands in the API.
    if (status) return `«${statuses[status].fa}» (${status})`;
    return /^\d+$/.test(value) ? persianDigits(value) : value;
  });
}

const kilobyte = 1_024;

function sizeInWords(bytes: number, language: Language): string {
  const isLarge = bytes >= kilobyte * kilobyte;
  const count = numberIn(language, Math.floor(bytes / (isLarge ? kilobyte * kilobyte : kilobyte)));
  if (language === "en") return `${count} ${isLarge ? "MB" : "KB"}`;
  return `${count} ${isLarge ? "مگابایت" : "کیلوبایت"}`;
}

/** The texts of each refusal. A placeholder `{name}` is filled from the fault's `values`. */
export const problemTexts: Record<FaultCode, ProblemText> = {
  ...callProblemTexts,
  ...noticeProblemTexts,
  ...issueProblemTexts,
  invalid: {
    status: 400,
    title: { fa: "درخواست نادرست است", en: "The request is not valid" },
    detail: {
      fa: "این‌جا به زبان ساده آمده است که چه چیزی درست نیست؛ errors همان را برای برنامه، فیلد به فیلد، می‌گوید.",
      en: "What is wrong stands here in plain sentences; `errors` has the same for programs, field by field.",
    },
  },
  "idempotency-key-missing": {
    status: 400,
    title: { fa: "سرآیند Idempotency-Key لازم است", en: "The Idempotency-Key header is required" },
    detail: {
      fa: "برای هر شکایت تازه یک کلید یکتا (۸ تا ۱۲۸ نویسه) بفرستید و هنگام تکرار، همان را به کار ببرید.",
      en: "Send a new key (8 to 128 printable characters) with each new complaint, and the same key when you send it again.",
    },
  },
  "cursor-invalid": {
    status: 400,
    title: { fa: "نشانگر صفحه نادرست است", en: "The cursor is not valid" },
    detail: {
      fa: "مقدار cursor یا after را همان‌گونه که از همین فهرست دریافت کرده‌اید و با همان پرسش بفرستید، یا آن را نفرستید تا از آغاز خوانده شود.",
      en: "Send `cursor` or `after` as this list gave it to you and with the same query, or leave it out to read from the start.",
    },
  },
  "direct-access-not-allowed": {
    status: 403,
    title: { fa: "از این نشانی پاسخ داده نمی‌شود", en: "Requests are not answered at this address" },
    detail: {
      fa: "درخواست را به نشانی همگانی استان بفرستید که در مستندات و صفحهٔ استان آمده است.",
      en: "Send the request to the province's public address, which its documents and its page name.",
    },
  },
  "not-registered": {
    status: 403,
    title: { fa: "این برنامه ثبت نشده است", en: "This client is not registered" },
    detail: {
      fa: "شناسهٔ برنامه برای این نقش در فایل استان ثبت نشده است؛ با مرکز ۱۲۸ استان تماس بگیرید.",
      en: "The token's client is not registered in this role; contact the province's FOAD centre.",
    },
  },
  "not-allowed": {
    status: 403,
    title: { fa: "اجازهٔ این کار را ندارید", en: "You may not do this" },
    detail: {
      fa: "این کار در نقش شما نیست. برنامه‌ای که دستگاه اجرایی اداره می‌کند، علیه همان دستگاه شکایت و گزارش تلافی ثبت نمی‌کند و شکایت‌هایش به آن دستگاه ارجاع نمی‌شود. تماس با شهروندان تنها با درگاهی است که استان نام برده است. در محیط آزمایش، پیوست و گزارش تلافی پذیرفته نمی‌شود.",
      en: "This is not for your role to do. A front end that an agency runs files nothing against that agency and no retaliation report, and what it filed is not sent on to that agency. Only the front end that the province names calls citizens back. The sandbox takes no files and no retaliation reports.",
    },
  },
  "channel-not-allowed": {
    status: 403,
    title: { fa: "این راه ثبت برای شما مجاز نیست", en: "This channel is not allowed to you" },
    detail: {
      fa: "این برنامه برای راه ثبت «{channel}» ثبت نشده است.",
      en: "This front end is not registered for the channel `{channel}`.",
    },
  },
  "not-found": {
    status: 404,
    title: { fa: "یافت نشد", en: "Not found" },
    detail: {
      fa: "چنین شکایتی نیست، یا در دسترس شما نیست، یا پیوستی که خواسته‌اید در آن نیست یا هنوز آماده نیست. کد و رمز شکایت، یا توکن را بررسی کنید.",
      en: "There is no such complaint, or you may not see it, or the file that you asked for is not in it or not ready yet. Check the complaint's id and secret, or the token.",
    },
  },
  "unknown-route": {
    status: 404,
    title: { fa: "چنین نشانی یا متدی نیست", en: "There is no such path or method" },
    detail: {
      fa: "در این سامانه چنین نشانی‌ای، یا این نشانی با این متد، نیست. همهٔ نشانی‌ها در مستندات آمده است: {docs}",
      en: "This API has no such path, or not with this method. The documents list every path: {docs}",
    },
  },
  "wrong-state": {
    status: 409,
    title: { fa: "در این مرحله شدنی نیست", en: "Not possible at this stage" },
    detail: {
      fa: "وضعیت شکایت {status} است و در این وضعیت این کار شدنی نیست؛ شکایت را دوباره بخوانید.",
      en: "The complaint is `{status}`, and this is not possible then. Read the complaint again.",
    },
  },
  "transfer-limit": {
    status: 409,
    title: { fa: "ارجاع دوباره شدنی نیست", en: "It cannot be transferred again" },
    detail: { fa: "پس از دو ارجاع، تنها بازرس ارجاع می‌دهد.", en: "After two transfers only an inspector transfers." },
  },
  "already-extended": {
    status: 409,
    title: { fa: "مهلت پیش‌تر تمدید شده است", en: "The deadline has been extended already" },
    detail: {
      fa: "مهلت هر شکایت تنها یک بار تمدید می‌شود.",
      en: "The deadline of a complaint can be extended only once.",
    },
  },
  "consent-limit": {
    status: 409,
    title: { fa: "شمار اجازه‌ها به پایان رسیده است", en: "Consent cannot be given again" },
    detail: {
      fa: "پس از ثبت شکایت، هر یک از دو اجازه، دیدن نام برای دستگاه و تماس تلفنی با شما، را پنج بار می‌توان داد و کد تماس را پنج بار می‌توان انتخاب کرد. پس گرفتن هر دو اجازه همیشه ممکن است.",
      en: "After filing, each of the two consents can be given five times: that the agency sees who complains, and that somebody calls; and digits for calls can be chosen five times. Both consents can always be taken back.",
    },
  },
  "person-exists": {
    status: 409,
    title: { fa: "این شناسه ثبت شده است", en: "The account is registered" },
    detail: {
      fa: "شناسهٔ «{sub}» از آنِ «{name}» است و ثبت تازه آن را عوض نمی‌کند. برای تغییر، آن را با GET بخوانید و `version` را در سرآیند If-Match بفرستید.",
      en: "The account `{sub}` belongs to “{name}”, and a new registration does not replace it. To change it, read it with `GET` and send its `version` as `If-Match`.",
    },
  },
  "renewal-limit": {
    status: 409,
    title: { fa: "رمز دیگر نو نمی‌شود", en: "The secret cannot be renewed again" },
    detail: {
      fa: "رمز هر شکایت پانزده بار نو می‌شود. شهروند می‌تواند با همین نام شکایت تازه‌ای ثبت کند.",
      en: "The secret of a complaint can be renewed fifteen times. The citizen may file a new complaint under the same name.",
    },
  },
  "national-id-differs": {
    status: 422,
    title: { fa: "کد ملی با پرونده یکی نیست", en: "The national id is not the one of the case" },
    detail: {
      fa: "این کد ملی آن نیست که شهروند هنگام ثبت گفته است. رمز نو نشد. کارت را دوباره ببینید.",
      en: "This is not the national id that the citizen gave at filing. The secret was not renewed. Look at the card again.",
    },
  },
  "legal-hold": {
    status: 409,
    title: { fa: "پرونده باید دست‌نخورده بماند", en: "Nothing of this case may be erased now" },
    detail: {
      fa: "به دستور مرکز، این پرونده تا پایان رسیدگی حقوقی نگهداری می‌شود و چیزی از آن پاک نمی‌شود. دلیل در تاریخچهٔ پرونده آمده است؛ پس از لغو دستور دوباره درخواست کنید.",
      en: "The centre ordered that the case is kept until legal proceedings have ended. The history of the case says why. Ask again once the order is lifted.",
    },
  },
  "conflict-of-interest": {
    status: 409,
    title: { fa: "این شخص نمی‌تواند رسیدگی کند", en: "This person cannot act on it" },
    detail: {
      fa: "کارمند مورد شکایت به شکایت از خودش رسیدگی نمی‌کند؛ کارشناس دیگری باید رسیدگی کند.",
      en: "The employee complained of may not work on the complaint. Another officer must do so.",
    },
  },
  "idempotency-key-expired": {
    status: 409,
    title: { fa: "کلید تکرار کهنه است", en: "The idempotency key is too old" },
    detail: {
      fa: "این کلید بیش از ۲۴ ساعت پیش به کار رفته است؛ برای شکایت تازه کلید تازه بفرستید.",
      en: "This key was used more than 24 hours ago. Send a new key with a new complaint.",
    },
  },
  "version-outdated": {
    status: 412,
    title: { fa: "شکایت در این میان تغییر کرده است", en: "The complaint has changed since you read it" },
    detail: { fa: "شکایت را دوباره بخوانید و سپس تصمیم بگیرید.", en: "Read the complaint again, then decide." },
  },
  "too-large": {
    status: 413,
    title: { fa: "درخواست بیش از اندازه بزرگ است", en: "The request is too large" },
    detail: {
      fa: "درخواست باید حداکثر {limit bytes} باشد؛ متن‌ها را کوتاه کنید. فایل جداگانه فرستاده می‌شود.",
      en: "A request may have {limit bytes} at most: shorten its texts. Files are sent on their own.",
    },
  },
  "unsupported-media-type": {
    status: 415,
    title: { fa: "نوع محتوا پذیرفته نیست", en: "Unsupported media type" },
    detail: { fa: "Content-Type باید یکی از این‌ها باشد: {types}", en: "Content-Type must be one of: {types}" },
  },
  "idempotency-key-reused": {
    status: 422,
    title: {
      fa: "این کلید برای درخواست دیگری به کار رفته است",
      en: "The idempotency key was used for another request",
    },
    detail: {
      fa: "با این درخواست کلید تازه بفرستید، یا با همین کلید درخواست پیشین را بی‌تغییر تکرار کنید.",
      en: "Send a new key with this request, or repeat the earlier request unchanged with this key.",
    },
  },
  ...catalogProblemTexts,
  "too-many-requests": {
    status: 429,
    title: { fa: "درخواست‌ها بیش از اندازه است", en: "Too many requests" },
    detail: {
      fa: "کمی صبر کنید و دوباره بفرستید. سرآیند Retry-After، اگر آمده باشد، می‌گوید پس از چند ثانیه.",
      en: "Wait a little and send it again. The header Retry-After, where it is given, says after how many seconds.",
    },
  },
  "internal-error": {
    status: 500,
    title: { fa: "خطای درونی", en: "Internal error" },
    detail: {
      fa: "این خطا ثبت شد و بررسی می‌شود. دوباره بفرستید؛ تکرار با همان کلید بی‌خطر است.",
      en: "The error has been recorded and will be looked into. Send the request again: with the same key that is safe.",
    },
  },
  unavailable: {
    status: 503,
    title: { fa: "اکنون در دسترس نیست", en: "Temporarily unavailable" },
    detail: {
      fa: "کمی بعد دوباره بفرستید؛ تکرار با همان کلید بی‌خطر است.",
      en: "Send the request again shortly: with the same key that is safe.",
    },
  },
};

/** The detail text for a fault's reason. It replaces the problem's own detail where the code alone does not say what to do. */
export const reasonTexts: Record<FaultReason, LocalizedText> = {
  ...consentReasonTexts,
  ...noticeReasonTexts,
  ...promiseReasonTexts,
  ...issueReasonTexts,
  "answer-overdue": {
    fa: "وضعیت شکایت {status} است، ولی مهلت پاسخ گذشته است و دیگر تمدید نمی‌شود.",
    en: "The complaint is `{status}`, but the time to answer is over and can no longer be extended.",
  },
  "visit-cancelled": {
    fa: "این بازدید لغو شده است.",
    en: "This visit was cancelled.",
  },
  "visit-by-clock": {
    fa: "این بازدید به سبب دیرکرد پرونده دستور داده شده است و لغو نمی‌شود. آن را برنامه‌ریزی کنید یا به همکاری بسپارید.",
    en: "This visit was ordered because the case is late, so it is not cancelled: plan it, or hand it on to a colleague.",
  },
  "visit-reported": {
    fa: "گزارش این بازدید پیش‌تر ثبت شده است. وضعیت شکایت {status} است.",
    en: "This visit has been reported already. The complaint is `{status}`.",
  },
  "texts-erased": {
    fa: "وضعیت شکایت {status} است و زمان نگهداری نوشته‌های آن گذشته و نوشته‌ها پاک شده‌اند؛ دیگر گزارشی ثبت نمی‌شود.",
    en: "The complaint is `{status}`, and its texts were erased after the time for which they are kept; no report is taken any more.",
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
  "announcement-limit": {
    fa: "وضعیت شکایت {status} است، ولی ۶۰ بار پیوستی برای آن اعلام شده است، پیوست‌های رد‌شده هم در این شمار است، و دیگر پیوستی نمی‌گیرد.",
    en: "The complaint is `{status}`, but 60 files have been announced, refused ones included, and it takes no more.",
  },
  "decided-earlier-complaint": {
    fa: "شما دربارهٔ شکایت پیشین رأی داده‌اید؛ بازرس دیگری باید رسیدگی کند.",
    en: "You decided the earlier complaint, so another inspector must take this one.",
  },
  "had-role-at-agency": {
    fa: "شما در دستگاه مربوط نقشی دارید، یا از دو سال پیش از آغاز این پرونده داشته‌اید؛ شخص دیگری باید رسیدگی کند.",
    en: "You have a role at an agency of this case, or had one within the two years before it began, so somebody else must judge it.",
  },
  "receiver-has-complaint": {
    fa: "شکایت هم‌اکنون نزد دستگاه «{agencyId}» است.",
    en: "The agency `{agencyId}` already has the complaint.",
  },
  "receiver-unknown": {
    fa: "دستگاه «{agencyId}» در فهرست استان نیست.",
    en: "The agency `{agencyId}` is not in the province's list.",
  },
  "receiver-outside-county": {
    fa: "دستگاه «{agencyId}» در شهرستان این شکایت نیست.",
    en: "The agency `{agencyId}` does not serve the county of this complaint.",
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
  "person-unknown": {
    fa: "شما هنوز ثبت نشده‌اید. این شناسه را به مدیر سامانه بدهید تا نقش شما را ثبت کند: {sub}",
    en: "Nobody has registered you yet. Give this id to your administrator, who registers what you may do: {sub}",
  },
  "role-missing": {
    fa: "نقش لازم برای این کار برای شما ثبت نشده است. اگر باید باشد، این شناسه را به مدیر سامانه بدهید: {sub}",
    en: "You are registered, but not in the role that this needs. If you should be, give this id to your administrator: {sub}",
  },
  "client-retired": {
    fa: "دسترسی این برنامه پایان یافته است؛ برنامهٔ تازه را به کار ببرید یا با مرکز ۱۲۸ استان تماس بگیرید.",
    en: "The access of this client has ended. Use the client that took its place, or contact the province's FOAD centre.",
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
  "unsupported-charset": {
    fa: "بدنه باید با کدگذاری UTF-8 باشد: آن را با UTF-8 بفرستید و در Content-Type جز charset=utf-8 ننویسید.",
    en: "Send the body in UTF-8, and name no other `charset` in Content-Type than `utf-8`.",
  },
  "compressed-body": {
    fa: "بدنهٔ فشرده پذیرفته نیست: آن را بدون فشرده‌سازی و بدون سرآیند Content-Encoding بفرستید.",
    en: "A compressed body is not taken: send it uncompressed, without the header `Content-Encoding`.",
  },
};

import type * as z from "zod";
import { toDotPath } from "zod/v4/core";
import type { FieldError } from "#shared/fault.ts";
import { nearestName } from "#shared/nearest-name.ts";
import { eventIdPattern, type LocalizedText, slugPattern } from "#shared/vocabulary.ts";

type BrokenRule = Omit<FieldError, "path">;

/** A body can hold forty thousand unknown fields. So many errors do not fit into an answer. */
const mostErrors = 100;

/** Makes field errors of zod's issues, at most `mostErrors`. An unknown field gets an error at its own path. */
export function fieldErrors({ issues }: z.ZodError): FieldError[] {
  return issues
    .flatMap((issue) => (issue.code === "unrecognized_keys" ? unknownFields(issue) : issueAt(issue)))
    .slice(0, mostErrors);
}

const issueAt = (issue: z.core.$ZodIssue): FieldError => ({ path: toDotPath(issue.path), ...brokenBy(issue) });

/** The errors of unknown fields. Where a known field has a similar name, the error suggests it. */
function unknownFields({ keys, path, message }: z.core.$ZodIssueUnrecognizedKeys): FieldError[] {
  const known = message.split(" ").filter((name) => name !== "");
  return keys.slice(0, mostErrors).map((key) => {
    const didYouMean = nearestName(key, known);
    return {
      path: toDotPath([...path, key]),
      rule: "unknown-field",
      ...(didYouMean !== undefined && { values: { didYouMean } }),
    };
  });
}

/**
 * An error function for zod. For unknown fields it returns the object's known field names, separated by spaces, as the issue's
 * message. `unknownFields` reads them there: zod gives access to the object's schema only here. Nobody else reads zod's
 * messages.
 */
export function namesOfKnownFields({ code, inst }: z.core.$ZodRawIssue): string | undefined {
  if (code !== "unrecognized_keys") return undefined;
  const def = inst?._zod.def ?? {};
  // An empty text replaces zod's own message, which quotes the request.
  return "shape" in def ? Object.keys(Object(def.shape)).join(" ") : "";
}

/** The rule that a value of a wrong type breaks, by the type that zod expects. */
const typeRules: Record<string, string> = {
  string: "not-text",
  number: "not-a-number",
  int: "not-a-whole-number",
  boolean: "not-true-or-false",
  array: "not-a-list",
  object: "not-an-object",
};

/** The rule that a text of a wrong format breaks, by zod's name of the format. */
const formRules: Record<string, string> = {
  date: "not-a-date",
  datetime: "not-an-instant",
  email: "not-an-email",
  regex: "pattern",
};

function brokenBy(issue: z.core.$ZodIssue): BrokenRule {
  switch (issue.code) {
    case "custom":
      return ruleIn(issue.params);
    case "invalid_type":
      return { rule: issue.input === undefined ? "missing" : (typeRules[issue.expected] ?? "wrong") };
    case "invalid_format":
      // A web form sends an empty text for a field that was left empty.
      if (issue.input === "") return { rule: "empty" };
      return { rule: formRules[issue.format] ?? "wrong", pattern: issue.pattern };
    case "too_small":
      return { rule: limitOf("min", issue.origin), values: { limit: Number(issue.minimum) } };
    case "too_big":
      return { rule: limitOf("max", issue.origin), values: { limit: Number(issue.maximum) } };
    case "invalid_value":
      return { rule: issue.input === undefined ? "missing" : "one-of", values: { values: issue.values.map(String) } };
    case "invalid_union":
      return choiceIn(issue);
    default:
      return { rule: "wrong" };
  }
}

function ruleIn({ rule, ...values }: Record<string, unknown> = {}): BrokenRule {
  if (typeof rule !== "string") return { rule: "wrong" };
  return { rule, ...(Object.keys(values).length > 0 && { values }) };
}

/** In a discriminated union, the wrong or missing field is the discriminator: the error lists its allowed values. */
function choiceIn(issue: z.core.$ZodIssueInvalidUnion): BrokenRule {
  const { input, discriminator } = issue;
  if (!discriminator || !("options" in issue)) return { rule: "wrong" };
  const isThere = typeof input === "object" && input !== null && Object.hasOwn(input, discriminator);
  return { rule: isThere ? "one-of" : "missing", values: { values: issue.options?.map(String) } };
}

function limitOf(end: "min" | "max", origin: string): string {
  if (origin === "string") return `${end}-characters`;
  return origin === "array" ? `${end}-items` : end;
}

/**
 * The text for each broken rule. It follows the field's label in a sentence, for example "The description" and "must have 10 or
 * more characters".
 */
export const ruleTexts: Record<string, LocalizedText> & { missing: LocalizedText; wrong: LocalizedText } = {
  missing: { fa: "لازم است", en: "is required" },
  wrong: { fa: "درست نیست", en: "is not valid" },
  empty: { fa: "نباید خالی باشد", en: "must not be empty" },
  "not-text": { fa: "باید متن باشد", en: "must be text" },
  "not-a-number": { fa: "باید عدد باشد", en: "must be a number" },
  "not-a-whole-number": { fa: "باید عدد صحیح باشد", en: "must be a whole number" },
  "not-true-or-false": { fa: "باید true یا false باشد", en: "must be true or false" },
  "not-a-list": { fa: "باید فهرست باشد", en: "must be a list" },
  "not-an-object": { fa: "باید شیء JSON باشد", en: "must be a JSON object" },
  "not-a-date": { fa: "باید تاریخ میلادی مانند 2026-11-24 باشد", en: "must be a date like 2026-11-24" },
  "not-an-instant": {
    fa: "باید زمانی میلادی به وقت UTC مانند 2026-11-24T06:10:00Z باشد",
    en: "must be a time in UTC like 2026-11-24T06:10:00Z",
  },
  "not-gregorian": {
    fa: "باید تاریخ میلادی باشد، مانند 2026-11-24",
    en: "must be of the Gregorian calendar, like 2026-11-24",
  },
  "not-a-time-of-day": { fa: "باید ساعتی مانند 08:00 باشد", en: "must be a time of day like 08:00" },
  "not-an-email": {
    fa: "درست نیست؛ مانند name@example.com بنویسید",
    en: "is not valid: write it like name@example.com",
  },
  phone: { fa: "درست نیست؛ مانند 09121234567 بنویسید", en: "is not valid: write it like 09121234567" },
  "national-id": { fa: "درست نیست؛ ده رقم آن را دوباره ببینید", en: "is not valid: check its ten digits" },
  "complaint-id": {
    fa: "درست نیست؛ آن را مانند QZ-7K3M-9XPT-Q یا با ۱۶ رقم کد تلفنی، چنان‌که در رسید ثبت شکایت آمده است، بنویسید",
    en: "is not valid: write it like QZ-7K3M-9XPT-Q or in the 16 digits of the phone id, as the receipt of the filing has it",
  },
  pattern: {
    fa: "درست نیست؛ آن را همان‌گونه که دریافت کرده‌اید بفرستید",
    en: "is not valid: send it as you received it",
  },
  "one-of": { fa: "باید یکی از این‌ها باشد: {values}", en: "must be one of: {values}" },
  "unknown-field": { fa: "این‌جا شناخته نیست", en: "is not known here" },
  duplicate: { fa: "بیش از یک بار آمده است", en: "is there more than once" },
  "not-json": {
    fa: "JSON درستی نیست؛ سطر {line}، ستون {column} را ببینید",
    en: "is not valid JSON: see line {line}, column {column}",
  },
  "not-utf-8": {
    fa: "با کدگذاری UTF-8 نیست و واژه‌ای از آن خوانده نشد؛ متن را با UTF-8 بفرستید",
    en: "is not in UTF-8, and a word of it could not be read: send it in UTF-8",
  },
  "not-unicode": { fa: "نویسه‌ای دارد که یونیکد درستی نیست", en: "has a character that is not valid Unicode" },
  "idempotency-key": {
    fa: "باید ۸ تا ۱۲۸ نویسهٔ چاپی لاتین باشد، و undefined کلید نیست",
    en: "must be 8 to 128 printable ASCII characters, and `undefined` is no key",
  },
  "entity-tag": {
    fa: 'باید شمارهٔ نسخه در گیومهٔ لاتین باشد، چنان‌که در ETag آمده است، مانند "3"؛ چند نسخه با ویرگول لاتین جدا می‌شوند، و W/ پیش از آن پذیرفته نیست',
    en: 'must be the version in quotes as the ETag has it, like "3", several with commas between them, and without W/ before it',
  },
  min: { fa: "باید دست‌کم {limit} باشد", en: "must be {limit} or more" },
  max: { fa: "باید حداکثر {limit} باشد", en: "must be {limit} or less" },
  "min-items": { fa: "باید دست‌کم {limit} مورد داشته باشد", en: "must have {limit} or more items" },
  "max-items": { fa: "باید حداکثر {limit} مورد داشته باشد", en: "must have {limit} items or fewer" },
  "min-characters": { fa: "باید دست‌کم {limit} نویسه داشته باشد", en: "must have {limit} or more characters" },
  "max-characters": { fa: "باید حداکثر {limit} نویسه داشته باشد", en: "must have {limit} characters or fewer" },
  "max-bytes": { fa: "باید حداکثر {limit bytes} باشد", en: "must be {limit bytes} or less" },
  "file-name": { fa: "نباید خط مورب داشته باشد", en: "must have no slashes" },
  "person-missing": {
    fa: "باید دست‌کم نام، شمارهٔ پرسنلی یا باجه داشته باشد",
    en: "needs a name, a personnel number or a counter",
  },
  "listed-twice": { fa: "یکی را بیش از یک بار دارد", en: "has an entry more than once" },
  "unknown-authority": {
    fa: "مقامی است که در سطح‌های پیگیری این استان نیست",
    en: "is an authority without a level in this province",
  },
  "counties-of-province": {
    fa: "نباید فرستاده شود: تنها فرماندار شهرستان دارد و این مقام همهٔ استان را می‌بیند",
    en: "must be left out: this authority sees the whole province, and only a county governor has counties",
  },
  "counties-missing": {
    fa: "برای فرماندار لازم است: شهرستان‌های او را بنویسید",
    en: "is needed for a county's governor: name the counties",
  },
  "officer-missing": {
    fa: "لازم است، چون برنامه‌ای درخواست را می‌فرستد: نام کارشناس را بنویسید",
    en: "is needed, since a program sends the request: name the officer",
  },
  "one-role": {
    fa: "باید تنها یک نقش داشته باشد، یا کارشناس و رئیس یک دستگاه با هم؛ تا کسی دربارهٔ کار خود یا دستگاه خود رأی ندهد",
    en: "must have one role, or be officer and head of one agency, so that nobody judges their own work or agency",
  },
  "letters-only": {
    fa: "باید نام یک شخص باشد، تنها با حرف",
    en: "must be the name of a person, in letters",
  },
  program: {
    fa: "شناسهٔ یک برنامه است و نه یک شخص",
    en: "is the id of a program and not of a person",
  },
  "other-person": {
    fa: "نام کس دیگری است؛ آن را نفرستید، چون نویسنده همان کسی است که وارد شده است",
    en: "is somebody else: leave it out, since the writer is the person who signed in",
  },
  "other-officer": {
    fa: "کارشناس دیگری است؛ آن را نفرستید، چون کارشناس همان کسی است که وارد شده است",
    en: "is somebody else: leave it out, since the officer is the person who signed in",
  },
  "sms-not-offered": {
    fa: "در این استان ممکن نیست؛ پیامکی فرستاده نمی‌شود",
    en: "is not possible: this province sends no messages by SMS",
  },
  "phone-missing": { fa: "بدون شمارهٔ تلفن ممکن نیست", en: "needs a phone number" },
  "mobile-missing": {
    fa: "شمارهٔ تلفن همراه می‌خواهد؛ تلفن ثابت پیامک نمی‌گیرد",
    en: "needs a mobile number: a landline gets no SMS",
  },
  "calls-not-allowed": {
    fa: "تنها همراه با اجازهٔ تماس ممکن است",
    en: "is possible only together with the consent to be called",
  },
  "call-digits": { fa: "باید چهار رقم باشد", en: "must be four digits" },
  "nothing-sent": { fa: "باید دست‌کم یکی از فیلدهای خود را داشته باشد", en: "needs at least one of its fields" },
  "in-the-future": { fa: "هنوز نرسیده است", en: "has not come yet" },
  "too-far-ahead": {
    fa: "باید حداکثر {limit} روز دیگر باشد",
    en: "must be at most {limit} days ahead",
  },
  "after-report-deadline": {
    fa: "پس از مهلت گزارش این بازدید است؛ زمانی پیش از آن برگزینید",
    en: "is after the deadline of this visit's report: choose an earlier time",
  },
  "unknown-inspector": {
    fa: "بازرس ثبت‌شده‌ای نیست",
    en: "is no registered inspector",
  },
  "too-many-days": {
    fa: "باید حداکثر {limit} روز پس از from باشد",
    en: "must be at most {limit} days after `from`",
  },
  "other-call": {
    fa: "با این تماس سازگار نیست: answered فقط برای تماسی است که نظر می‌پرسد؛ پاسخ دربارهٔ مشکل را به issue-answer بفرستید",
    en: "does not fit this call: `answered` is for a call that asks for an opinion; send an answer about an issue to `issue-answer`",
  },
  "in-the-past": { fa: "گذشته است", en: "has passed" },
  "before-filing": { fa: "پیش از ثبت شکایت است", en: "is before the complaint was filed" },
  "end-before-start": { fa: "باید پس از آغاز باشد", en: "must be after the start" },
  "not-in-order": { fa: "باید به ترتیب باشد و روی هم نیفتد", en: "must be in order and not overlap" },
  "closed-or-intervals": {
    fa: "یا بازه‌های ساعت کاری (intervals) لازم است، و نه هر دو",
    en: "or a list of office hours (`intervals`) is needed, and not both",
  },
  "not-for-this-period": {
    fa: "برای چنین دوره‌ای منتشر نمی‌شود: ماه تنها total دارد، فصل جدول‌های یک‌بعدی، و چهار فصل همه را",
    en: "is not published for this kind of period: a month has `total` alone, a quarter the tables of one dimension, four quarters all",
  },
  "period-not-closed": {
    fa: "هنوز بسته نشده است: هر دوره ۱۵ روز پس از پایانش بسته می‌شود",
    en: "is not closed: a period closes 15 days after its end",
  },
  "before-counting": {
    fa: "پیش از ماه {since} آغاز شده و پیش از آن ماه چیزی شمرده نشده است؛ آمار چنین دوره‌ای هرگز منتشر نمی‌شود",
    en: "begins before the month {since}, and nothing was counted before that month: such a period is never published",
  },
  "not-a-month": { fa: "باید ماهی مانند 1405-09 باشد", en: "must be an Iranian month like 1405-09" },
  "not-a-quarter": { fa: "باید فصلی مانند 1405-Q3 باشد", en: "must be an Iranian quarter like 1405-Q3" },
  "not-four-quarters": {
    fa: "باید آخرین فصل از چهار فصل باشد، مانند 1405-Q3",
    en: "must be the last of the four quarters, like 1405-Q3",
  },
  "too-many-months": {
    fa: "بازه را از {limit} ماه بیشتر می‌کند؛ ماه‌های کمتری بخواهید",
    en: "makes more than {limit} months: ask for fewer",
  },
  "too-many-rows": {
    fa: "پاسخ را از {limit} ردیف بیشتر می‌کند؛ دوره‌های کمتری بخواهید",
    en: "makes more than {limit} rows: ask for fewer periods",
  },
  "id-start": {
    fa: "باید دست‌کم چهار نویسهٔ نخست کد پیگیری باشد، مانند 7K3M، یا همهٔ کد تلفنی",
    en: "must be at least the first four symbols of an id, such as 7K3M, or a whole phone id",
  },
  "events-or-period": {
    fa: "نباید همراه eventIds فرستاده شود",
    en: "may not be sent together with `eventIds`",
  },
  "since-missing": {
    fa: "لازم است هرگاه until یا agencyId فرستاده شود",
    en: "is required where `until` or `agencyId` is sent",
  },
  "not-current-or-next": {
    fa: "باید شمارهٔ کنونی یا شمارهٔ بعد از آن باشد",
    en: "must be the present number, or the next one",
  },
  "too-long-ago": { fa: "نباید بیش از ۳۰ روز پیش باشد", en: "must not be more than 30 days ago" },
  "empty-period": {
    fa: "بازه‌ای به جا نمی‌گذارد: آغاز باید پیش از پایان و پیش از اکنون باشد",
    en: "leaves no period: the start must be before the end, and before now",
  },
  "unknown-token": {
    fa: "از هیچ پیام ما نیست؛ نشانی را کامل از رایانامه بردارید",
    en: "is of none of our mails: copy the whole address from the mail",
  },
  "unknown-cause": {
    fa: "از علت‌های استان نیست؛ یکی از causes را که در GET /v1/catalog آمده است بفرستید",
    en: "is none of the province's causes: send one of `causes` in `GET /v1/catalog`",
  },
  "no-evidence": {
    fa: "شمارهٔ گزارش بازدید یا رأی این شکایت نیست؛ شماره‌ها در history شکایت آمده است",
    en: "is no report of a visit and no decision of this complaint: their numbers stand in its `history`",
  },
  "personal-number": {
    fa: "شماره یا نشانی شخصی (تلفن، کد ملی، کارت، رایانامه) دارد؛ آن را بردارید",
    en: "has a number or address of a person (phone, national id, card, e-mail): leave it out",
  },
  "issue-id": { fa: "شناسهٔ مشکل نیست؛ نمونه: IS-7K3M-9XPT-Q", en: "is no id of an issue, such as `IS-7K3M-9XPT-Q`" },
  "personal-cause": {
    fa: "رفتار یک شخص است و مشکل عمومی نمی‌شود؛ دربارهٔ شخص ابلاغیه تنظیم کنید",
    en: "is the conduct of a person and makes no issue: open a notice about the person",
  },
  "not-later": { fa: "باید پس از زمان وعده‌شدهٔ کنونی باشد", en: "must be later than the time that is promised now" },
  "before-done": {
    fa: "پیش از آن است که دستگاه رفع مشکل را اعلام کند",
    en: "is before the agency said that the issue is mended",
  },
  "no-unread-text": {
    fa: "شمارهٔ متنی از دستگاه نیست که هنوز خوانده نشده باشد",
    en: "is the number of no text of the agency that was not read yet",
  },
  "file-not-ready": {
    fa: "فایلی است که هنوز آماده نشده یا پذیرفته نشده است؛ وضعیت فایل‌ها در files ابلاغیه آمده است",
    en: "names a file that is not ready or was refused: the state of each file stands in `files` of the notice",
  },
  "notice-id": {
    fa: "شناسهٔ ابلاغیه نیست؛ نمونه: N-7K3M-9XPT-Q",
    en: "is no id of a notice, such as `N-7K3M-9XPT-Q`",
  },
  "judgement-missing": {
    fa: "لازم است: دستگاه پاسخ داده است؛ بگویید که پاسخ آن تأیید می‌شود یا نه",
    en: "is required, since the agency has answered: say whether its answer is upheld",
  },
  "no-answer-to-judge": {
    fa: "نباید فرستاده شود: دستگاه پاسخی نداده است که تأیید یا رد شود",
    en: "must be left out, since the agency has given no answer to uphold",
  },
  "founded-without-cause": {
    fa: "با یافتهٔ «وارد است» نمی‌خواند: شکایت وارد علتی دارد؛ علت را برگزینید",
    en: "does not go with the finding `founded`: a founded complaint has a cause",
  },
  "finding-of-answer-differs": {
    fa: "با یافته نمی‌خواند: پاسخ تنها با همان یافتهٔ دستگاه تأیید می‌شود",
    en: "does not go with the finding: an answer is upheld only by a decision with the answer's own finding",
  },
};

/** The text of `missing` if the field is one of a few values. */
export const missingChoice: LocalizedText = {
  fa: "لازم است و باید یکی از این‌ها باشد: {values}",
  en: "is required and must be one of: {values}",
};

/** The text of `missing` for fields where people need to know where to find the value, by the field's path. */
export const missingTexts: Record<string, LocalizedText> = {
  "Foad-Secret": {
    fa: "لازم است؛ آن را از رسید ثبت شکایت بردارید، مانند 4T7N-QW2D",
    en: "is required: the receipt of the filing has it, like 4T7N-QW2D",
  },
};

/** The text of `unknown-field` if a known field has nearly the same name. */
export const misspeltField: LocalizedText = {
  fa: "این‌جا شناخته نیست؛ شاید منظور {didYouMean} است",
  en: "is not known here: perhaps `{didYouMean}` is meant",
};

/** The texts of the rule `pattern`, by the pattern that a value does not match. */
export const patternTexts: Record<string, LocalizedText> = {
  [String(slugPattern)]: {
    fa: "باید شناسه‌ای از حروف کوچک لاتین، رقم و خط تیره باشد، چنان‌که در GET /v1/catalog آمده است",
    en: "must be an id of lower-case Latin letters, digits and hyphens, as it stands in `GET /v1/catalog`",
  },
  [String(eventIdPattern)]: {
    fa: "باید شناسهٔ یک رویداد باشد، مانند QZ-7K3M-9XPT-Q/3 یا، برای درگاه‌ها، QZ-7K3M-9XPT-Q/T5W9GC1R",
    en: "must be an event's id like QZ-7K3M-9XPT-Q/3 or, for front ends, QZ-7K3M-9XPT-Q/T5W9GC1R",
  },
};

import { eventIdPattern, slugPattern, type Text } from "#shared/domain/vocabulary.ts";

/** What a field must be, by the name of the rule that it breaks. */
export const ruleTexts: Record<string, Text> & { wrong: Text } = {
  missing: { fa: "لازم است", en: "is required" },
  wrong: { fa: "درست نیست", en: "is not valid" },
  "a-string": { fa: "باید متن باشد", en: "must be text" },
  "a-number": { fa: "باید عدد باشد", en: "must be a number" },
  "a-int": { fa: "باید عدد صحیح باشد", en: "must be a whole number" },
  "a-boolean": { fa: "باید true یا false باشد", en: "must be true or false" },
  "a-array": { fa: "باید فهرست باشد", en: "must be a list" },
  "a-object": { fa: "باید شیء JSON باشد", en: "must be a JSON object" },
  "a-date": { fa: "باید تاریخ میلادی مانند 2026-11-24 باشد", en: "must be a date like 2026-11-24" },
  "a-datetime": {
    fa: "باید زمانی میلادی به وقت UTC مانند 2026-11-24T06:10:00Z باشد",
    en: "must be an instant in UTC like 2026-11-24T06:10:00Z",
  },
  "a-email": { fa: "نشانی رایانامه درست نیست", en: "is not an e-mail address" },
  "one-of": { fa: "باید یکی از این‌ها باشد: {values}", en: "must be one of: {values}" },
  "unknown-field": { fa: "این‌جا شناخته نیست", en: "is not known here" },
  json: { fa: "بدنه JSON درستی نیست", en: "the body is not valid JSON" },
  "utf-8": {
    fa: "بدنه با کدگذاری UTF-8 نیست و واژه‌ای از آن خوانده نشد (چند U+FFFD پشت سر هم)؛ متن را با UTF-8 بفرستید",
    en: "the body is not in UTF-8, and a word of it could not be read (several U+FFFD in a row): send it in UTF-8",
  },
  twice: { fa: "بیش از یک بار آمده است", en: "stands there more than once" },
  key: {
    fa: "باید ۸ تا ۱۲۸ نویسهٔ چاپی لاتین باشد، و undefined کلید نیست",
    en: "must be 8 to 128 printable ASCII characters, and `undefined` is no key",
  },
  "entity-tag": {
    fa: 'باید شمارهٔ نسخه در گیومهٔ لاتین باشد، چنان‌که در ETag آمده است، مانند "3"؛ چند نسخه با ویرگول لاتین جدا می‌شوند، و W/ پیش از آن پذیرفته نیست',
    en: 'must be the version in quotes as the ETag has it, like "3", several with commas between them, and without W/ before it',
  },
  min: { fa: "باید دست‌کم {limit} باشد", en: "must be at least {limit}" },
  max: { fa: "باید حداکثر {limit} باشد", en: "must be at most {limit}" },
  "min-items": { fa: "باید دست‌کم {limit} مورد داشته باشد", en: "must have at least {limit} items" },
  "max-items": { fa: "باید حداکثر {limit} مورد داشته باشد", en: "must have at most {limit} items" },
  gregorian: {
    fa: "تاریخ میلادی لازم است، مانند 2026-11-24",
    en: "must be of the Gregorian calendar, like 2026-11-24",
  },
  somebody: {
    fa: "دست‌کم یکی از نام، شمارهٔ پرسنلی و باجه لازم است",
    en: "needs a name, a personnel id or a desk",
  },
  "phone-to-call": { fa: "بدون شمارهٔ تلفن ممکن نیست", en: "needs a phone to call" },
  something: { fa: "دست‌کم یکی از فیلدها لازم است", en: "needs at least one of its fields" },
  "well-formed": { fa: "متن یونیکد نادرستی دارد", en: "holds text that is not valid Unicode" },
  "not-yet": { fa: "هنوز نرسیده است", en: "has not come yet" },
  "before-filing": { fa: "پیش از ثبت شکایت است", en: "is before the complaint was filed" },
  "past-instant": { fa: "گذشته است", en: "has passed" },
  "past-promise": { fa: "روزی است که گذشته است", en: "is a day that has passed" },
  "min-characters": { fa: "باید دست‌کم {limit} نویسه باشد", en: "must have at least {limit} characters" },
  "max-characters": { fa: "باید حداکثر {limit} نویسه باشد", en: "must have at most {limit} characters" },
  "national-id": { fa: "کد ملی درست نیست", en: "is not a valid Iranian national id" },
  "past-date": {
    fa: "روز گذشته است و ساعت‌های آن دیگر تغییر نمی‌کند",
    en: "is a day that has passed, whose hours cannot change any more",
  },
  "closed-or-intervals": {
    fa: "یکی از «closed» و «intervals» را بفرستید، نه هر دو را",
    en: "needs either `closed` or `intervals`, and not both",
  },
  "not-for-this-period": {
    fa: "برای چنین دوره‌ای منتشر نمی‌شود: ماه تنها total دارد، فصل جدول‌های یک‌بعدی، و چهار فصل همه را",
    en: "is not published for this kind of period: a month has total alone, a quarter the tables of one dimension, four quarters all",
  },
  "not-closed": {
    fa: "هنوز بسته نشده است: هر دوره ۱۵ روز پس از پایانش بسته می‌شود",
    en: "is not closed: a period closes 15 days after its end",
  },
  "before-counting": {
    fa: "پیش از ماه {since} آغاز شده و پیش از آن ماه چیزی شمرده نشده است؛ آمار چنین دوره‌ای هرگز منتشر نمی‌شود",
    en: "begins before the month {since}, and nothing was counted before that month: such a period is never published",
  },
  "named-as-month": { fa: "باید ماهی مانند 1405-09 باشد", en: "must be an Iranian month like 1405-09" },
  "named-as-quarter": { fa: "باید فصلی مانند 1405-Q3 باشد", en: "must be an Iranian quarter like 1405-Q3" },
  "named-as-four-quarters": {
    fa: "باید آخرین فصل از چهار فصل باشد، مانند 1405-Q3",
    en: "must be the last of the four quarters, like 1405-Q3",
  },
  "too-many-months": {
    fa: "بیش از {limit} ماه است؛ ماه‌های کمتری بخواهید",
    en: "is more than {limit} months; ask for fewer",
  },
  "too-many-rows": {
    fa: "بیش از {limit} ردیف می‌شود؛ دوره‌های کمتری بخواهید",
    en: "makes more than {limit} rows; ask for fewer periods",
  },
  time: { fa: "باید ساعتی مانند 08:00 باشد", en: "must be a time like 08:00" },
  "ends-after-start": { fa: "پایان باید پس از آغاز باشد", en: "must be after the start" },
  "in-order": {
    fa: "بازه‌ها باید به ترتیب باشند و روی هم نیفتند",
    en: "must be in order and not overlap",
  },
  "file-name": { fa: "نباید خط مورب داشته باشد", en: "must have no slashes" },
  "queue-or-mine": { fa: "بدون «mine=true» لازم است", en: "is required without `mine=true`" },
  "events-or-period": {
    fa: "یکی از «eventIds» و «since» را بفرستید، نه هر دو را",
    en: "may not be sent together with `eventIds`",
  },
  "since-missing": {
    fa: "«until» و «agencyId» بدون «since» معنا ندارند",
    en: "is required where `until` or `agencyId` is sent",
  },
  "present-or-next": {
    fa: "باید شمارهٔ کنونی باشد، یا شمارهٔ بعد از آن",
    en: "must be the present number, or the next one",
  },
  "too-long-ago": {
    fa: "نباید بیش از ۳۰ روز پیش باشد",
    en: "must not be more than 30 days ago",
  },
  "period-without-length": {
    fa: "بازه‌ای که پایانش پس از آغازش و آغازش پیش از اکنون باشد لازم است",
    en: "leaves no period: it must end after it starts, and start before now",
  },
  "of-a-mail": {
    fa: "از هیچ پیام ما نیست؛ نشانی را کامل از رایانامه بردارید",
    en: "is of none of our mails; copy the whole address from the mail",
  },
  "unknown-cause": {
    fa: "از علت‌های استان نیست؛ یکی از `causes` فهرست استان را بفرستید",
    en: "is none of the province's causes; send one of `causes` in the catalog",
  },
  "answer-to-judge": {
    fa: "لازم است: دستگاه پاسخ داده است؛ بنویسید که پاسخ آن تأیید می‌شود یا نه",
    en: "is required, since the agency has answered: say whether its answer is upheld",
  },
  "no-answer": {
    fa: "نباید فرستاده شود: دستگاه پاسخی نداده است که تأیید یا رد شود",
    en: "must be left out, since there is no answer of an agency to uphold",
  },
  phone: { fa: "شمارهٔ تلفن درست نیست", en: "is not an Iranian or international phone number" },
};

/** The text of `missing` where the field is one of a few values. */
export const missingChoice: Text = {
  fa: "لازم است و باید یکی از این‌ها باشد: {values}",
  en: "is required and must be one of: {values}",
};

/** The texts of `a-regex`, by the pattern that a text misses. */
export const patternTexts: Record<string, Text> = {
  [String(slugPattern)]: {
    fa: "باید شناسه‌ای از حروف کوچک لاتین، رقم و خط تیره باشد، چنان‌که در GET /v1/catalog آمده است",
    en: "must be an id of lower-case Latin letters, digits and hyphens, as it stands in `GET /v1/catalog`",
  },
  [String(eventIdPattern)]: {
    fa: "باید شناسهٔ یک رویداد باشد، مانند QZ-7K3M-9XPT-Q/3",
    en: "must be an event's id like QZ-7K3M-9XPT-Q/3",
  },
};

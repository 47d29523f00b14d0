import type { Language } from "#shared/domain/vocabulary.ts";
import { answerMeanings } from "./answer-meanings.ts";
import { callMeanings } from "./call-meanings.ts";
import { changeMeanings } from "./change-meanings.ts";
import { clockMeanings } from "./clock-meanings.ts";
import { deskMeanings } from "./desk-meanings.ts";
import { figureMeanings } from "./figure-meanings.ts";
import { historyMeanings } from "./history-meanings.ts";
import { webhookMeanings } from "./webhook-meanings.ts";

type Meanings = Record<string, Record<Language, string>>;

/** The meanings of all fields, by name; where a name has several meanings, as `parent.name`. */
export const meanings: Meanings = {
  ...answerMeanings,
  ...callMeanings,
  ...changeMeanings,
  ...clockMeanings,
  ...deskMeanings,
  ...figureMeanings,
  ...webhookMeanings,
  ...historyMeanings,
  id: { en: "Identifier", fa: "شناسه" },
  "path.id": {
    en: "The complaint's id, such as QZ-7K3M-9XPT-Q; case, hyphens, O for 0 and I or L for 1 do not matter",
    fa: "کد پیگیری شکایت، مانند QZ-7K3M-9XPT-Q؛ بزرگی و کوچکی حروف، خط تیره و نوشتن O به جای 0 و I یا L به جای 1 فرقی نمی‌کند",
  },
  "path.date": { en: "A calendar day of Asia/Tehran, Gregorian", fa: "روز به وقت تهران، به تاریخ میلادی" },
  "path.visitId": { en: "The visit, as it was ordered", fa: "شناسهٔ بازدید، همان‌گونه که هنگام دستور بازدید داده شد" },
  "path.attachmentId": {
    en: "The attachment, as `attachments` of the complaint lists it",
    fa: "شناسهٔ پیوست، همان‌گونه که در `attachments` شکایت آمده است",
  },
  "retaliationFor.id": { en: "The earlier complaint", fa: "کد پیگیری شکایت پیشین" },
  "retaliationFor.secret": { en: "The earlier complaint's secret", fa: "رمز شکایت پیشین" },
  secret: { en: "The complaint's secret; shown once", fa: "رمز شکایت؛ تنها یک بار نشان داده می‌شود" },
  retaliationFor: {
    en: "The earlier complaint that the citizen was made to pay for",
    fa: "شکایت پیشینی که شهروند به سبب آن آزار دیده است",
  },
  "complaints.retaliationFor": {
    en: "The earlier complaint that the citizen was made to pay for, proved by its id and secret",
    fa: "شکایت پیشینی که شهروند به سبب آن آزار دیده است، با کد پیگیری و رمز آن",
  },
  agencyId: { en: "The agency complained of, from the catalog", fa: "شناسهٔ دستگاه اجرایی، از فهرست استان" },
  countyId: { en: "The county, from the catalog", fa: "شناسهٔ شهرستان، از فهرست استان" },
  "office-hours.countyId": {
    en: "One county; left out: the whole province",
    fa: "یک شهرستان؛ پیش‌فرض: همهٔ استان",
  },
  "query.token": {
    en: "From the address that the mail carries; stands for the mailbox and for no complaint",
    fa: "از نشانی‌ای که در رایانامه آمده است؛ نشان صندوق پستی است و نه هیچ شکایتی",
  },
  "List-Unsubscribe": {
    en: "`One-Click` refuses further mail, as RFC 8058 has it; `Undo` takes that back",
    fa: "`One-Click` پیام‌های بعدی را نمی‌خواهد (RFC 8058)؛ `Undo` آن را برمی‌گرداند",
  },
  "query.countyId": {
    en: "Only this county; left out: the whole province",
    fa: "تنها این شهرستان؛ پیش‌فرض: همهٔ استان",
  },
  "query.officeId": { en: "Only complaints about this office", fa: "تنها شکایت‌های این اداره" },
  officeId: { en: "The office, from the catalog", fa: "شناسهٔ اداره، از فهرست استان" },
  category: { en: "What the complaint is about, from the catalog", fa: "موضوع شکایت، از فهرست استان" },
  description: { en: "What happened, in the citizen's words", fa: "شرح ماجرا به زبان شهروند" },
  occurredAt: { en: "When it happened", fa: "زمان وقوع ماجرا" },
  employee: { en: "The employee complained of, as far as known", fa: "کارمند مورد شکایت، تا آنجا که شناخته شده است" },
  "employee.name": { en: "Full name", fa: "نام و نام خانوادگی کارمند" },
  desk: { en: "Desk or counter", fa: "شمارهٔ باجه یا میز" },
  personnelId: { en: "Personnel number", fa: "شمارهٔ پرسنلی" },
  officer: { en: "The officer who handles the complaint", fa: "کارشناسی که به شکایت رسیدگی می‌کند" },
  "officer.name": { en: "Full name of the officer", fa: "نام و نام خانوادگی کارشناس" },
  channel: { en: "How the citizen reached the front end", fa: "راهی که شهروند شکایت را از آن ثبت کرده است" },
  language: { en: "The citizen's language", fa: "زبان شهروند" },
  citizen: { en: "Who complains; left out: anonymous", fa: "مشخصات شاکی؛ بدون آن، شکایت ناشناس است" },
  "AgencyView.citizen": {
    en: "Who complains, as declared at filing and never verified; only while the citizen's consent to this agency stands",
    fa: "مشخصات شاکی، به اظهار خود او و بدون راستی‌آزمایی؛ تنها تا زمانی که اجازهٔ شهروند به همین دستگاه برقرار است",
  },
  "citizen.name": { en: "Full name of the citizen", fa: "نام و نام خانوادگی شهروند" },
  nationalId: { en: "Iranian national id of ten digits", fa: "کد ملی ده‌رقمی" },
  phone: { en: "Phone number; kept as E.164", fa: "شمارهٔ تلفن؛ با پیش‌شمارهٔ کشور نگه‌داری می‌شود" },
  email: { en: "E-mail address", fa: "نشانی رایانامه" },
  shareWithAgency: {
    en: "Whether the agency that holds the complaint may know who complains; a transfer ends it",
    fa: "آیا دستگاهی که شکایت نزد آن است می‌تواند بداند چه کسی شکایت کرده است؛ با ارجاع پایان می‌یابد",
  },
  status: { en: "Where the complaint stands", fa: "وضعیت شکایت" },
  "Problem.status": { en: "The HTTP status", fa: "کد وضعیت HTTP" },
  lang: { en: "The page's language; left out: as the browser asks", fa: "زبان صفحه؛ پیش‌فرض: زبان مرورگر" },
  "query.status": {
    en: "Only complaints that stand there; left out: all that are open",
    fa: "تنها شکایت‌های این وضعیت؛ پیش‌فرض: همهٔ شکایت‌های باز",
  },
  version: { en: "Number of the last event", fa: "شمارهٔ آخرین رویداد" },
  "history.version": { en: "Number of the event", fa: "شمارهٔ رویداد" },
  level: {
    en: "How far it has climbed the ladder; 0: not escalated",
    fa: "سطح ارجاع به مقام بالاتر؛ صفر یعنی ارجاع‌نشده",
  },
  filedAt: { en: "When it was filed", fa: "زمان ثبت" },
  acknowledgeBy: { en: "Until when the agency must acknowledge it", fa: "مهلت اعلام دریافت" },
  answerBy: { en: "Until when the agency must answer", fa: "مهلت پاسخ" },
  reviewBy: { en: "Until when the inspector must decide", fa: "مهلت صدور رأی بازرس" },
  confirmBy: { en: "Until when the citizen may accept or dispute", fa: "مهلت شهروند برای پذیرش پاسخ یا اعتراض به آن" },
  closure: { en: "How it ended", fa: "چگونگی پایان شکایت" },
  answer: { en: "The agency's answer", fa: "پاسخ دستگاه اجرایی" },
  decision: { en: "The inspector's decision", fa: "رأی بازرس" },
  finding: {
    en: "Whether the complaint is founded, unfounded or undetermined",
    fa: "نتیجهٔ رسیدگی: وارد (founded)، غیروارد (unfounded) یا نامعلوم (undetermined)",
  },
  cause: {
    en: "What it came from, one of `causes` in the catalog; what was written before there were causes has none",
    fa: "علت، یکی از `causes` در فهرست استان؛ در پاسخ‌ها و رأی‌های پیش از تعریف علت‌ها نیامده است",
  },
  upholdsAnswer: {
    en: "Whether the agency's answer is upheld: to be said where it has answered, and only there",
    fa: "آیا پاسخ دستگاه تأیید می‌شود؛ تنها هنگامی که دستگاه پاسخ داده است، و در آن صورت لازم است",
  },
  "answer.text": { en: "The answer, as the citizen reads it", fa: "متن پاسخ، همان‌گونه که شهروند می‌خواند" },
  "decision.text": { en: "The reasons of the decision", fa: "متن رأی و دلایل آن" },
  "rejection.text": { en: "Why, as the citizen reads it", fa: "توضیح برای شهروند" },
  "messages.text": { en: "The message", fa: "متن پیام" },
  "statement.text": { en: "What the employee has to say", fa: "دفاعیهٔ کارمند" },
  "report.text": { en: "What was seen", fa: "شرح مشاهدات" },
  "actions.text": { en: "What will be done", fa: "اقدامی که انجام خواهد شد" },
  actions: { en: "What is promised", fa: "اقدام‌هایی که وعده داده شده است" },
  "actions.by": { en: "Until which day", fa: "تا چه روزی" },
  by: { en: "Who did it", fa: "چه کسی آن را انجام داده است" },
  at: { en: "When", fa: "زمان" },
  reason: { en: "Why", fa: "دلیل" },
  reasonEn: {
    en: "The same in English, of a holiday; an office gives its reason in Persian alone",
    fa: "همان به انگلیسی، برای تعطیل رسمی؛ دلیل اداره تنها به فارسی است",
  },
  "transfer.reason": {
    en: "Why it belongs there; both agencies and the citizen read it",
    fa: "دلیل ارجاع؛ هر دو دستگاه و شهروند آن را می‌خوانند",
  },
  "extension.reason": {
    en: "Why more time is needed; the citizen reads it",
    fa: "دلیل تمدید مهلت؛ شهروند آن را می‌خواند",
  },
  "dispute.reason": { en: "Why the answer does not satisfy", fa: "دلیل اعتراض به پاسخ" },
  "withdrawal.reason": { en: "Why the complaint is taken back", fa: "دلیل انصراف" },
  "rejection.reason": {
    en: "Outside what FOAD judges, or no complaint at all",
    fa: "خارج بودن از صلاحیت سامانه (out-of-scope) یا شکایت نبودن (not-a-complaint)",
  },
  "office-hours.reason": {
    en: "Why the hours change; everybody reads it",
    fa: "دلیل تغییر ساعت کاری؛ همه آن را می‌خوانند",
  },
  toAgencyId: { en: "The agency it is sent to", fa: "دستگاه اجرایی مقصد" },
  solved: {
    en: "Whether what was complained of is solved",
    fa: "آیا مشکل شهروند حل شد: بله (yes)، تا حدی (partly)، خیر (no)",
  },
  handling: {
    en: "How the citizen was handled, 1 (bad) to 5 (good)",
    fa: "امتیاز رفتار و رسیدگی، از ۱ (بد) تا ۵ (خوب)",
  },
  pressed: {
    en: "Whether somebody pressed the citizen to accept or to withdraw; an inspector looks into it",
    fa: "آیا کسی شهروند را برای پذیرش پاسخ یا انصراف زیر فشار گذاشته است؛ بازرس پیگیری می‌کند",
  },
  comment: { en: "What the citizen adds; inspectors alone read it", fa: "توضیح شهروند؛ فقط بازرسان آن را می‌خوانند" },
};

import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { numberIn } from "./problem-texts.ts";

/**
 * A label for each field of a request, by the field's name, or by `parent.name` where the parent matters. A sentence begins with
 * the label. The API documents explain the field.
 */
export const fieldLabels: Record<string, LocalizedText> = {
  // The request as a whole.
  "": { fa: "درخواست", en: "The request" },
  "Foad-Secret": { fa: "رمز شکایت", en: "The complaint's secret" },
  "Idempotency-Key": { fa: "سرآیند Idempotency-Key", en: "The header Idempotency-Key" },
  "If-Match": { fa: "سرآیند If-Match", en: "The header If-Match" },
  "List-Unsubscribe": { fa: "فیلد List-Unsubscribe", en: "The field List-Unsubscribe" },

  // In paths.
  id: { fa: "کد پیگیری شکایت", en: "The complaint's id" },
  attachmentId: { fa: "شناسهٔ پیوست", en: "The attachment's id" },
  visitId: { fa: "شناسهٔ بازدید", en: "The visit's id" },
  date: { fa: "تاریخ", en: "The date" },
  sub: { fa: "شناسهٔ شخص", en: "The person's id" },
  subscriber: { fa: "نام وب‌هوک", en: "The webhook's name" },

  // In queries.
  after: { fa: "شناسهٔ آخرین رویداد", en: "The id of the last event" },
  cursor: { fa: "نشانگر صفحه", en: "The cursor" },
  limit: { fa: "شمار موارد هر صفحه", en: "The number of items on a page" },
  details: { fa: "جزئیات ردیف‌ها", en: "The details of rows" },
  unread: { fa: "صافی «خوانده‌نشده»", en: "The filter for texts that nobody has read" },
  late: { fa: "صافی «دیرشده»", en: "The filter for late complaints" },
  dueSoon: { fa: "صافی «نزدیک به مهلت»", en: "The filter for complaints that are due soon" },
  mine: { fa: "صافی «پرونده‌های من»", en: "The filter for my complaints" },
  status: { fa: "وضعیت", en: "The status" },
  closure: { fa: "چگونگی پایان", en: "The way in which it was closed" },
  queue: { fa: "صف رسیدگی", en: "The work queue" },
  page: { fa: "نام صفحه", en: "The page" },
  format: { fa: "قالب پاسخ", en: "The format" },
  groupBy: { fa: "گروه‌بندی", en: "The grouping" },
  month: { fa: "ماه", en: "The month" },
  period: { fa: "نوع دوره", en: "The kind of period" },
  table: { fa: "جدول", en: "The table" },
  from: { fa: "آغاز بازه", en: "The start of the period" },
  to: { fa: "پایان بازه", en: "The end of the period" },
  token: { fa: "نشانی رایانامه‌شده", en: "The address from the mail" },

  inspector: { fa: "بازرس", en: "The inspector" },
  // The writer of a directive, and the time that a plan promises.
  by: { fa: "فیلد by", en: "The field `by`" },

  // Of a filing.
  agencyId: { fa: "دستگاه اجرایی", en: "The agency" },
  countyId: { fa: "شهرستان", en: "The county" },
  officeId: { fa: "اداره", en: "The office" },
  category: { fa: "موضوع شکایت", en: "The subject of the complaint" },
  description: { fa: "شرح شکایت", en: "The description" },
  occurredAt: { fa: "زمان رخداد", en: "The time when it happened" },
  channel: { fa: "راه ثبت شکایت", en: "The channel" },
  // Also in a query: the language of the documentation page.
  language: { fa: "زبان", en: "The language" },
  employee: { fa: "مشخصات کارمند", en: "The employee complained of" },
  "employee.name": { fa: "نام کارمند", en: "The employee's name" },
  "employee.personnelId": { fa: "شمارهٔ پرسنلی کارمند", en: "The employee's personnel number" },
  "employee.counter": { fa: "باجهٔ کارمند", en: "The employee's counter" },
  citizen: { fa: "مشخصات شهروند", en: "The citizen's data" },
  "citizen.name": { fa: "نام شهروند", en: "The citizen's name" },
  nationalId: { fa: "کد ملی", en: "The national id" },
  "citizen.nationalId": { fa: "کد ملی شهروند", en: "The citizen's national id" },
  "citizen.phone": { fa: "شمارهٔ تلفن شهروند", en: "The citizen's phone number" },
  "citizen.email": { fa: "نشانی رایانامهٔ شهروند", en: "The citizen's e-mail address" },
  shareWithAgency: { fa: "اجازهٔ دیدن مشخصات", en: "The consent that the agency sees who complains" },
  notifyBySms: { fa: "اجازهٔ فرستادن پیامک", en: "The consent to messages by SMS" },
  mayBeCalled: { fa: "اجازهٔ تماس تلفنی", en: "The consent to be called" },
  callDigits: { fa: "کد چهاررقمی تماس", en: "The digits for calls" },
  callId: { fa: "شناسهٔ تماس", en: "The call's id" },
  digits: { fa: "کد چهاررقمی تماس", en: "The digits for calls" },
  retaliationFor: { fa: "شکایت پیشین", en: "The earlier complaint" },
  "retaliationFor.id": { fa: "کد پیگیری شکایت پیشین", en: "The earlier complaint's id" },
  "retaliationFor.secret": { fa: "رمز شکایت پیشین", en: "The earlier complaint's secret" },

  // Of a notice to an employee.
  onLeaveUntil: { fa: "پایان مرخصی", en: "The end of the leave" },
  way: { fa: "شیوهٔ ابلاغ", en: "The way of the service" },
  employment: { fa: "رابطهٔ استخدامی", en: "The employment" },
  employer: { fa: "نام کارفرما", en: "The employer" },
  scan: { fa: "تصویر نامهٔ امضاشده", en: "The scan of the signed letter" },
  number: { fa: "شماره", en: "The number" },
  attachments: { fa: "فهرست فایل‌ها", en: "The list of files" },
  reasons: { fa: "دلیل‌ها", en: "The reasons" },

  // Of an attachment.
  fileName: { fa: "نام فایل", en: "The file's name" },
  contentType: { fa: "نوع فایل", en: "The file's type" },
  size: { fa: "حجم فایل", en: "The file's size" },

  // Of officials.
  name: { fa: "نام", en: "The name" },
  roles: { fa: "فهرست نقش‌ها", en: "The list of roles" },
  role: { fa: "نقش", en: "The role" },
  authority: { fa: "مقام ناظر", en: "The overseer's authority" },
  countyIds: { fa: "شهرستان‌ها", en: "The list of counties" },
  personnelId: { fa: "شمارهٔ پرسنلی", en: "The personnel number" },

  // Of what agencies, inspectors and citizens write.
  officer: { fa: "مشخصات کارشناس", en: "The officer" },
  "officer.name": { fa: "نام کارشناس", en: "The officer's name" },
  "officer.personnelId": { fa: "شمارهٔ پرسنلی کارشناس", en: "The officer's personnel number" },
  text: { fa: "متن", en: "The text" },
  reason: { fa: "دلیل", en: "The reason" },
  finding: { fa: "نتیجهٔ رسیدگی", en: "The finding" },
  cause: { fa: "علت", en: "The cause" },
  upholdsAnswer: { fa: "نظر دربارهٔ پاسخ دستگاه", en: "The judgement of the agency's answer" },
  actions: { fa: "اقدام‌های وعده‌داده‌شده", en: "The list of promised actions" },
  "actions.text": { fa: "شرح اقدام", en: "The text of a promised action" },
  "actions.dueOn": { fa: "تاریخ انجام اقدام", en: "The date of a promised action" },
  n: { fa: "شمارهٔ اقدام", en: "The number of the promised action" },
  kept: { fa: "انجام شدن یا نشدن اقدام (kept)", en: "Whether the action was done (`kept`)" },
  toAgencyId: { fa: "دستگاه مقصد", en: "The receiving agency" },
  plannedAt: { fa: "زمان بازدید", en: "The time of the visit" },
  arrivedAt: { fa: "زمان رسیدن به محل", en: "The time of arrival" },
  visitResult: { fa: "نتیجهٔ بازدید", en: "What the visit found" },
  location: { fa: "محل بازدید", en: "The place of the visit" },
  latitude: { fa: "عرض جغرافیایی", en: "The latitude" },
  longitude: { fa: "طول جغرافیایی", en: "The longitude" },
  outcome: { fa: "نتیجهٔ تماس", en: "The outcome of the call" },
  answer: { fa: "پاسخ «آیا مشکل رفع شده است»", en: "Whether the issue is mended" },
  opinion: { fa: "نظر شهروند", en: "The citizen's opinion" },
  solved: { fa: "پاسخ «آیا مشکل حل شد»", en: "Whether the problem is solved" },
  handling: { fa: "امتیاز رسیدگی", en: "The rating of the handling" },
  pressured: { fa: "پاسخ «آیا زیر فشار بودید»", en: "Whether somebody pressured the citizen" },
  comment: { fa: "توضیح", en: "The comment" },

  // Of what administrators set.
  closed: { fa: "نشان تعطیلی روز (closed)", en: "The mark of a closed day (`closed`)" },
  intervals: { fa: "بازه‌های ساعت کاری", en: "The list of office hours" },
  "intervals.from": { fa: "ساعت آغاز", en: "The opening time" },
  "intervals.to": { fa: "ساعت پایان", en: "The closing time" },
  eventIds: { fa: "فهرست رویدادها", en: "The list of events" },
  since: { fa: "آغاز بازه", en: "The start of the period" },
  until: { fa: "پایان بازه", en: "The end of the period" },
  issueId: { fa: "شناسهٔ مشکل", en: "The issue's id" },
  officeIds: { fa: "اداره‌ها", en: "The list of offices" },
  title: { fa: "عنوان", en: "The title" },
  summary: { fa: "خلاصه", en: "The summary" },
  outage: { fa: "نشان قطعی (outage)", en: "The mark of an outage (`outage`)" },
  complaintIds: { fa: "فهرست شکایت‌ها", en: "The list of complaints" },
  what: { fa: "شرح برنامه", en: "What the plan says" },
  responsible: { fa: "مسئول انجام", en: "The responsible unit or person" },
  noticeId: { fa: "شناسهٔ ابلاغیه", en: "The id of the notice" },
  agrees: { fa: "موافقت یا مخالفت (agrees)", en: "Whether the citizen agrees (`agrees`)" },
  evidence: { fa: "رویدادهایی که ابلاغیه بر آن‌ها استوار است", en: "The evidence" },
  allegation: { fa: "موارد اتهام", en: "The allegation" },
  grounds: { fa: "مبنای قانونی", en: "The provision of law" },
  secretVersion: { fa: "شمارهٔ کلید امضا", en: "The number of the secret" },
};

/** The label of a field that is not ours. Its name is not repeated, because a caller can send any text as a name. */
const unknownFieldLabel: LocalizedText = { fa: "یکی از فیلدهای فرستاده‌شده", en: "A field that was sent" };

/** The label of a field by its path, such as `actions[0].dueOn`; undefined if it has none. */
export function labelOf(path: string): LocalizedText | undefined {
  if (path === "") return fieldLabels[""];
  const names = path.replace(/\[\d+\]/g, "").match(/[\w-]+/g) ?? [];
  const known = [names.slice(-2).join("."), ...names.slice(-1)].find(
    (name) => name && Object.hasOwn(fieldLabels, name),
  );
  return known === undefined ? undefined : fieldLabels[known];
}

/** The label of a field at the start of a sentence. For an item of a list, the item's number is added. */
export function fieldInWords(path: string, language: Language): string {
  const [, item] = /\[(\d+)\]/.exec(path) ?? [];
  const { [language]: label } = labelOf(path) ?? unknownFieldLabel;
  if (item === undefined) return label;
  return `${label} (${language === "fa" ? "شمارهٔ " : "no. "}${numberIn(language, Number(item) + 1)})`;
}

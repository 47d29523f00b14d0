// The page's words for the words of the API. The page skips newer words that it does not know.
import type { Catalog, Clock, Entry, View } from "./api.ts";

const where = { timeZone: "Asia/Tehran" } as const;
const moment = new Intl.DateTimeFormat("fa-IR", {
  ...where,
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "numeric",
  minute: "2-digit",
});
const date = new Intl.DateTimeFormat("fa-IR", { ...where, weekday: "long", day: "numeric", month: "long" });
const number = new Intl.NumberFormat("fa-IR");

/** In the calendar and the digits of Iran, wherever the browser is. */
export const time = (instant: string) => moment.format(new Date(instant));
export const day = (instant: string) => date.format(new Date(instant));
/** Of a day that has no time. */
export const dayOf = (named: string) => day(`${named}T09:00Z`);
export const count = (value: number) => number.format(value);

type Named = Catalog["agencies" | "counties" | "categories"][number];
export const nameOf = (all: Named[], id: string) => all.find((one) => one.id === id)?.name.fa ?? id;

export const statuses: Record<View["status"], string> = {
  filed: "ثبت شد و در انتظار دستگاه است",
  acknowledged: "دستگاه در حال رسیدگی است",
  answered: "دستگاه پاسخ داد؛ نوبت شماست",
  disputed: "بازرس در حال بازبینی است",
  closed: "پرونده بسته شد",
};

export const closures: Record<NonNullable<View["closure"]>, string> = {
  accepted: "پاسخ را پذیرفتید و پرونده بسته شد",
  expired: "مهلت اظهارنظر شما گذشت و پرونده بسته شد",
  decided: "بازرس رأی داد و پرونده بسته شد",
  withdrawn: "شکایت را پس گرفتید و پرونده بسته شد",
  "out-of-scope": "بازرس پرونده را بست: در صلاحیت سامانهٔ ۱۲۸ نیست",
  "not-a-complaint": "بازرس پرونده را بست: شکایت نیست",
};

/** What became of a notice to an employee; of one that is asked the page shows the text. */
export const noticeWords: Partial<Record<NonNullable<View["notices"]>[number]["status"], string>> = {
  declined: "نامهٔ بازرس به کارمند داده نشد",
  open: "موافقت کردید؛ نامهٔ بازرس به کارمند داده می‌شود",
  "not-served": "نامهٔ بازرس به دست کارمند نرسید",
  served: "نامهٔ بازرس به دست کارمند رسید",
  dismissed: "موضوع کنار گذاشته شد",
  standing: "موضوع در سابقهٔ کارمند ثبت شد",
};

export const findings = { founded: "شکایت وارد است", unfounded: "شکایت وارد نیست", undetermined: "روشن نشد" };

export const writers: Partial<Record<string, string>> = { citizen: "شما", agency: "دستگاه", inspector: "بازرس" };

const steps: Record<Clock["step"], string> = {
  acknowledge: "دستگاه دریافت شکایت را اعلام کند",
  answer: "دستگاه پاسخ بدهد",
  confirm: "شما پاسخ را بپذیرید یا اعتراض کنید",
  review: "بازرس رأی بدهد",
};

/** One sentence for each clock, and why it runs longer than it seems. */
export function clockInWords({ step, dueAt, metAt, breached, skipped }: Clock) {
  const left = metAt ? [] : skipped.filter(({ dayType }) => dayType !== "outside-hours");
  return {
    what: steps[step] ?? step,
    until: `تا ${time(dueAt)}`,
    state: metAt
      ? `انجام شد: ${time(metAt)}${breached ? "، دیرتر از مهلت" : ""}`
      : breached
        ? "مهلت گذشته است"
        : "در انتظار",
    skipped: left.map(
      ({ date, dayType, reason }) => `${dayOf(date)} (${reason?.fa ?? skippedFor[dayType] ?? dayType})`,
    ),
  };
}
const skippedFor = { weekend: "آخر هفته", holiday: "تعطیل رسمی", closed: "تعطیلی اداره", "outside-hours": "" };

const happenings: Record<Entry["type"], string> = {
  filed: "شکایت ثبت شد",
  acknowledged: "دستگاه دریافت شکایت را اعلام کرد",
  transferred: "به دستگاه دیگری سپرده شد",
  extended: "مهلت پاسخ تمدید شد",
  answered: "دستگاه پاسخ داد",
  accepted: "پاسخ را پذیرفتید",
  disputed: "به پاسخ اعتراض کردید",
  decided: "بازرس رأی داد",
  rejected: "بازرس پرونده را بدون رأی بست",
  withdrawn: "شکایت را پس گرفتید",
  expired: "مهلت اظهارنظر شما گذشت",
  escalated: "مهلت گذشت و به مقام بالاتر رسید",
  "deadlines-changed": "با تغییر ساعت کاری، مهلت‌ها جابه‌جا شد",
  "message-posted": "پیامی نوشته شد",
  "attachment-added": "فایل شما پیوست شد",
  "directive-given": "مقام ناظر به دستگاه دستور داد",
  "visit-ordered": "بازدید بازرس برنامه‌ریزی شد",
  "visit-planned": "زمان بازدید بازرس تعیین شد",
  "visit-cancelled": "بازدید بازرس لغو شد",
  "visit-overdue": "گزارش بازدید در مهلت ثبت نشد",
  "visit-reported": "بازرس گزارش بازدید را نوشت",
  "issue-linked": "علت پروندهٔ شما با پرونده‌های دیگر مشترک است",
  "issue-unlinked": "علت پروندهٔ شما دیگر مشترک شمرده نمی‌شود",
  "promise-reminded": "زمان اقدام به دستگاه یادآوری شد",
  "promise-reported": "دستگاه می‌گوید اقدام را انجام داد",
  "promise-objected": "به گزارش انجام اقدام اعتراض کردید",
  "promise-judged": "بازرس دربارهٔ انجام اقدام نظر داد",
  "statement-added": "کارمند توضیح داد",
  "identity-read": "بازرس مشخصات شما را دید",
  "renewal-requested": "بازرس خواست رمز شما حضوری نو شود؛ بازرس دیگری باید تأیید کند",
  "secret-renewed": "بازرس رمز شما را حضوری نو کرد",
  "consent-given": "به دستگاه اجازهٔ دیدن مشخصات خود را دادید",
  "consent-withdrawn": "آن اجازه را پس گرفتید",
  "identity-erased": "مشخصات شما پاک شد",
  "texts-erased": "نوشته‌ها و پرونده‌های پیوست با پایان مدت نگهداری پاک شد",
  "opinion-given": "نظر خود را گفتید",
  "call-consent-given": "اجازهٔ تماس تلفنی دادید",
  "call-consent-withdrawn": "دیگر دربارهٔ این شکایت با شما تماس گرفته نمی‌شود",
  "sms-consent-given": "پیامک را خواستید",
  "sms-consent-withdrawn": "دیگر پیامک نمی‌خواهید",
  "phone-read": "مرکز تماس شمارهٔ شما را دید",
  "call-recorded": "مرکز تماس با شما تماس گرفت",
  "call-digits-chosen": "کد چهاررقمی تماس را انتخاب کردید",
  "call-opened": "در تماس، کد چهاررقمی شما درست گفته شد",
  "call-digits-wrong": "در تماس، کد نادرستی گفته شد",
  "notice-call-recorded": "مرکز تماس برای خبر دادن از پاسخ تماس گرفت",
  "issue-call-recorded": "مرکز تماس پرسید که آیا مشکل رفع شده است",
  "read-to-citizen": "مرکز تماس پرونده را با کد و رمز شما باز کرد",
  "notice-opened": "بازرس می‌خواهد موضوع را با کارمند در میان بگذارد",
  "notice-agreed": "موافقت کردید که موضوع با کارمند در میان گذاشته شود",
  "notice-disagreed": "موافقت نکردید که موضوع با کارمند در میان گذاشته شود",
  "notice-served": "ابلاغیه به کارمند رسید",
  "notice-ended": "ابلاغیه به پایان رسید",
  "notice-due": "مهلت ابلاغیه نزدیک است",
  "dispute-lodged-by-phone": "اعتراض شما را مرکز تماس ثبت کرد",
  "hold-set": "مرکز دستور داد پرونده نگهداری شود",
  "hold-lifted": "دستور نگهداری لغو شد",
  internal: "رویداد داخلی",
};

const holders: Partial<Record<string, string>> = {
  "agency-head": "رئیس دستگاه",
  "county-governor": "فرماندار شهرستان",
  "inspection-centre": "مرکز بازرسی استان",
  "governor-general": "استاندار",
  "national-organization": "سازمان اداری و استخدامی کشور",
};

/** What happened, and what was said of it; what a message or an answer says stands elsewhere on the page. */
export function entryInWords(entry: Entry) {
  const title: string | undefined = happenings[entry.type];
  const said =
    "reason" in entry && entry.type !== "rejected"
      ? entry.reason
      : "authority" in entry
        ? [holders[entry.authority], "text" in entry ? entry.text : undefined].filter(Boolean).join(": ")
        : undefined;
  const by = "by" in entry ? writers[entry.by] : undefined;
  return { title, at: by ? `${by}، ${time(entry.at)}` : time(entry.at), said };
}

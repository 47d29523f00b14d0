import type { LocalizedText } from "../vocabulary.ts";
import type { ConfidentialEntryType } from "./confidential-log.ts";
import type { EventType } from "./event.ts";
import type { MailedRole, MailTrigger } from "./event-rules.ts";

/** Only mails to officials name the event in the subject: on a shared phone, others see a citizen's mail subjects. */
type NoticeText = { citizen: LocalizedText; official: { subject: string; fa: string } };
/** The text that each role of `rolesByEvent` reads. */
type ReaderByRole = {
  citizen: "citizen";
  "inspection-unit": "official";
  "inspection-centre": "official";
  authority: "official";
};

const notYou: LocalizedText = {
  fa: "اگر این کار را شما نکرده‌اید، با مرکز ۱۲۸ تماس بگیرید.",
  en: "If this was not you, please call 128.",
};
const toAcknowledge = "خواهشمند است تا مهلت‌های زیر، وصول آن اعلام و به آن رسیدگی شود.";

/** The mails about the filing of a retaliation report. No agency gets a mail about it. */
export const retaliationNotice: NoticeText = {
  citizen: {
    fa: "گزارش شما ثبت شد و تنها مرکز بازرسی آن را می‌بیند؛ دستگاه مربوط از آن آگاه نمی‌شود.",
    en: "Your report has been registered. Only the inspection centre sees it; the office concerned does not hear of it.",
  },
  official: {
    subject: "گزارش اقدام تلافی‌جویانه",
    fa: "شهروندی گزارش داده که به سبب شکایت پیشین خود با اقدام تلافی‌جویانه روبه‌رو شده است. خواهشمند است تا مهلت زیر به آن رسیدگی شود.",
  },
};

/**
 * The text of each event's mail, for the roles that `rolesByEvent` names. `{authority}` becomes the name of the authority that
 * a late case was escalated to.
 */
export const noticeTexts: { [T in MailTrigger["type"]]: Pick<NoticeText, ReaderByRole[MailedRole<T>]> } = {
  filed: {
    citizen: {
      fa: "پروندهٔ شما ثبت و برای رسیدگی به دستگاه مربوط فرستاده شد.",
      en: "Your case has been registered and sent to the office concerned.",
    },
    official: { subject: "پروندهٔ تازه", fa: `پروندهٔ تازه‌ای برای دستگاه شما ثبت شده است. ${toAcknowledge}` },
  },
  acknowledged: {
    citizen: {
      fa: "دستگاه مربوط، وصول پروندهٔ شما را اعلام کرد و رسیدگی به آن آغاز شده است.",
      en: "The office concerned has acknowledged your case and is working on it.",
    },
  },
  answered: {
    citizen: {
      fa: "دستگاه مربوط به پروندهٔ شما پاسخ داده است. تا مهلت زیر می‌توانید پاسخ را بپذیرید یا به آن اعتراض کنید؛ پس از آن پرونده بسته می‌شود.",
      en: "The office concerned has answered your case. Until the time below you can accept the answer or dispute it; after that the case is closed.",
    },
  },
  extended: {
    citizen: {
      fa: "مهلت پاسخ به پروندهٔ شما تمدید شد. دلیل آن را در پرونده می‌خوانید؛ مهلت هر پرونده تنها یک بار تمدید می‌شود.",
      en: "The time for an answer to your case has been extended. The reason stands in your case; this happens once at the most.",
    },
  },
  accepted: {
    citizen: {
      fa: `پاسخ دستگاه پذیرفته و پروندهٔ شما بسته شد. ${notYou.fa}`,
      en: `The answer was accepted and your case is closed. ${notYou.en}`,
    },
  },
  transferred: {
    citizen: {
      fa: "پروندهٔ شما برای رسیدگی به دستگاه دیگری فرستاده شد. مهلت پاسخ تغییری نکرده است.",
      en: "Your case has been transferred to another office. The time for an answer has not changed.",
    },
    official: {
      subject: "پروندهٔ ارجاع‌شده",
      fa: `پرونده‌ای از دستگاه دیگری به دستگاه شما ارجاع شده است. ${toAcknowledge} مهلت پاسخ با ارجاع تغییر نمی‌کند.`,
    },
  },
  disputed: {
    citizen: {
      fa: `اعتراض شما ثبت شد و مرکز بازرسی تا مهلت زیر به آن رسیدگی می‌کند. ${notYou.fa}`,
      en: `Your objection has been registered; the inspection centre will decide by the time below. ${notYou.en}`,
    },
    official: {
      subject: "اعتراض به پاسخ",
      fa: "به پاسخ دستگاه اعتراض شده است. خواهشمند است تا مهلت زیر، پرونده بازبینی و دربارهٔ آن تصمیم گرفته شود.",
    },
  },
  withdrawn: {
    citizen: {
      fa: `پروندهٔ شما پس گرفته و بسته شد. ${notYou.fa}`,
      en: `Your case was withdrawn and is closed. ${notYou.en}`,
    },
    official: {
      subject: "پروندهٔ پس‌گرفته‌شده",
      fa: "این پرونده از سوی شهروند پس گرفته و بسته شده است؛ اقدام دیگری لازم نیست.",
    },
  },
  expired: {
    citizen: {
      fa: "مهلت پذیرش پاسخ یا اعتراض به آن به پایان رسید و پروندهٔ شما بسته شد. اگر پاسخ را نمی‌پذیرید، تا ۳۰ روز هنوز می‌توانید به آن اعتراض کنید.",
      en: "The time to accept or dispute the answer has passed, and your case is closed. If you do not accept the answer, you may still dispute it within 30 days.",
    },
  },
  escalated: {
    citizen: {
      fa: "مهلت رسیدگی به پروندهٔ شما گذشته و موضوع به {authority} گزارش شده است. لازم نیست کاری انجام دهید.",
      en: "The time to deal with your case has passed, and the matter has been reported to {authority}. There is nothing you need to do.",
    },
    official: {
      subject: "گذشت مهلت",
      fa: "مهلت رسیدگی به این پرونده گذشته و موضوع به {authority} گزارش شده است. خواهشمند است بی‌درنگ به آن رسیدگی شود.",
    },
  },
  decided: {
    citizen: {
      fa: "مرکز بازرسی دربارهٔ پروندهٔ شما رأی داد و پرونده بسته شد. متن رأی را در پرونده می‌خوانید.",
      en: "The inspection centre has decided your case, and it is closed. The decision stands in your case.",
    },
    official: {
      subject: "رأی بازرسی",
      fa: "مرکز بازرسی دربارهٔ این پرونده رأی داده و پرونده بسته شده است. خواهشمند است به آنچه در رأی آمده عمل شود.",
    },
  },
  rejected: {
    citizen: {
      fa: "مرکز بازرسی پروندهٔ شما را بدون رأی بست. دلیل آن را در پرونده می‌خوانید.",
      en: "The inspection centre has closed your case without a decision. The reason stands in your case.",
    },
    official: {
      subject: "بسته شدن پرونده بدون رأی",
      fa: "مرکز بازرسی این پرونده را بدون رأی بسته است؛ اقدام دیگری لازم نیست.",
    },
  },
  "visit-ordered": {},
  "visit-planned": {},
  "visit-cancelled": {},
  "visit-overdue": {
    official: {
      subject: "بازدید بی‌گزارش",
      fa: "گزارش بازدیدی که برای این پرونده دستور داده شده بود در مهلت ثبت نشده است. بازدید را به بازرسی بسپارید و برنامه‌ریزی کنید.",
    },
  },
  "consent-given": {
    citizen: {
      fa: "اکنون دستگاهی که پروندهٔ شما نزد آن است می‌تواند ببیند چه کسی شکایت کرده است. اگر شما این را نخواسته‌اید، در پرونده آن را پس بگیرید.",
      en: "The agency that holds your case may now see who complains. If you did not ask for this, take it back in your case.",
    },
  },
  "consent-withdrawn": {
    citizen: {
      fa: "دستگاه دیگر نمی‌تواند ببیند چه کسی شکایت کرده است.",
      en: "The agency may no longer see who complains.",
    },
  },
  "identity-erased": {},
  "texts-erased": {},
  "opinion-given": {},
  "call-consent-given": {},
  "call-consent-withdrawn": {},
  "sms-consent-given": {},
  "sms-consent-withdrawn": {},
  "hold-set": {},
  "hold-lifted": {},
  "phone-read": {},
  "notice-call-recorded": {},
  "issue-call-recorded": {},
  "read-to-citizen": {},
  "call-recorded": {},
  "call-digits-chosen": {},
  "call-opened": {},
  "call-digits-wrong": {},
  "notice-opened": {
    citizen: {
      fa: "دربارهٔ پروندهٔ شما پرسشی از شما هست. تا ۱۴ روز می‌توانید در پرونده به آن پاسخ دهید.",
      en: "There is a question for you about your case. You can answer it in the case within 14 days.",
    },
  },
  "notice-agreed": {},
  "notice-disagreed": {},
  "notice-served": {
    citizen: {
      fa: "دربارهٔ پرسشی که از شما شد خبری هست. آن را در پرونده می‌خوانید. اگر کسی به سبب این پرونده با شما بدرفتاری کرد، همان جا بنویسید که گزارش تلافی است.",
      en: "There is news of what you were asked about. It stands in the case. If anybody treats you badly because of this case, file that as a report of retaliation.",
    },
  },
  "notice-ended": {
    citizen: {
      fa: "آنچه دربارهٔ آن از شما پرسیده شد به پایان رسید. نتیجه را در پرونده می‌خوانید. اگر کسی به سبب این پرونده با شما بدرفتاری کرد، آن را گزارش تلافی ثبت کنید.",
      en: "What you were asked about has come to an end. The outcome stands in the case. If anybody treats you badly because of this case, file that as a report of retaliation.",
    },
  },
  "notice-due": {
    official: {
      subject: "مهلت ابلاغیه",
      fa: "مهلت تصمیم دربارهٔ یک ابلاغیه پنج روز دیگر تمام می‌شود. اگر تا آن روز تصمیمی گرفته نشود، ابلاغیه به سود کارمند پایان می‌یابد.",
    },
  },
  "dispute-lodged-by-phone": {},
  "visit-reported": {
    citizen: {
      fa: "بازرس دربارهٔ پروندهٔ شما به اداره مراجعه کرد. گزارش بازدید را در پرونده می‌خوانید.",
      en: "An inspector has been to the office about your case. The report stands in your case.",
    },
    official: {
      subject: "گزارش بازدید",
      fa: "بازرس دربارهٔ این پرونده از اداره بازدید کرده و گزارش آن در پرونده آمده است.",
    },
  },
  "message-posted": {
    citizen: {
      fa: "در پروندهٔ شما پیام تازه‌ای هست. می‌توانید آن را بخوانید و پاسخ دهید.",
      en: "There is a new message in your case. You can read it and reply.",
    },
    official: { subject: "پیام تازه", fa: "در این پرونده پیام تازه‌ای برای دستگاه شما هست." },
  },
  "directive-given": {
    citizen: {
      fa: "{authority} دربارهٔ پروندهٔ شما به دستگاه دستوری داد. متن آن را در پرونده می‌خوانید.",
      en: "{authority} has given the office a directive about your case. You can read it in the case.",
    },
    official: { subject: "دستور مقام ناظر", fa: "{authority} دربارهٔ این پرونده به دستگاه شما دستوری داده است." },
  },
  "promise-reminded": {
    official: {
      subject: "یادآوری اقدام وعده‌داده‌شده",
      fa: "سه روز دیگر زمان انجام اقدامی می‌رسد که در پاسخ یا رأی این پرونده وعده داده شده است. خواهشمند است آن را انجام دهید و گزارش آن را در پرونده ثبت کنید.",
    },
  },
  "promise-reported": {
    citizen: {
      fa: "دستگاه گزارش داده است که اقدام وعده‌داده‌شده را انجام داده است. اگر انجام نشده، تا ۱۰ روز می‌توانید در پرونده به آن اعتراض کنید.",
      en: "The office reports that it has done what it promised. If it has not, you can object in your case within 10 days.",
    },
  },
  "promise-objected": {
    citizen: {
      fa: `اعتراض شما به گزارش دستگاه ثبت شد و مرکز بازرسی آن را می‌بیند. ${notYou.fa}`,
      en: `Your objection to the office’s report has been registered, and the inspection centre sees it. ${notYou.en}`,
    },
    official: {
      subject: "اعتراض به انجام اقدام",
      fa: "شهروند می‌گوید اقدامی که دستگاه انجام آن را گزارش داده، انجام نشده است. خواهشمند است بررسی کنید و نتیجه را در پرونده ثبت کنید.",
    },
  },
  "promise-judged": {
    citizen: {
      fa: "بازرس دربارهٔ اقدامی که در پروندهٔ شما وعده داده شده بود نظر داد. آن را در پرونده می‌خوانید.",
      en: "An inspector has said whether an action that was promised in your case was done. You can read it in the case.",
    },
    official: {
      subject: "نظر بازرس دربارهٔ اقدام",
      fa: "بازرس دربارهٔ انجام اقدامی که در این پرونده وعده داده شده بود نظر داد. آن را در پرونده می‌خوانید.",
    },
  },
  "attachment-added": {},
  "statement-added": {},
  "issue-linked": {},
  "issue-unlinked": {},
  "identity-read": {
    citizen: {
      fa: "یک بازرس مشخصات شما را در پرونده دید. زمان آن و شناسهٔ بازرس را در پرونده می‌خوانید.",
      en: "An inspector has looked at who you are. When, and which inspector, stands in your case.",
    },
  },
  "renewal-requested": {},
  "secret-renewed": {
    citizen: {
      fa: "رمز پروندهٔ شما به درخواست حضوری نو شد و رمز پیشین دیگر پرونده را باز نمی‌کند. اگر شما درخواست نکرده‌اید، همین امروز با ۱۲۸ تماس بگیرید.",
      en: "The secret of your case was renewed in person, and the old one no longer opens it. If you did not ask for that, call 128 today.",
    },
  },
  "deadlines-changed": {
    citizen: {
      fa: "ساعت کار ادارات تغییر کرد و مهلت‌های پروندهٔ شما از نو حساب شد. مهلت‌های تازه در زیر آمده است.",
      en: "Office hours have changed, and the deadlines of your case were computed anew. They stand below.",
    },
    official: {
      subject: "تغییر مهلت",
      fa: "ساعت کار ادارات تغییر کرد و مهلت‌های این پرونده از نو حساب شد. مهلت‌های تازه در زیر آمده است.",
    },
  },
};

/** The name of each event in the citizen's export. `internal` stands for events that the citizen may not see. */
export const eventNames: Record<EventType | ConfidentialEntryType | "internal", LocalizedText> = {
  filed: { fa: "شکایت ثبت شد", en: "The complaint was registered" },
  acknowledged: { fa: "دستگاه دریافت شکایت را اعلام کرد", en: "The office acknowledged it" },
  transferred: { fa: "به دستگاه دیگری ارجاع شد", en: "It was sent on to another office" },
  extended: { fa: "مهلت پاسخ تمدید شد", en: "The time to answer was extended" },
  answered: { fa: "دستگاه پاسخ داد", en: "The office answered" },
  accepted: { fa: "پاسخ را پذیرفتید", en: "You accepted the answer" },
  disputed: { fa: "به پاسخ اعتراض کردید", en: "You disputed the answer" },
  decided: { fa: "بازرس رأی داد", en: "An inspector decided" },
  rejected: { fa: "بازرس پرونده را بدون رأی بست", en: "An inspector closed it without a decision" },
  withdrawn: { fa: "از شکایت انصراف دادید", en: "You took it back" },
  expired: { fa: "مهلت اظهارنظر شما گذشت و پرونده بسته شد", en: "Your time to react was over, and it was closed" },
  escalated: { fa: "مهلت گذشت و به مقام بالاتر رسید", en: "It was late and was raised to a higher office" },
  "deadlines-changed": { fa: "با تغییر ساعت کاری، مهلت‌ها جابه‌جا شد", en: "Deadlines moved with the office hours" },
  "message-posted": { fa: "پیامی نوشته شد", en: "A message was written" },
  "directive-given": { fa: "مقام ناظر به دستگاه دستوری داد", en: "A higher office gave the office a directive" },
  "promise-reminded": { fa: "زمان اقدام به دستگاه یادآوری شد", en: "The office was reminded of what it promised" },
  "promise-reported": { fa: "دستگاه می‌گوید اقدام را انجام داد", en: "The office says that it kept its promise" },
  "promise-objected": { fa: "به گزارش انجام اقدام اعتراض کردید", en: "You objected to that report" },
  "promise-judged": { fa: "بازرس دربارهٔ انجام اقدام نظر داد", en: "An inspector said whether the promise was kept" },
  "attachment-added": { fa: "پیوست شما پذیرفته شد", en: "Your file was taken in" },
  "visit-reported": { fa: "بازرس گزارش بازدید را ثبت کرد", en: "An inspector reported a visit" },
  "statement-added": { fa: "رویداد داخلی", en: "An internal event" },
  "issue-linked": {
    fa: "علت این پرونده با پرونده‌های دیگر مشترک دانسته شد و یکجا پیگیری می‌شود",
    en: "Your case shares its cause with others, which is followed up as one issue",
  },
  "issue-unlinked": {
    fa: "علت این پرونده دیگر با پرونده‌های دیگر مشترک دانسته نمی‌شود",
    en: "Your case is no longer taken to share its cause with others",
  },
  "visit-planned": { fa: "زمان بازدید بازرس تعیین شد", en: "The inspector’s visit was planned" },
  "visit-cancelled": { fa: "بازدید بازرس لغو شد", en: "The inspector’s visit was cancelled" },
  "visit-overdue": { fa: "گزارش بازدید در مهلت ثبت نشد", en: "The visit was not reported in time" },
  "visit-ordered": { fa: "بازدید بازرس برنامه‌ریزی شد", en: "An inspector’s visit was ordered" },
  "identity-read": { fa: "بازرس مشخصات شما را دید", en: "An inspector read who you are" },
  "renewal-requested": {
    fa: "بازرس خواست رمز شما حضوری نو شود؛ بازرس دیگری باید تأیید کند",
    en: "An inspector asked to renew your secret in person; another inspector has to confirm it",
  },
  "secret-renewed": { fa: "بازرس رمز شما را حضوری نو کرد", en: "An inspector renewed your secret in person" },
  "consent-given": { fa: "به دستگاه اجازهٔ دیدن مشخصات خود را دادید", en: "You let the office know who you are" },
  "consent-withdrawn": { fa: "آن اجازه را پس گرفتید", en: "You took that consent back" },
  "identity-erased": { fa: "مشخصات شما پاک شد", en: "Your identity was erased" },
  "texts-erased": {
    fa: "نوشته‌ها و پرونده‌های پیوست با پایان مدت نگهداری پاک شد",
    en: "Texts and files were erased, since they are kept no longer",
  },
  "opinion-given": { fa: "نظر خود را گفتید", en: "You said what you think of it" },
  "call-consent-given": { fa: "اجازهٔ تماس تلفنی دادید", en: "You agreed to be called" },
  "sms-consent-given": { fa: "اجازهٔ فرستادن پیامک دادید", en: "You agreed to get messages by SMS" },
  "sms-consent-withdrawn": {
    fa: "اجازهٔ فرستادن پیامک را پس گرفتید",
    en: "You no longer agree to get messages by SMS",
  },
  "call-consent-withdrawn": {
    fa: "دیگر دربارهٔ این شکایت با شما تماس گرفته نمی‌شود؛ هر وقت بخواهید می‌توانید دوباره اجازه دهید",
    en: "Nobody calls you about this complaint any more. You may agree to be called again",
  },
  "phone-read": { fa: "مرکز تماس شمارهٔ شما را دید", en: "The call centre read your phone number" },
  "call-recorded": { fa: "مرکز تماس با شما تماس گرفت", en: "The call centre rang you" },
  "call-digits-chosen": { fa: "کد چهاررقمی تماس را انتخاب کردید", en: "You chose four digits for calls" },
  "call-opened": {
    fa: "در تماس، کد چهاررقمی شما درست گفته شد و موضوع شکایت نشان داده شد",
    en: "In a call your four digits were said, and the operator saw what the complaint is about",
  },
  "call-digits-wrong": {
    fa: "در تماس، کد نادرستی گفته شد",
    en: "In a call wrong digits were said",
  },
  "issue-call-recorded": {
    fa: "مرکز تماس پرسید که آیا مشکل رفع شده است",
    en: "The call centre rang to ask whether the issue is mended",
  },
  "notice-call-recorded": {
    fa: "مرکز تماس برای خبر دادن از پاسخ تماس گرفت",
    en: "The call centre rang to tell you of the answer",
  },
  "read-to-citizen": {
    fa: "مرکز تماس پرونده را با کد و رمز شما باز کرد",
    en: "The call centre opened the case with your id and secret",
  },
  "notice-opened": {
    fa: "بازرس می‌خواهد موضوع را با کارمند در میان بگذارد و از شما پرسید",
    en: "An inspector wants to put the matter to the employee, and asked you",
  },
  "notice-agreed": { fa: "موافقت کردید", en: "You agreed" },
  "notice-disagreed": { fa: "موافقت نکردید", en: "You did not agree" },
  "notice-served": { fa: "ابلاغیه به کارمند رسید", en: "The notice was served on the employee" },
  "notice-ended": { fa: "ابلاغیه به پایان رسید", en: "The notice came to an end" },
  "notice-due": { fa: "مهلت ابلاغیه نزدیک است", en: "The notice is due soon" },
  "dispute-lodged-by-phone": { fa: "اعتراض شما را مرکز تماس ثبت کرد", en: "The call centre registered your dispute" },
  "hold-set": { fa: "مرکز دستور داد پرونده نگهداری شود", en: "The centre ordered that the case is kept whole" },
  "hold-lifted": { fa: "دستور نگهداری لغو شد", en: "That order was lifted" },
  internal: { fa: "رویداد داخلی", en: "An internal event" },
};

/** The headings and fixed texts of the export page. */
export const exportTexts = {
  title: { fa: "پروندهٔ شما در سامانهٔ ۱۲۸", en: "Your case with FOAD 128" },
  description: { fa: "شرح شکایت", en: "What you complained of" },
  filing: { fa: "آنچه هنگام ثبت گفتید", en: "What else you said when filing" },
  history: { fa: "همهٔ آنچه گفته، دیده و انجام شد", en: "All that was said, seen and done" },
  uploads: { fa: "فایل‌ها", en: "Files" },
  clocks: { fa: "مهلت‌ها", en: "Deadlines" },
  exportedAt: { fa: "زمان این رونوشت", en: "As of" },
  internal: {
    fa: "«رویداد داخلی» گام‌هایی است که متن آن، مانند دفاعیهٔ کارمند، به هیچ شهروندی نشان داده نمی‌شود.",
    en: "The text of an internal event, such as a statement of the employee, is not shown to citizens.",
  },
  yes: { fa: "بله", en: "yes" },
  no: { fa: "خیر", en: "no" },
} satisfies Record<string, LocalizedText>;

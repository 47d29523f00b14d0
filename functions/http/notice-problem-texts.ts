import type { FaultCode, FaultReason } from "#shared/fault.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import type { ProblemText } from "./catalog-problem-texts.ts";

type NoticeCode = Extract<FaultCode, "notice-state" | "notice-exists" | "inspectors-missing" | "names-citizen">;

/** The texts of the refusals of notices to employees. */
export const noticeProblemTexts: Record<NoticeCode, ProblemText> = {
  "notice-state": {
    status: 409,
    title: { fa: "در این وضعیت شدنی نیست", en: "The notice does not allow this now" },
    detail: {
      fa: "ابلاغیه اکنون در وضعیت «{status}» است و در این وضعیت این کار شدنی نیست.",
      en: "The notice is `{status}` now, which does not allow this.",
    },
  },
  "notice-exists": {
    status: 409,
    title: { fa: "برای این شخص ابلاغیه هست", en: "There is a notice for this person" },
    detail: {
      fa: "دربارهٔ این شکایت پیش‌تر برای همین شخص ابلاغیه تنظیم شده است. دربارهٔ هر شکایت برای هر شخص تنها یک ابلاغیه تنظیم می‌شود.",
      en: "A notice to this person on this complaint exists already. There is one notice for each person and complaint.",
    },
  },
  "inspectors-missing": {
    status: 409,
    title: { fa: "بازرس کافی نیست", en: "There are too few inspectors" },
    detail: {
      fa: "برای تنظیم ابلاغیه، استان باید دست‌کم چهار بازرس داشته باشد و یکی از آنان بی‌طرف باشد: نه ابلاغیه را تنظیم کرده باشد، نه دربارهٔ شکایت رأی داده باشد، نه برای آن به بازدید رفته باشد، نه مشخصات شهروند را دیده و نه رمز او را نو کرده باشد. کاربران را مدیر سامانه ثبت می‌کند.",
      en: "To open a notice the province needs four inspectors, one of them without a part: who has not opened the notice, decided or visited the complaint, read the citizen's identity or renewed the secret. An administrator registers people.",
    },
  },
  "names-citizen": {
    status: 409,
    title: { fa: "این متن هویت شهروند را آشکار می‌کند", en: "The text tells who the citizen is" },
    detail: {
      fa: "این متن بخشی از مشخصات شهروند را دارد (نام، تلفن، کد ملی یا رایانامه). آن را از متن بردارید. این تلاش یک بار دیدن مشخصات به شمار آمد و شهروند از آن باخبر می‌شود.",
      en: "The text has something of the identity that the citizen gave (name, phone, national id or e-mail). Leave it out. This try counts as a reading of the identity, and the citizen sees it.",
    },
  },
};

type NoticeReason = Extract<
  FaultReason,
  | "not-closed"
  | "closed-too-long-for-notice"
  | "retaliation-report"
  | "cause-not-personal"
  | "not-founded"
  | "notice-limit"
  | "letter-limit"
  | "notice-file-limit"
  | "letter-missing"
  | "printed-letter"
  | "service-missing"
  | "service-changed"
  | "letter-opened"
  | "judged-by-another"
  | "handed-over-before"
  | "secret-renewed-by-opener"
  | "recorded-service"
  | "opened-notice"
  | "took-part"
  | "reviewers-missing"
  | "notice-answered"
  | "answer-awaited"
  | "notice-answer-overdue"
  | "question-open"
  | "question-limit"
  | "question-answered"
>;

export const noticeReasonTexts: Record<NoticeReason, LocalizedText> = {
  "not-closed": {
    fa: "وضعیت شکایت {status} است. ابلاغیه پس از بسته شدن شکایت تنظیم می‌شود.",
    en: "The complaint is `{status}`. A notice is opened after the complaint was closed.",
  },
  "closed-too-long-for-notice": {
    fa: "بیش از ۶۰ روز از بسته شدن شکایت گذشته است و دیگر نمی‌توان ابلاغیه تنظیم کرد.",
    en: "The complaint was closed more than 60 days ago, so no notice can be opened any more.",
  },
  "retaliation-report": {
    fa: "دربارهٔ گزارش تلافی ابلاغیه تنظیم نمی‌شود.",
    en: "No notice is opened on a report of retaliation.",
  },
  "cause-not-personal": {
    fa: "علت این شکایت به رفتار یا حضور یک شخص مربوط نیست و برای آن ابلاغیه تنظیم نمی‌شود.",
    en: "The cause of this complaint is not one of a person's conduct or presence, so no notice can be opened on it.",
  },
  "not-founded": {
    fa: "رأی این شکایت «وارد» نیست؛ به استناد آن نمی‌توان برای کارمندی ابلاغیه تنظیم کرد.",
    en: "The complaint was not decided as `founded`, so nothing can be put to anybody.",
  },
  "notice-limit": {
    fa: "برای این شکایت ۱۰ ابلاغیه تنظیم شده است و بیش از آن نمی‌توان.",
    en: "Ten notices were opened on this complaint, and no more can be.",
  },
  "notice-file-limit": {
    fa: "برای این ابلاغیه بیست فایل اعلام شده است و بیش از آن پذیرفته نمی‌شود.",
    en: "Twenty files were announced for this notice, and no more are taken.",
  },
  "letter-limit": {
    fa: "نامهٔ این ابلاغیه سه بار چاپ شده است و دیگر چاپ نمی‌شود.",
    en: "The letter of this notice was printed three times and cannot be printed again.",
  },
  "letter-missing": {
    fa: "نخست نامه را چاپ کنید.",
    en: "Print the letter first.",
  },
  "printed-letter": {
    fa: "این نامه را شما چاپ کرده‌اید. نامهٔ تازه را بازرس دیگری چاپ می‌کند.",
    en: "You printed this letter. Another inspector must print a new one.",
  },
  "service-missing": {
    fa: "هنوز ابلاغی ثبت نشده است که تأیید شود.",
    en: "No service was recorded yet that could be confirmed.",
  },
  "service-changed": {
    fa: "ابلاغ در این میان دوباره ثبت شده است. آن را بخوانید و سپس تأیید کنید.",
    en: "The service was recorded anew meanwhile. Read it, then confirm it.",
  },
  "letter-opened": {
    fa: "نامه پیش از ابلاغ باز شده است. بازرس دیگری باید نامهٔ تازه‌ای چاپ کند.",
    en: "The letter was opened before it was served. Another inspector must print a new one.",
  },
  "judged-by-another": {
    fa: "بازبین دیگری دربارهٔ اعتراض این کارمند رأی داده است؛ نامهٔ تازه را همان بازبین می‌دهد تا شما بتوانید دربارهٔ آنچه کارمند این بار می‌گوید رأی دهید.",
    en: "Another reviewer judged this employee’s contest. That reviewer hands over the new letter, so that you can judge what the employee says then.",
  },
  "handed-over-before": {
    fa: "یک بار نامهٔ تازه به این کارمند داده شده است؛ بار دوم داده نمی‌شود.",
    en: "A new letter was handed to this employee once already, and is not handed over again.",
  },
  "secret-renewed-by-opener": {
    fa: "رمز این پرونده را همان بازرسی نو کرده است که این متن را تنظیم کرد. برای موافقت، رمز را نزد بازرس دیگری نو کنید. مخالفت در هر حال پذیرفته می‌شود.",
    en: "The inspector who opened this notice renewed the secret of the case. To agree, have the secret renewed by another inspector. A no is taken in any case.",
  },
  "recorded-service": {
    fa: "این ابلاغ را شما ثبت کرده‌اید. بازرس دیگری باید این کار را بکند.",
    en: "You recorded this service. Another inspector must do this.",
  },
  "opened-notice": {
    fa: "این ابلاغیه را شما تنظیم کرده‌اید. بازرس دیگری باید این کار را بکند.",
    en: "You opened this notice. Another inspector must do this.",
  },
  "took-part": {
    fa: "شما در این ابلاغیه یا شکایت آن کاری کرده‌اید، مانند تأیید ابلاغ، نوشتن پاسخ کاغذی، رأی، بازدید، دیدن مشخصات شهروند یا نو کردن رمز او. کس دیگری باید تصمیم بگیرد.",
    en: "You have a part in this notice or its complaint: you confirmed the service, typed in the answer on paper, decided, visited, read the citizen's identity or renewed the secret. Somebody else must decide.",
  },
  "reviewers-missing": {
    fa: "برای تنظیم ابلاغیه، استان باید دست‌کم دو بازبین داشته باشد و یکی از آنان در این شکایت کاری نکرده باشد. کاربران را مدیر سامانه ثبت می‌کند.",
    en: "To open a notice the province needs two reviewers, one of them without a part in the complaint. An administrator registers people.",
  },
  "notice-answered": {
    fa: "پاسخ پیش‌تر داده شده است.",
    en: "The answer was given already.",
  },
  "answer-awaited": {
    fa: "مهلت پاسخ کارمند هنوز تمام نشده است.",
    en: "The employee still has time to answer.",
  },
  "notice-answer-overdue": {
    fa: "مهلت پاسخ تمام شده است. پس از تصمیم بازرس می‌توانید در مهلت اعتراض، به آن تصمیم اعتراض کنید.",
    en: "The time to answer is over. You may contest the decision in its time.",
  },
  "question-open": {
    fa: "پرسشی هنوز پاسخ نگرفته است.",
    en: "A question still waits for its answer.",
  },
  "question-limit": {
    fa: "سه پرسش پرسیده شده است و بیش از آن نمی‌توان پرسید.",
    en: "Three questions were asked, and no more can be.",
  },
  "question-answered": {
    fa: "به این پرسش پیش‌تر پاسخ داده شده است.",
    en: "This question was answered already.",
  },
};

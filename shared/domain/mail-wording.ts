import type { Status } from "./complaint.ts";
import type { Occasion, Told } from "./notification.ts";
import type { Holder } from "./province.ts";
import type { Language } from "./tehran-time.ts";

type Text = Record<Language, string>;
type EventType = Occasion["type"];

/** Officials are told in the subject what it is about; a citizen's may be read by others on a shared phone. */
type Notice = { citizen: Text; official: { subject: string; fa: string } };
type ReaderOf<Role> = Role extends "citizen" ? "citizen" : "official";

const notYou: Text = {
  fa: "اگر این کار را شما نکرده‌اید، با مرکز ۱۲۸ تماس بگیرید.",
  en: "If this was not you, please call 128.",
};
const toAcknowledge = "خواهشمند است تا مهلت‌های زیر، وصول آن اعلام و به آن رسیدگی شود.";

/** What each reader that an event is told to reads of it. `{holder}` is who a late case was raised to. */
export const notices: { [T in EventType]: Pick<Notice, ReaderOf<Told<T>>> } = {
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
      en: "Your case has been passed on to another office. The time for an answer has not changed.",
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
      fa: "مهلت پذیرش پاسخ یا اعتراض به آن به پایان رسید و پروندهٔ شما بسته شد.",
      en: "The time to accept or dispute the answer has passed, and your case is closed.",
    },
  },
  escalated: {
    citizen: {
      fa: "مهلت رسیدگی به پروندهٔ شما گذشته و موضوع به {holder} گزارش شده است. لازم نیست کاری انجام دهید.",
      en: "The time to deal with your case has passed, and the matter has been reported to {holder}. There is nothing you need to do.",
    },
    official: {
      subject: "گذشت مهلت",
      fa: "مهلت رسیدگی به این پرونده گذشته و موضوع به {holder} گزارش شده است. خواهشمند است بی‌درنگ به آن رسیدگی شود.",
    },
  },
  "visit-ordered": {},
  "deadlines-moved": {
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

export const holders: Record<Holder, Text> = {
  "agency-head": { fa: "رئیس دستگاه", en: "the head of the office" },
  "county-governor": { fa: "فرماندار شهرستان", en: "the governor of the county" },
  "inspection-centre": { fa: "مرکز بازرسی استان", en: "the province’s inspection centre" },
  "governor-general": { fa: "استاندار", en: "the governor-general of the province" },
  "national-organization": { fa: "سازمان اداری و استخدامی کشور", en: "the national administrative organization" },
};

export const statuses: Record<Status, Text> = {
  filed: { fa: "ثبت‌شده", en: "registered" },
  acknowledged: { fa: "در دست رسیدگی", en: "in progress" },
  answered: { fa: "پاسخ‌داده‌شده", en: "answered" },
  disputed: { fa: "در دست بازبینی", en: "under review" },
  closed: { fa: "بسته‌شده", en: "closed" },
};

/** What stands around the notice, and what its lines are called. */
export const frame = {
  service: { fa: "سامانهٔ فوریت‌های اداری (۱۲۸)", en: "FOAD 128, administrative emergencies" },
  subject: { fa: "سامانهٔ ۱۲۸: پیام دربارهٔ پروندهٔ", en: "FOAD 128: notice about case" },
  greeting: { fa: "با سلام", en: "Good day," },
  id: { fa: "شناسهٔ پرونده", en: "Case" },
  status: { fa: "وضعیت", en: "Status" },
  filedAt: { fa: "زمان ثبت", en: "Registered" },
  at: { fa: "زمان این رویداد", en: "Time of this event" },
  acknowledgeBy: { fa: "مهلت اعلام وصول", en: "To be acknowledged by" },
  answerBy: { fa: "مهلت پاسخ", en: "To be answered by" },
  confirmBy: { fa: "مهلت پذیرش یا اعتراض", en: "To be accepted or disputed by" },
  reviewBy: { fa: "مهلت بازبینی", en: "To be decided by" },
} satisfies Record<string, Text>;

/** How to read on, and that nobody reads an answer to this mail. */
export const closings: { citizen: Text; official: Pick<Text, "fa"> } = {
  citizen: {
    fa: "برای دیدن جزئیات، با شناسه و رمز پرونده از همان راهی که آن را ثبت کرده‌اید پیگیری کنید یا با مرکز ۱۲۸ تماس بگیرید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
    en: "For details, use your case number and secret where you registered the case, or call 128. This is an automatic message; please do not reply.",
  },
  official: {
    fa: "شرح پرونده در سامانه در دسترس شماست و در این پیام نمی‌آید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
  },
};

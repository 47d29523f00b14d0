import type { Partition } from "#shared/domain/statistics/partition.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

const asked = {
  acceptors: { en: "Called citizens who had accepted", fa: "پذیرندگانی که با آنان تماس گرفته شد" },
  silent: { en: "Called citizens who had stayed silent", fa: "ساکتانی که با آنان تماس گرفته شد" },
  others: { en: "Other called citizens", fa: "دیگر کسانی که با آنان تماس گرفته شد" },
};
const questions = {
  solved: { en: "was it solved", fa: "آیا حل شد" },
  handling: { en: "how they were handled, 1 to 5", fa: "نمرهٔ رفتار، ۱ تا ۵" },
  pressed: { en: "were they pressed", fa: "آیا زیر فشار بودند" },
};

function calledTexts<G extends keyof typeof asked>(group: G) {
  const texts = Object.entries(questions).map(([question, { en, fa }]) => [
    `called-${group}-${question}`,
    { en: `${asked[group].en}: ${en}`, fa: `${asked[group].fa}: ${fa}` },
  ]);
  return Object.fromEntries(texts) as Record<Extract<Partition, `called-${G}-${string}`>, Text>;
}

/** By what each partition tells complaints apart. */
export const partTexts: Record<Partition, Text> = {
  outcome: { en: "What became of it", fa: "سرانجام شکایت" },
  finding: { en: "The last finding", fa: "آخرین نتیجهٔ رسیدگی" },
  closure: { en: "How it was closed", fa: "چگونگی بسته شدن" },
  level: { en: "The highest rung of the ladder it reached", fa: "بالاترین پلهٔ ارجاعی که به آن رسید" },
  "time-office": { en: "Time to the answer in office hours", fa: "زمان تا پاسخ به ساعت اداری" },
  "time-elapsed": { en: "Time to the answer, all hours", fa: "زمان تا پاسخ به همهٔ ساعت‌ها" },
  extended: { en: "Whether the agency took more time", fa: "آیا دستگاه مهلت را تمدید کرد" },
  "passed-on": {
    en: "Whether an agency passed it on; in the table of agencies, of all that it ever held",
    fa: "آیا دستگاهی آن را به دیگری فرستاد؛ در جدول دستگاه‌ها، از همهٔ آنچه نزد آن بوده است",
  },
  acceptance: { en: "How accepted answers were accepted", fa: "چگونگی پذیرش پاسخ‌های پذیرفته‌شده" },
  solved: { en: "Opinions given unasked: was it solved", fa: "نظرهای خودخواسته: آیا حل شد" },
  handling: { en: "Opinions given unasked: how they were handled, 1 to 5", fa: "نظرهای خودخواسته: نمرهٔ رفتار، ۱ تا ۵" },
  pressed: { en: "Opinions given unasked: were they pressed", fa: "نظرهای خودخواسته: آیا زیر فشار بودند" },
  "called-outcome": {
    en: "What came of ringing citizens who were drawn",
    fa: "نتیجهٔ زنگ به شهروندانی که قرعه به نامشان افتاد",
  },
  ...calledTexts("acceptors"),
  ...calledTexts("silent"),
  ...calledTexts("others"),
};

/** What those classes mean whose names do not say it. */
export const classTexts: Record<string, Text> = {
  D: { en: "Answered, and an inspector did not uphold the answer", fa: "پاسخ داده شد و بازرس پاسخ را تأیید نکرد" },
  N: { en: "Never answered, and its time passed while it was open", fa: "پاسخ نگرفت و مهلتش گذشت" },
  L: { en: "Answered late", fa: "دیر پاسخ گرفت" },
  pending: {
    en: "Not answered yet and not late, or disputed and open",
    fa: "هنوز در مهلت و بی‌پاسخ، یا زیر اعتراض و باز",
  },
  apart: {
    en: "Out of scope, ended before its time was up, or filed through a rival agency's front end",
    fa: "خارج از صلاحیت، پایان‌یافته پیش از مهلت، یا ثبت‌شده از درگاه دستگاه رقیب",
  },
  U: {
    en: "Answered in time, and silent, expired or withdrawn",
    fa: "به‌موقع پاسخ گرفت و شهروند ساکت ماند یا آن را پس گرفت",
  },
  G: { en: "Answered in time, and accepted or upheld", fa: "به‌موقع پاسخ گرفت و پذیرفته یا تأیید شد" },
  longer: {
    en: "Answered after more than twenty days of 24 counted hours; on the office clock, more than 480 office hours",
    fa: "پس از بیش از ۲۰ روز پاسخ گرفت، هر روز ۲۴ ساعتِ شمرده‌شده؛ به ساعت اداری، بیش از ۴۸۰ ساعت اداری",
  },
  unanswered: { en: "Never answered", fa: "هرگز پاسخ نگرفت" },
  none: {
    en: "In none of these, such as pending, open, not judged, or filed through a rival agency's front end: told with the last part where they are too few to be told, else not at all",
    fa: "در هیچ‌یک از این‌ها، مانند در مهلت، باز، بی‌رأی یا ثبت‌شده از درگاه دستگاه رقیب: اگر کمتر از آن باشد که گفته شود با آخرین بخش گفته می‌شود، وگرنه گفته نمی‌شود",
  },
  refused: { en: "Did not want to answer", fa: "نخواست پاسخ دهد" },
  "no-contact": { en: "Rung, and not reached", fa: "زنگ زده شد و در دسترس نبود" },
  answered: { en: "Answered the questions", fa: "به پرسش‌ها پاسخ داد" },
  confirmed: { en: "The citizen accepted the answer", fa: "شهروند پاسخ را پذیرفت" },
  unconfirmed: { en: "The citizen stayed silent", fa: "شهروند ساکت ماند" },
  "quick-without-phone": {
    en: "Accepted within an hour of the answer by somebody who left no phone",
    fa: "در کمتر از یک ساعت پس از پاسخ، از سوی کسی که تلفن نداده بود",
  },
};

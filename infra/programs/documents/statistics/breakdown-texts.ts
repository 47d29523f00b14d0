import type { Breakdown } from "#functions/figures/tables.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

/** The title of a breakdown, and the meanings of the classes into which it divides the complaints of a row. */
type BreakdownText = { title: LocalizedText; classes: Record<string, LocalizedText> };

const times: Record<string, LocalizedText> = {
  PT1H: { en: "Up to 1 hour", fa: "تا ۱ ساعت" },
  PT3H: { en: "Over 1 and up to 3 hours", fa: "بیش از ۱ تا ۳ ساعت" },
  PT24H: { en: "Over 3 and up to 24 hours", fa: "بیش از ۳ تا ۲۴ ساعت" },
  PT48H: { en: "Over 24 and up to 48 hours", fa: "بیش از ۲۴ تا ۴۸ ساعت" },
  longer: { en: "Over 48 hours", fa: "بیش از ۴۸ ساعت" },
  unanswered: { en: "Not answered", fa: "بی‌پاسخ" },
};

const levels: Record<string, LocalizedText> = {
  "0": { en: "Not escalated", fa: "بدون ارجاع به مقام بالاتر" },
  ...Object.fromEntries(
    [1, 2, 3, 4].map((level) => [level, { en: `Level ${level}`, fa: `سطح ${level.toLocaleString("fa-IR")}` }]),
  ),
  "5": { en: "Level 5 or higher", fa: "سطح ۵ یا بالاتر" },
};

const marks = Object.fromEntries(
  ["1", "2", "3", "4", "5"].map((mark) => [mark, { en: mark, fa: Number(mark).toLocaleString("fa-IR") }]),
);

const questions: Record<"solved" | "handling" | "pressured", BreakdownText> = {
  solved: {
    title: { en: "is it solved", fa: "آیا مشکل حل شد" },
    classes: {
      yes: { en: "Yes", fa: "بله" },
      partly: { en: "Partly", fa: "تا حدی" },
      no: { en: "No", fa: "خیر" },
    },
  },
  handling: {
    title: { en: "how they were treated, 1 (bad) to 5 (good)", fa: "امتیاز رفتار، از ۱ (بد) تا ۵ (خوب)" },
    classes: marks,
  },
  pressured: {
    title: { en: "did somebody press them to accept or withdraw", fa: "آیا برای پذیرش یا انصراف زیر فشار بودند" },
    classes: {
      pressured: { en: "Pressured", fa: "زیر فشار" },
      "not-pressured": { en: "Not pressured", fa: "بدون فشار" },
    },
  },
};

/** The groups of citizens who answered a question. */
const answered = {
  unasked: { en: "Opinions that citizens gave unasked", fa: "نظرهایی که شهروندان خود داده‌اند" },
  accepted: { en: "Called citizens who had accepted the answer", fa: "تماس با کسانی که پاسخ را پذیرفته بودند" },
  silent: { en: "Called citizens who had stayed silent", fa: "تماس با کسانی که ساکت مانده بودند" },
  other: { en: "Other called citizens", fa: "تماس با دیگر شهروندان" },
};

function questionTexts(by: keyof typeof answered, question: keyof typeof questions): BreakdownText {
  const { title, classes } = questions[question];
  const { en, fa } = answered[by];
  return { title: { en: `${en}: ${title.en}`, fa: `${fa}: ${title.fa}` }, classes };
}

export const breakdownTexts: Record<Breakdown, BreakdownText> = {
  outcome: {
    title: { en: "Outcome", fa: "سرانجام شکایت" },
    classes: {
      overturned: { en: "An inspector did not uphold the answer", fa: "بازرس پاسخ دستگاه را تأیید نکرد" },
      unanswered: { en: "Not answered, and the deadline has passed", fa: "پاسخ نگرفت و مهلت گذشت" },
      late: { en: "Answered after the deadline", fa: "پس از مهلت پاسخ گرفت" },
      confirmed: {
        en: "Answered in time, and accepted by the citizen or upheld by an inspector",
        fa: "به‌موقع پاسخ گرفت و شهروند پذیرفت یا بازرس تأیید کرد",
      },
      silent: {
        en: "Answered in time, and the citizen stayed silent or withdrew",
        fa: "به‌موقع پاسخ گرفت و شهروند ساکت ماند یا انصراف داد",
      },
      pending: {
        en: "Open and not yet due, or disputed and open",
        fa: "باز و هنوز در مهلت، یا زیر اعتراض و باز",
      },
      excluded: {
        en: "Out of scope or not a complaint; withdrawn or decided without an answer before the deadline; or filed through a front end of an agency of the same peer group",
        fa: "خارج از صلاحیت یا چیزی جز شکایت؛ یا پیش از پایان مهلت و بی‌پاسخ، با انصراف یا رأی بسته شد؛ یا از درگاه یک دستگاه همتا ثبت شد",
      },
    },
  },
  finding: {
    title: { en: "The last finding, by the agency or an inspector", fa: "آخرین نتیجهٔ رسیدگی، از دستگاه یا بازرس" },
    classes: {
      founded: { en: "Founded", fa: "وارد" },
      undetermined: { en: "Undetermined", fa: "نامعلوم" },
      unfounded: { en: "Unfounded", fa: "غیروارد" },
    },
  },
  closure: {
    title: { en: "How it was closed", fa: "چگونگی بسته شدن" },
    classes: {
      accepted: { en: "The citizen accepted the answer", fa: "شهروند پاسخ را پذیرفت" },
      expired: { en: "The citizen stayed silent", fa: "شهروند ساکت ماند" },
      decided: { en: "An inspector decided", fa: "بازرس رأی داد" },
      withdrawn: { en: "The citizen withdrew it", fa: "شهروند انصراف داد" },
      "out-of-scope": {
        en: "An inspector rejected it: it is out of scope",
        fa: "بازرس آن را رد کرد: خارج از صلاحیت",
      },
      "not-a-complaint": {
        en: "An inspector rejected it: it is not a complaint",
        fa: "بازرس آن را رد کرد: شکایت نبود",
      },
    },
  },
  notice: {
    title: {
      en: "Whether the citizen is known to have heard of the answer; for the whole province only",
      fa: "آیا معلوم است که خبر پاسخ به شهروند رسید؛ فقط برای کل استان",
    },
    classes: {
      notified: { en: "A mail, an SMS, a call or a look at the case", fa: "با ایمیل، پیامک، تماس یا دیدن پرونده" },
      "not-notified": { en: "Not known", fa: "معلوم نیست" },
    },
  },
  level: { title: { en: "The highest level of escalation", fa: "بالاترین سطح ارجاع به مقام بالاتر" }, classes: levels },
  "time-office-hours": {
    title: { en: "Time to the answer in office hours", fa: "زمان تا پاسخ به ساعت اداری" },
    classes: times,
  },
  "time-elapsed": {
    title: { en: "Time to the answer, all hours counted", fa: "زمان تا پاسخ با شمارش همهٔ ساعت‌ها" },
    classes: times,
  },
  extended: {
    title: { en: "Whether the agency extended the deadline", fa: "آیا دستگاه مهلت پاسخ را تمدید کرد" },
    classes: {
      extended: { en: "Extended", fa: "تمدید شد" },
      "not-extended": { en: "Not extended", fa: "تمدید نشد" },
    },
  },
  "transferred-out": {
    title: {
      en: "Whether an agency transferred it to another; in the table of agencies, of all complaints that the agency ever held",
      fa: "آیا دستگاهی آن را به دستگاه دیگر ارجاع داد؛ در جدول دستگاه‌ها، از همهٔ شکایت‌هایی که نزد دستگاه بوده است",
    },
    classes: {
      "transferred-out": { en: "Transferred to another agency", fa: "به دستگاه دیگر ارجاع شد" },
      "not-transferred-out": { en: "Kept", fa: "ارجاع نشد" },
    },
  },
  "quick-acceptance": {
    title: { en: "How soon accepted answers were accepted", fa: "پاسخ‌های پذیرفته‌شده چقدر زود پذیرفته شدند" },
    classes: {
      quick: {
        en: "Within an hour of the answer, by a citizen who left no phone",
        fa: "در کمتر از یک ساعت پس از پاسخ، از سوی شهروندی که تلفن نداده بود",
      },
      "not-quick": { en: "Later, or by a citizen who left a phone", fa: "دیرتر، یا از سوی شهروندی که تلفن داده بود" },
    },
  },
  solved: questionTexts("unasked", "solved"),
  handling: questionTexts("unasked", "handling"),
  pressured: questionTexts("unasked", "pressured"),
  "called-outcome": {
    title: {
      en: "What came of calling citizens who were drawn at random",
      fa: "نتیجهٔ تماس با شهروندانی که به قید قرعه انتخاب شدند",
    },
    classes: {
      declined: { en: "Did not want to answer", fa: "نخواست پاسخ دهد" },
      "no-contact": { en: "Was not reached", fa: "در دسترس نبود" },
      answered: { en: "Answered the questions", fa: "به پرسش‌ها پاسخ داد" },
    },
  },
  "called-accepted-solved": questionTexts("accepted", "solved"),
  "called-accepted-handling": questionTexts("accepted", "handling"),
  "called-accepted-pressured": questionTexts("accepted", "pressured"),
  "called-silent-solved": questionTexts("silent", "solved"),
  "called-silent-handling": questionTexts("silent", "handling"),
  "called-silent-pressured": questionTexts("silent", "pressured"),
  "called-other-solved": questionTexts("other", "solved"),
  "called-other-handling": questionTexts("other", "handling"),
  "called-other-pressured": questionTexts("other", "pressured"),
};

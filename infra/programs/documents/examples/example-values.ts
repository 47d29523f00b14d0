import { checkSymbol, phoneIdOf } from "#shared/identifier.ts";
import { catalog, idPrefix, idPrefixes } from "#shared/province/slices.static.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import type { Language } from "#shared/vocabulary.ts";

/** An example in both languages. */
export type InBothLanguages = Record<Language, unknown>;

/** An example of a route's request body and of its answer. */
/** `takenAnswer`: the answer where the request is taken and more has to come. */
export type RouteExample = { body?: InBothLanguages; answer?: InBothLanguages; takenAnswer?: InBothLanguages };

/** Agencies to use in the examples, where the province has them. */
const preferred = ["social-security", "health-insurance"];
const chosen = [...catalog.agencies].sort((a, b) => rank(a.id) - rank(b.id));
const [agency, otherAgency = agency] = chosen;
const office = agency?.offices[0];

function rank(id: string): number {
  return preferred.includes(id) ? preferred.indexOf(id) : preferred.length;
}

/** A complaint's id with this province's letters, from its eight symbols. */
const idOf = (symbols: string) => `${idPrefix}-${symbols.slice(0, 4)}-${symbols.slice(4)}-${checkSymbol(symbols)}`;

/** The ids in the examples; the agencies, counties, categories and the cause are in the province's own catalog. */
export const exampleIds = {
  id: idOf("7K3M9XPT"),
  phoneId: phoneIdOf(idOf("7K3M9XPT"), idPrefixes),
  callId: "mB3vXq8LrT0cWz5YkE1nAg",
  frontEndEventId: `${idOf("7K3M9XPT")}/T5W9GC1R`,
  secret: "4T7N-QW2D",
  phoneSecret: "5093-8127-4460",
  visitId: "9b1d4c7e2f604a8d8f0c3b5a7e6d1c20",
  attachmentId: "3f2a9c51d07b4e6688aa10c4be57d913",
  agencyId: agency?.id ?? "",
  otherAgencyId: otherAgency?.id ?? "",
  officeId: office?.id ?? "",
  countyId: office?.countyId ?? catalog.counties[0]?.id ?? "",
  cause: catalog.causes.find(({ id }) => id === "no-substitute")?.id ?? catalog.causes[0]?.id ?? "",
  category: catalog.categories.find(({ id }) => id === "nobody-at-the-desk")?.id ?? catalog.categories[0]?.id ?? "",
};

/** The instants of the examples: a Wednesday morning, with the weekend before the answer is due. */
export const exampleTimes = {
  occurred: "2026-11-25T06:10:00.000Z",
  filed: "2026-11-25T06:40:00.000Z",
  acknowledged: "2026-11-25T06:55:00.000Z",
  acknowledgeBy: "2026-11-25T07:40:00.000Z",
  answerBy: "2026-11-28T04:40:00.000Z",
  /** The deadline to acknowledge after a transfer at the time `answered`. */
  transferredAcknowledgeBy: "2026-11-25T08:20:00.000Z",
  extendedAnswerBy: "2026-11-28T07:40:00.000Z",
  answered: "2026-11-25T07:20:00.000Z",
  confirmBy: "2026-12-05T07:20:00.000Z",
  disputed: "2026-11-25T07:50:00.000Z",
  reviewBy: "2026-11-27T07:50:00.000Z",
  planned: "2026-11-25T08:30:00.000Z",
  reportBy: "2026-11-28T07:30:00.000Z",
  ended: "2026-11-25T09:20:00.000Z",
  lapsed: "2026-11-26T07:50:00.000Z",
  lapses: "2026-11-26T09:20:00.000Z",
  secondLevel: "2026-11-28T05:40:00.000Z",
  directed: "2026-11-28T06:40:00.000Z",
  promiseReported: "2026-11-29T06:30:00.000Z",
  promiseObjected: "2026-11-30T07:00:00.000Z",
  promiseJudged: "2026-12-01T07:30:00.000Z",
};

/** The `sub` of the official whom the examples register. */
export const personSub = "officer-2";
/** The name of the inspector who acts in the examples. */
export const inspectorName = "مریم احمدی";

/** The texts that people write in the examples. */
const exampleWords = {
  fa: {
    language: "fa",
    description:
      "از ساعت هشت صبح در صف بودم و تا ساعت ده کسی پشت باجهٔ ۳ نبود. گفتند کارشناس مربوط مرخصی است و فردا بیایید.",
    officer: "مریم احمدی",
    employee: "رضا کریمی",
    citizen: "زهرا محمدی",
    issueTitle: "قطعی سامانهٔ نوبت‌دهی",
    counter: "باجهٔ ۳",
    answer: "حق با شماست. کارشناس جانشین تعیین شده بود اما در محل حاضر نشد. پروندهٔ شما همین امروز رسیدگی شد.",
    action: "برنامهٔ جانشینی کارشناسان در تابلوی اداره نصب می‌شود.",
    transfer: "رسیدگی به این موضوع در صلاحیت آن دستگاه است.",
    extension: "برای بررسی تصاویر دوربین باجه به زمان بیشتری نیاز است.",
    comment: "پیگیری سریع و محترمانه بود.",
    dispute: "پرونده هنوز در همان مرحله است و کسی با من تماس نگرفته است.",
    withdrawal: "مشکل حضوری حل شد.",
    hours: "تعطیلی به علت آلودگی هوا",
    message: "کارت نوبت همان روز را هم دارم و می‌توانم بفرستم.",
    reply: "لطفاً تصویر کارت نوبت را پیوست کنید.",
    question: "آیا دوربین باجه در آن ساعت روشن بوده است؟",
    statement: "آن روز با حکم مأموریت در شعبهٔ دیگری بودم؛ تصویر حکم نزد کارگزینی است.",
    report: "در ساعت بازدید باجهٔ ۳ بدون متصدی بود و نه نفر در صف بودند.",
    decision: "با توجه به گزارش بازدید، شکایت وارد است و باجه باید در همهٔ ساعت کاری متصدی داشته باشد.",
    rejection: "موضوع، ماهیت رأی دادگاه است و به نحوهٔ رفتار اداره مربوط نیست.",
    fileName: "کارت-نوبت.jpg",
    hold: "دیوان عدالت اداری پرونده را خواسته است.",
    lifting: "رأی دیوان صادر و مهلت آن تمام شده است.",
    cancellation: "این موضوع در بازدید دیروز همان اداره دیده شد.",
    directive: "تا فردا ساعت ده به این شهروند پاسخ دهید و برنامهٔ جانشینی باجه‌ها را بفرستید.",
    governor: "کاوه صدری",
    promiseReport: "برنامهٔ جانشینی امروز در تابلوی سالن نصب شد.",
    objection: "امروز در اداره بودم و چنین برنامه‌ای در تابلو نبود.",
    promiseJudgement: "در بازدید دیده شد که برنامه در تابلوی سالن نصب است.",
  },
  en: {
    language: "en",
    description:
      "I queued from eight in the morning and until ten nobody was at counter 3. They said the officer is on leave, come back tomorrow.",
    officer: "Maryam Ahmadi",
    employee: "Reza Karimi",
    citizen: "Zahra Mohammadi",
    issueTitle: "The queue system is down",
    counter: "Counter 3",
    answer: "You are right. A deputy had been named but was not there. Your case was handled today.",
    action: "The deputies' plan is put up on the office's board.",
    transfer: "This is for that agency to answer.",
    extension: "The counter's camera has to be looked through, which takes more time.",
    comment: "Quick and polite.",
    dispute: "The case stands where it stood, and nobody has called me.",
    withdrawal: "It was solved at the office.",
    hours: "Closed because of smog",
    message: "I still have that day's queue ticket and can send it.",
    reply: "Please attach a picture of the ticket.",
    question: "Was the counter's camera on at that hour?",
    statement: "I was on duty at another branch that day; the order is with the personnel office.",
    report: "At the time of the visit nobody was at counter 3 and nine people were waiting.",
    decision: "By the report of the visit the complaint is founded; the counter is to be staffed in all office hours.",
    rejection: "This is about a court's judgment, not about how an office treated somebody.",
    fileName: "queue-ticket.jpg",
    hold: "The administrative court asked for the file.",
    lifting: "The court has ruled, and its term is over.",
    cancellation: "Yesterday's visit to the same office has shown it.",
    directive: "Answer this citizen by ten tomorrow, and send the plan of who stands in at which counter.",
    governor: "Kaveh Sadri",
    promiseReport: "Today the deputies' plan was put up in the hall.",
    objection: "I was at the office today, and there is no such plan on the board.",
    promiseJudgement: "The visit showed that the plan hangs in the hall.",
  },
} satisfies Record<Language, Record<string, string>>;

export type ExampleWords = Record<keyof (typeof exampleWords)["fa"], string>;

/** Makes the example once for each language, with that language's words. */
export function inBothLanguages<E>(example: (words: ExampleWords) => E): Record<Language, E> {
  return { fa: example(exampleWords.fa), en: example(exampleWords.en) };
}

export const photo = { contentType: "image/jpeg", size: 284_113 };

/** The link to a file, for a reader who may not know the citizen. */
export const download = () => ({
  url: `https://attachments.foad.example/${bucketFolders.clean}${exampleIds.attachmentId}?X-Amz-Expires=60&X-Amz-Signature=f0e8a1`,
  expiresAt: "2026-11-25T07:21:00.000Z",
  ...photo,
});

/** The link to a file for a reader who may know the citizen, with the citizen's name of the file. */
export const downloadNamed = ({ fileName }: ExampleWords) => ({ ...download(), fileName });

const closingTime = "2026-11-25T09:30:00.000Z";
const openingTime = "2026-11-28T04:30:00.000Z";

/** Both clocks of a complaint filed before a weekend, one of them met. */
export const deadlinesExample = inBothLanguages(() => ({
  clocks: [
    {
      step: "acknowledge",
      clock: "office-hours",
      duration: "PT1H",
      startedAt: exampleTimes.filed,
      dueAt: exampleTimes.acknowledgeBy,
      metAt: exampleTimes.acknowledged,
      breached: false,
      counted: [{ from: exampleTimes.filed, to: exampleTimes.acknowledgeBy }],
      skipped: [],
    },
    {
      step: "answer",
      clock: "office-hours",
      duration: "PT3H",
      startedAt: exampleTimes.filed,
      dueAt: exampleTimes.answerBy,
      breached: false,
      counted: [
        { from: exampleTimes.filed, to: closingTime },
        { from: openingTime, to: exampleTimes.answerBy },
      ],
      skipped: [
        { date: "2026-11-26", dayType: "weekend" },
        { date: "2026-11-27", dayType: "weekend" },
      ],
    },
  ],
}));

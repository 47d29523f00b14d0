import type { Language } from "#shared/domain/vocabulary.ts";

/** What people in the examples write. */
const words = {
  fa: {
    language: "fa",
    description:
      "از ساعت هشت صبح در صف بودم و تا ساعت ده کسی پشت باجهٔ ۳ نبود. گفتند کارشناس مربوط مرخصی است و فردا بیایید.",
    officer: "مریم احمدی",
    employee: "رضا کریمی",
    citizen: "زهرا محمدی",
    desk: "باجهٔ ۳",
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
  },
  en: {
    language: "en",
    description:
      "I queued from eight in the morning and until ten nobody was at counter 3. They said the officer is on leave, come back tomorrow.",
    officer: "Maryam Ahmadi",
    employee: "Reza Karimi",
    citizen: "Zahra Mohammadi",
    desk: "Counter 3",
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
  },
} satisfies Record<Language, Record<string, string>>;

export type Words = Record<keyof (typeof words)["fa"], string>;

/** Makes the example once for each language, with that language's words. */
export function told<E>(example: (words: Words) => E): Record<Language, E> {
  return { fa: example(words.fa), en: example(words.en) };
}

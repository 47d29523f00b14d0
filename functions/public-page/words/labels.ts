import type { AssessedOutcome } from "#functions/figures/share.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

/** Short texts of the pages: headings, links and names of columns. */
export const labels = {
  service: { fa: "فوریت‌های اداری", en: "Administrative Emergencies" },
  complain: { fa: "شکایت دارید؟ تلفن ۱۲۸", en: "Complain: call 128" },
  hoursToday: { fa: "ساعت کار امروز", en: "Hours today" },
  skip: { fa: "رفتن به متن", en: "Skip to the text" },
  otherLanguage: { fa: "English", en: "فارسی" },
  definition: { fa: "تعریف", en: "Definition" },
  embed: { fa: "جاسازی", en: "Embed" },
  table: { fa: "جدول", en: "Table" },
  goodAll: { fa: "از هر ۱۰۰ شکایت", en: "Of every 100 complaints" },
  accepted: { fa: "شهروند پذیرفت", en: "the citizen accepted it" },
  acceptedNote: { fa: "یا بازرس پاسخ را تأیید کرد", en: "or an inspector upheld it" },
  silent: { fa: "به‌موقع، ولی شهروند ساکت", en: "in time, citizen silent" },
  silentNote: { fa: "نه رضایت می‌شماریم، نه نارضایتی", en: "neither praise nor blame" },
  notGood: { fa: "پاسخ خوب نگرفت", en: "not answered well" },
  better: { fa: "بهتر شده است؟", en: "Has it got better?" },
  differ: { fa: "کدام دستگاه با همتایانش فرق دارد؟", en: "Which agencies differ from their peers?" },
  left: { fa: "چند شکایت در انتظار پاسخ است؟", en: "How many still wait?" },
  agencies: { fa: "دستگاه‌ها، هر یک با همتایانش", en: "Agencies among peers" },
  otherAgencies: { fa: "اداره‌های کل و سازمان‌ها", en: "Departments and organizations" },
  months: { fa: "ماه به ماه", en: "Month by month" },
  otherFigures: { fa: "رقم‌های دیگر، هر یک کنار گذشتهٔ خودش", en: "The other figures, each beside its own past" },
  times: { fa: "زمان پاسخ", en: "Time to answer" },
  timesOfHundred: { fa: "پاسخ‌گرفته از هر ۱۰۰ شکایت، ساعت کاری", en: "Answered of every 100, office hours" },
  what: { fa: "از چه شکایت شد، و چرا", en: "What about, and why" },
  category: { fa: "موضوع", en: "Subject" },
  cause: { fa: "علت", en: "Cause" },
  counties: { fa: "شهرستان‌ها", en: "Counties" },
  county: { fa: "شهرستان", en: "County" },
  opinions: { fa: "مردم چه می‌گویند", en: "What citizens say" },
  how: { fa: "چگونه شکایت کنم؟", en: "How do I complain?" },
  news: { fa: "تازه‌ها", en: "What is new" },
  meaning: { fa: "این اعداد از کجا می‌آید", en: "What the numbers mean" },
  openData: { fa: "دادهٔ باز", en: "Open data" },
  feed: { fa: "خوراک Atom", en: "Atom feed" },
  definitions: { fa: "تعریف‌ها", en: "Definitions" },
  agency: { fa: "دستگاه", en: "Agency" },
  filed: { fa: "ثبت‌شده", en: "Filed" },
  month: { fa: "ماه", en: "Month" },
  word: { fa: "در سنجش با همتایان", en: "Beside peers" },
  part: { fa: "بخش", en: "Part" },
  count: { fa: "شمار", en: "Count" },
  ofHundred: { fa: "از ۱۰۰", en: "Of 100" },
  quarter: { fa: "فصل", en: "Quarter" },
  amongPeers: { fa: "میان همتایان", en: "Among peers" },
  quarters: { fa: "فصل به فصل", en: "Quarter by quarter" },
  subjectsAndTimes: { fa: "موضوع و زمان", en: "Subjects and times" },
  province: { fa: "استان", en: "Province" },
  hours: { fa: "ساعت کار اداره‌ها", en: "Office hours" },
  judged: { fa: "شمرده‌شده", en: "Judged" },
  axisX: { fa: "شکایت‌های شمرده‌شده", en: "complaints judged" },
  axisY: { fa: "تأییدشده از ۱۰۰", en: "confirmed of 100" },
  peersAverage: { fa: "میانگین تأییدشدهٔ همتایان", en: "peers’ average confirmed" },
  possible: { fa: "به‌موقع، شهروند ساکت", en: "in time, citizen silent" },
  sure: { fa: "تأییدشده", en: "confirmed" },
  silentAsked: { fa: "ساکت‌ها چه گفتند؟", en: "What did the silent say?" },
  beside: { fa: "در سنجش با همتایان", en: "Beside its peers" },
  countsWhat: { fa: "چه را می‌شمارد", en: "What it counts" },
  leavesOut: { fa: "چه را کنار می‌گذارد", en: "What it leaves out" },
  mayMislead: { fa: "چگونه گمراه می‌کند", en: "How it may mislead" },
  method: { fa: "با هر عدد چه کرده‌ایم", en: "What is done to every number" },
  figures: { fa: "رقم‌ها", en: "Figures" },
  breakdowns: { fa: "تفکیک‌ها", en: "Breakdowns" },
} satisfies Record<string, LocalizedText>;

/** Names of the outcomes that count in the shares. */
export const outcomes: Record<AssessedOutcome, LocalizedText> = {
  confirmed: { fa: "پذیرفته", en: "accepted" },
  silent: { fa: "به‌موقع و ساکت", en: "in time and silent" },
  overturned: { fa: "ردشده", en: "overturned" },
  late: { fa: "دیر", en: "late" },
  unanswered: { fa: "بی‌پاسخ", en: "unanswered" },
};

export const comparisonLabels = {
  "clearly-better": { fa: "آشکارا بهتر", en: "clearly better" },
  "as-expected": { fa: "مطابق انتظار", en: "as expected" },
  "possibly-different": { fa: "درخور توجه", en: "may differ" },
  "clearly-worse": { fa: "آشکارا بدتر", en: "clearly worse" },
} satisfies Record<string, LocalizedText>;

export const unpublished: LocalizedText = { fa: "هنوز منتشر نشده", en: "not published yet" };

/** How to complain, in three sentences. */
export const howToComplain: LocalizedText[] = [
  {
    fa: "به ۱۲۸ زنگ بزنید و بگویید کدام اداره، چه روزی و چه شد؛ نامتان لازم نیست.",
    en: "Call 128 and say which office, which day and what happened; your name is not needed.",
  },
  {
    fa: "یک کد پیگیری و یک رمز می‌گیرید؛ با همین دو پاسخ را می‌بینید.",
    en: "You get a tracking code and a secret; these two show you the answer.",
  },
  {
    fa: "اداره تا مهلتی که به شما گفته می‌شود پاسخ می‌دهد؛ اگر پاسخ را نپذیرفتید، بازرسی بیرون از آن اداره داوری می‌کند.",
    en: "The office must answer by the deadline that you are given; if you do not accept its answer, an inspector from outside that office decides.",
  },
];

export const noRankingText: LocalizedText = {
  fa: "تفاوتی را که اتفاقی هم پیش می‌آید، تفاوت نمی‌شماریم؛ رتبه نمی‌دهیم.",
  en: "A difference that chance alone can make is not counted as one; there are no ranks.",
};

export const orderExplained: LocalizedText = {
  fa: "در هر فهرست، دستگاهی بالاتر می‌آید که سهم تأییدشدهٔ آن با اطمینان بیشتری بالاست.",
  en: "In each list an agency stands higher the surer it is that its confirmed share is high.",
};

export const smallNumbersText: LocalizedText = {
  fa: "دستگاهی با کمتر از ۲۰ شکایتِ شمرده‌شده با همتایان سنجیده نمی‌شود.",
  en: "An agency with fewer than 20 judged complaints is not compared.",
};

export const judgedExplained: LocalizedText = {
  fa: "شمرده‌شده: شکایت‌های ثبت‌شده، بی آن‌ها که هنوز مهلت دارند، پس گرفته شدند یا بیرون از موضوع‌اند.",
  en: "Judged: the complaints filed, without those that still have time, were withdrawn or are out of scope.",
};

export const funnelExplained: LocalizedText = {
  fa: "هر نقطه یک دستگاه است. ۹۵٪ تفاوت‌های اتفاقی درون خاکستری می‌افتند، ۹۹٫۸٪ درون خط بیرونی؛ هر چه شکایت بیشتر، جا برای اتفاق کمتر.",
  en: "Each point is an agency. Chance alone puts 95% inside the grey and 99.8% inside the outer line; the more complaints, the less room for chance.",
};

export const monthsExplained: LocalizedText = {
  fa: "بخش پر: تأییدشده. هاشور: به‌موقع، شهروند ساکت. نوار خاکستری: محدودهٔ معمول تأییدشده‌ها.",
  en: "Solid: confirmed. Hatched: in time, citizen silent. The grey strip: the usual range of the confirmed.",
};

export const categoriesExplained: LocalizedText = {
  fa: "موضوع را شهروند می‌گوید، علت را پاسخ یا بازرسی.",
  en: "The subject is the citizen’s; the cause comes from the answer or the inspection.",
};

export const mapExplained: LocalizedText = {
  fa: "هر خانه جای تقریبی شهرستان را نشان می‌دهد؛ غرب سمت چپ است.",
  en: "Each tile stands roughly where its county lies; west is left.",
};

export const opinionsExplained: LocalizedText = {
  fa: "کسی که خود پاسخ می‌دهد نمایندهٔ همه نیست؛ پس از شماری نیز تلفنی می‌پرسیم و این دو را درهم نمی‌کنیم.",
  en: "People who answer unasked do not speak for all. So some are asked by telephone too, and the two are never mixed.",
};

export const unansweredCountText: LocalizedText = {
  fa: "بی‌پاسخ‌ها از همه دیرتر شمرده می‌شوند، پس بی‌پاسخ گذاشتن عدد را بهتر نمی‌کند.",
  en: "The unanswered count as longer than all, so leaving complaints unanswered never improves the figure.",
};

/** Terms that a reader has to know. `definition`: the figure whose definition has the details. */
export const meanings: { title: LocalizedText; text: LocalizedText; definition: string }[] = [
  {
    title: { fa: "پاسخ خوب", en: "Answered well" },
    text: {
      fa: "کمترین: در مهلت پاسخ گرفت و شهروند پذیرفت، یا پس از اعتراض، بازرس پاسخ را تأیید کرد. بیشترین: همان، به‌علاوهٔ پاسخ‌های به‌موقعی که شهروند درباره‌شان چیزی نگفت.",
      en: "Low: answered in time and accepted by the citizen, or upheld by an inspector after a dispute. High: the same, plus answers in time on which the citizen stayed silent.",
    },
    definition: "confirmedShare",
  },
  {
    title: { fa: "دیر، بی‌پاسخ، ردشده", en: "Late, unanswered, overturned" },
    text: {
      fa: "دیر: پس از مهلت پاسخ گرفت. بی‌پاسخ: مهلت گذشت و پاسخی نیامد. ردشده: بازرس پاسخ دستگاه را تأیید نکرد.",
      en: "Late: answered after the deadline. Unanswered: the deadline passed and no answer came. Overturned: an inspector did not uphold the answer.",
    },
    definition: "assessedCount",
  },
  {
    title: { fa: "محدودهٔ معمول و تغییر واقعی", en: "Within the usual, and a real change" },
    text: {
      fa: "میانگین ماه‌ها ± ۲٫۶۶ برابر میانگینِ تفاوت ماه‌های پیاپی. تغییر وقتی واقعی است که عددی بیرون بیفتد، یا هفت ماه پیاپی در یک سو بماند یا در یک جهت برود، یا دو ماه از سه ماه بسیار دور باشد.",
      en: "The mean of the months ± 2.66 times the mean month-to-month difference. A change is real where a point falls outside, seven months stay on one side or move one way, or two of three are far out.",
    },
    definition: "trendMean",
  },
  {
    title: { fa: "چهار واژه", en: "The four words" },
    text: {
      fa: "مطابق انتظار، درخور توجه (بیرون از ۹۵٪)، آشکارا بهتر و آشکارا بدتر (بیرون از ۹۹٫۸٪)، در سنجش با همتایان و در چهار فصل. «آشکارا بهتر» دست‌کم ۲۰ پاسخ تلفنی شهروندان می‌خواهد، و اینکه هیچ نشانه‌ای چشمگیر نباشد. زیر ۲۰ شکایت نمی‌سنجیم.",
      en: "As expected, may differ (beyond 95%), clearly better and clearly worse (beyond 99.8%), beside peers and over four quarters. Clearly better takes 20 answers of called citizens, and nothing conspicuous. Under 20 complaints we do not compare.",
    },
    definition: "comparisonClass",
  },
  { title: { fa: "زمان پاسخ", en: "Time to answer" }, text: unansweredCountText, definition: "officeHoursMedian" },
  {
    title: { fa: "عددهای گردشده", en: "Rounded numbers" },
    text: {
      fa: "هر شمار به تصادف به مضربی از پنج گرد شده است، دست‌بالا با چهار واحد تفاوت: ۰ یعنی صفر تا چهار، ۵ یعنی یک تا نُه. پس جمع شمارها دقیقاً برابر کل نیست. عدد منتشرشده دیگر عوض نمی‌شود. نبودِ شکایت نشانهٔ خوبی نیست.",
      en: "Every count is rounded at random to a multiple of five, by at most four: 0 means 0 to 4, and 5 means 1 to 9. So the counts do not add up exactly. A published number never changes. No complaints is no praise.",
    },
    definition: "method",
  },
];

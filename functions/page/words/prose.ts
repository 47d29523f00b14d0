import type { Text } from "#shared/domain/vocabulary.ts";

/** How to complain, in three sentences. */
export const complaining: Text[] = [
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
    en: "The office has until the time you are told; if you do not accept its answer, an inspector from outside decides.",
  },
];

export const noRanks: Text = {
  fa: "تفاوتی را که اتفاقی هم پیش می‌آید، تفاوت نمی‌شماریم؛ رتبه نمی‌دهیم.",
  en: "A difference that chance alone can make is not counted as one; there are no ranks.",
};

export const orderedBy: Text = {
  fa: "در هر فهرست، دستگاهی بالاتر می‌آید که سهم تأییدشدهٔ آن با اطمینان بیشتری بالاست.",
  en: "In each list an agency stands higher the surer it is that its confirmed share is high.",
};

export const smallNumbers: Text = {
  fa: "دستگاهی با کمتر از ۲۰ شکایتِ شمرده‌شده با همتایان سنجیده نمی‌شود.",
  en: "An agency with fewer than 20 judged complaints is not compared.",
};

export const judgedExplained: Text = {
  fa: "شمرده‌شده: شکایت‌های ثبت‌شده، بی آن‌ها که هنوز مهلت دارند، پس گرفته شدند یا بیرون از موضوع‌اند.",
  en: "Judged: the complaints filed, without those that still have time, were withdrawn or are out of scope.",
};

export const funnelExplained: Text = {
  fa: "هر نقطه یک دستگاه است. ۹۵٪ تفاوت‌های اتفاقی درون خاکستری می‌افتند، ۹۹٫۸٪ درون خط بیرونی؛ هر چه شکایت بیشتر، جا برای اتفاق کمتر.",
  en: "Each point is an agency. Chance alone puts 95% inside the grey and 99.8% inside the outer line; the more complaints, the less room for chance.",
};

export const monthsExplained: Text = {
  fa: "بخش پر: تأییدشده. هاشور: به‌موقع، شهروند ساکت. نوار خاکستری: محدودهٔ معمول تأییدشده‌ها.",
  en: "Solid: confirmed. Hatched: in time, citizen silent. The grey strip: the usual range of the confirmed.",
};

export const whatExplained: Text = {
  fa: "موضوع را شهروند می‌گوید، علت را پاسخ یا بازرسی.",
  en: "The subject is the citizen’s; the cause comes from the answer or the inspection.",
};

export const roughMap: Text = {
  fa: "هر خانه جای تقریبی شهرستان را نشان می‌دهد؛ غرب سمت چپ است.",
  en: "Each tile stands roughly where its county lies; west is left.",
};

export const opinionsExplained: Text = {
  fa: "کسی که خود پاسخ می‌دهد نمایندهٔ همه نیست؛ پس از شماری نیز تلفنی می‌پرسیم و این دو را درهم نمی‌کنیم.",
  en: "People who answer unasked do not speak for all. So some are asked by telephone too, and the two are never mixed.",
};

export const unansweredCount: Text = {
  fa: "بی‌پاسخ‌ها از همه دیرتر شمرده می‌شوند، پس بی‌پاسخ گذاشتن عدد را بهتر نمی‌کند.",
  en: "The unanswered count as longer than all, so leaving complaints unanswered never improves the figure.",
};

/** The terms that a reader has to know, each with the definition that says more. */
export const meanings: { title: Text; text: Text; definition: string }[] = [
  {
    title: { fa: "پاسخ خوب", en: "Answered well" },
    text: {
      fa: "کمترین: در مهلت پاسخ گرفت و شهروند پذیرفت، یا پس از اعتراض، بازرس پاسخ را تأیید کرد. بیشترین: همان، به‌علاوهٔ پاسخ‌های به‌موقعی که شهروند درباره‌شان چیزی نگفت.",
      en: "Low: answered in time and accepted by the citizen, or upheld by an inspector after a dispute. High: the same, plus answers in time on which the citizen stayed silent.",
    },
    definition: "goodLow",
  },
  {
    title: { fa: "دیر، بی‌پاسخ، ردشده", en: "Late, unanswered, overturned" },
    text: {
      fa: "دیر: پس از مهلت پاسخ گرفت. بی‌پاسخ: مهلت گذشت و پاسخی نیامد. ردشده: بازرس پاسخ دستگاه را تأیید نکرد.",
      en: "Late: answered after the deadline. Unanswered: the deadline passed and no answer came. Overturned: an inspector did not uphold the answer.",
    },
    definition: "judged",
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
      en: "As expected, watch (beyond 95%), clearly better and clearly worse (beyond 99.8%), beside peers and over four quarters. Clearly better takes 20 answers of called citizens, and nothing conspicuous. Under 20 complaints we do not compare.",
    },
    definition: "class",
  },
  { title: { fa: "زمان پاسخ", en: "Time to answer" }, text: unansweredCount, definition: "officeMedian" },
  {
    title: { fa: "عددهای گردشده", en: "Rounded numbers" },
    text: {
      fa: "هر شمار به تصادف به مضربی از پنج گرد شده است، دست‌بالا با چهار واحد تفاوت: ۰ یعنی صفر تا چهار، ۵ یعنی یک تا نُه. پس جمع شمارها دقیقاً برابر کل نیست. عدد منتشرشده دیگر عوض نمی‌شود. نبودِ شکایت نشانهٔ خوبی نیست.",
      en: "Every count is rounded at random to a multiple of five, by at most four: 0 means 0 to 4, and 5 means 1 to 9. So the counts do not add up exactly. A published number never changes. No complaints is no praise.",
    },
    definition: "method",
  },
];

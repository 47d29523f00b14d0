import type { FigureFamily } from "#functions/figures/figures.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

type Explained = { counts: LocalizedText; leavesOut: LocalizedText; mayMislead: LocalizedText };

/** For each family of figures: the complaints that it counts, the complaints that it excludes, and how it may mislead. */
export const familyTexts: Record<FigureFamily, Explained> = {
  band: {
    counts: {
      en: "Complaints filed in the period, by their outcome. Between the two shares are the answers in time on which the citizen stayed silent.",
      fa: "شکایت‌های ثبت‌شده در دوره، بر پایهٔ سرانجامشان. میان این دو سهم، پاسخ‌های به‌موقعی است که شهروند دربارهٔ آن‌ها ساکت ماند.",
    },
    leavesOut: {
      en: "Pending and excluded complaints.",
      fa: "شکایت‌هایی که هنوز در جریان‌اند یا کنار گذاشته شده‌اند.",
    },
    mayMislead: {
      en: "Silence is neither praise nor blame. An office that gets easy complaints looks better.",
      fa: "سکوت نه رضایت است و نه نارضایتی. اداره‌ای که شکایت‌های آسان دارد بهتر دیده می‌شود.",
    },
  },
  times: {
    counts: {
      en: "The time from filing to the first answer, in six classes; `PT3H` is up to 3 hours. Office hours are few: 24 of them are several working days. The unanswered count as longer than all, so leaving complaints unanswered never improves the figure.",
      fa: "زمان از ثبت تا نخستین پاسخ، در شش دسته؛ `PT3H` یعنی تا ۳ ساعت. ساعت اداری کم است: ۲۴ ساعت اداری چند روز کاری است. بی‌پاسخ‌ها از همه دیرتر شمرده می‌شوند، پس بی‌پاسخ گذاشتن عدد را بهتر نمی‌کند.",
    },
    leavesOut: {
      en: "Pending and excluded complaints. Medians of fewer than 20 complaints.",
      fa: "شکایت‌هایی که هنوز در جریان‌اند یا کنار گذاشته شده‌اند، و میانهٔ کمتر از ۲۰ شکایت.",
    },
    mayMislead: {
      en: "A fast answer may be a bad one: read it beside the band.",
      fa: "پاسخ تند شاید پاسخ بدی باشد: آن را کنار سهم پاسخ‌های خوب بخوانید.",
    },
  },
  findings: {
    counts: {
      en: "The last finding, by the agency or by an inspector.",
      fa: "آخرین نتیجهٔ رسیدگی، از دستگاه یا بازرس.",
    },
    leavesOut: { en: "Complaints without a finding.", fa: "شکایت‌هایی که نتیجه‌ای ندارند." },
    mayMislead: {
      en: "An agency judges complaints about itself, unless the citizen disputes its answer.",
      fa: "دستگاه دربارهٔ شکایت از خود نتیجه می‌گیرد، مگر آنکه شهروند به پاسخ اعتراض کند.",
    },
  },
  conduct: {
    counts: {
      en: "Withdrawals: of closed complaints. Extensions: of all complaints. Quick acceptances: of accepted answers.",
      fa: "انصراف: از شکایت‌های بسته‌شده. تمدید: از همهٔ شکایت‌ها. پذیرش زودهنگام: از پاسخ‌های پذیرفته‌شده.",
    },
    leavesOut: {
      en: "Withdrawals and acceptances of complaints that were filed through a front end of an agency of the same peer group.",
      fa: "انصراف و پذیرش در شکایت‌هایی که از درگاه یک دستگاه همتا ثبت شده‌اند.",
    },
    mayMislead: {
      en: "Each has good reasons too: only a share far above the province's says something.",
      fa: "هر یک دلیل خوب هم دارد: تنها سهمی که بسیار بالاتر از استان باشد معنایی دارد.",
    },
  },
  transfers: {
    counts: {
      en: "Of all complaints that an agency held, those that it transferred to another agency; for the province, those that any agency transferred.",
      fa: "از همهٔ شکایت‌هایی که نزد دستگاه بوده است، آن‌ها که به دستگاه دیگر ارجاع داد؛ در استان، آن‌ها که هر دستگاهی ارجاع داد.",
    },
    leavesOut: { en: "Transfers by an inspector.", fa: "ارجاع از سوی بازرس." },
    mayMislead: {
      en: "Where citizens often name the wrong agency, the transfer is right.",
      fa: "جایی که شهروندان اغلب دستگاه دیگری را نام می‌برند، ارجاع کار درستی است.",
    },
  },
  opinions: {
    counts: {
      en: "The last opinion of each citizen who gave one unasked.",
      fa: "آخرین نظر هر شهروندی که خود نظر داده است.",
    },
    leavesOut: {
      en: "Answers of called citizens, and opinions on complaints that were filed through a front end of an agency of the same peer group. Means of fewer than 20 opinions.",
      fa: "پاسخ‌های تماس تلفنی، و نظر دربارهٔ شکایت‌هایی که از درگاه یک دستگاه همتا ثبت شده‌اند؛ و میانگین کمتر از ۲۰ نظر.",
    },
    mayMislead: {
      en: "Citizens who speak unasked are angrier or happier than the others.",
      fa: "کسی که خود نظر می‌دهد از دیگران ناخشنودتر یا خشنودتر است.",
    },
  },
  reached: {
    counts: {
      en: "Citizens who were called: those who answered the questions, those who did not want to, and those who were not reached.",
      fa: "شهروندانی که با آنان تماس گرفته شد: کسانی که پاسخ دادند، کسانی که نخواستند و کسانی که در دسترس نبودند.",
    },
    leavesOut: {
      en: "Calls about a complaint that is counted for another agency than it was filed at, or that was filed through a front end of an agency of the same peer group.",
      fa: "تماس دربارهٔ شکایتی که برای دستگاهی جز دستگاه زمان ثبت شمرده می‌شود، یا از درگاه یک دستگاه همتا ثبت شده است.",
    },
    mayMislead: {
      en: "It rates the calls, not an office: the lower the share, the less the answers say about the other citizens.",
      fa: "این سهم نمرهٔ تماس‌هاست، نه نمرهٔ اداره: هرچه کمتر باشد، پاسخ‌ها دربارهٔ دیگران کمتر می‌گویند.",
    },
  },
  called: {
    counts: {
      en: "What citizens said who were drawn at random and called. For the province, the answers weigh more where citizens were less likely to be drawn.",
      fa: "گفتهٔ شهروندانی که به قید قرعه انتخاب شدند و با آنان تماس گرفته شد. در آمار استان، پاسخ‌ها جایی که احتمال انتخاب کمتر بوده وزن بیشتری دارند.",
    },
    leavesOut: {
      en: "The same calls as in `calledAnsweredShare`. Silent citizens who accepted or disputed after the call are not among the silent.",
      fa: "همان تماس‌هایی که در `calledAnsweredShare` نمی‌آیند. ساکتی که پس از تماس پذیرفت یا اعتراض کرد از ساکتان نیست.",
    },
    mayMislead: {
      en: "Citizens who left no phone or did not agree to be called are not heard.",
      fa: "کسی که تلفن نداده یا با تماس موافقت نکرده است شنیده نمی‌شود.",
    },
  },
  flags: {
    counts: {
      en: "Five shares: withdrawn, extended, transferred out, pressured, quick acceptance. A flag is set where the lower end of the agency's 95 % interval is over three times the province's share.",
      fa: "پنج سهم: انصراف، تمدید، ارجاع، فشار و پذیرش زودهنگام. نشان جایی گذاشته می‌شود که کران پایین بازهٔ ۹۵ درصدی دستگاه از سه برابر سهم استان بیشتر باشد.",
    },
    leavesOut: {
      en: "Shares that are not published for the agency or for the province.",
      fa: "سهم‌هایی که برای دستگاه یا استان منتشر نشده‌اند.",
    },
    mayMislead: { en: "A flag asks a question; it proves nothing.", fa: "نشان پرسش است، نه اثبات." },
  },
  comparison: {
    counts: {
      en: "`confirmedShare` over four quarters beside that of the peer group on the day of publication, in Spiegelhalter's funnel (2005). Where fewer than five agencies of the group can be compared, all of the province are its peers.",
      fa: "`confirmedShare` در چهار فصل، در سنجش با گروه همتایان در روز انتشار، با قیف اشپیگل‌هالتر (۲۰۰۵). اگر کمتر از پنج دستگاهِ گروه سنجیدنی باشد، همهٔ دستگاه‌های استان همتا شمرده می‌شوند.",
    },
    leavesOut: {
      en: "Agencies with fewer than 20 complaints that the shares are of: `too-few-complaints`.",
      fa: "دستگاه‌هایی با کمتر از ۲۰ شکایتِ شمرده‌شده در سهم‌ها: `too-few-complaints`.",
    },
    mayMislead: {
      en: "There is no rank: a difference that chance alone can make is not counted as one.",
      fa: "رتبه‌ای نیست: تفاوتی را که اتفاقی هم پیش می‌آید، تفاوت نمی‌شماریم.",
    },
  },
  retaliationReports: {
    counts: {
      en: "Reports filed in an Iranian year in the whole province, published with the four quarters that end the year.",
      fa: "گزارش‌های ثبت‌شده در یک سال در همهٔ استان؛ همراه چهار فصلی منتشر می‌شود که سال را به پایان می‌برند.",
    },
    leavesOut: {
      en: "Everything else about them: these reports are in no other figure.",
      fa: "هر چیز دیگر دربارهٔ آن‌ها: این گزارش‌ها در هیچ آمار دیگری نیستند.",
    },
    mayMislead: { en: "A small number may mean fear.", fa: "عدد کوچک شاید نشان ترس باشد." },
  },
  trend: {
    counts: {
      en: "`confirmedShare` by month, in an XmR chart: the mean ± 2.66 × the mean moving range.",
      fa: "`confirmedShare` به تفکیک ماه، در نمودار XmR: میانگین ± ۲٫۶۶ برابر میانگین دامنهٔ متحرک.",
    },
    leavesOut: {
      en: "Months without `confirmedShare`. There is no trend before twelve months.",
      fa: "ماه‌هایی که `confirmedShare` ندارند. تا دوازده ماه روندی نیست.",
    },
    mayMislead: {
      en: "A month's limits are made of the months up to it and never change. The page's chart compares all months with the last month's limits, so a month may stand out in one of the two and not in the other.",
      fa: "حدهای هر ماه از ماه‌ها تا همان ماه به دست می‌آید و عوض نمی‌شود. نمودار صفحه همهٔ ماه‌ها را با حدهای آخرین ماه می‌سنجد؛ پس شاید ماهی در یکی از این دو چشمگیر باشد و در دیگری نه.",
    },
  },
};

/** The same for the complaints that wait for an answer, which are published once a month. */
export const waitingTexts: Explained = {
  counts: {
    en: "Open complaints without an answer on the first morning of an Iranian month, with the agency that holds them. Each number is rounded at random to a multiple of ten: 20 means 11 to 29.",
    fa: "شکایت‌های باز و بی‌پاسخ در بامداد نخستین روز هر ماه، نزد دستگاهی که آن‌ها را در دست دارد. هر عدد به تصادف به مضربی از ده گرد می‌شود: ۲۰ یعنی ۱۱ تا ۲۹.",
  },
  leavesOut: {
    en: "Reports of retaliation. A number that is 0 or 10 after rounding is published as `<20`: fewer than 20.",
    fa: "گزارش‌های آزار. عددی که پس از گرد شدن صفر یا ۱۰ باشد `<20` منتشر می‌شود: کمتر از ۲۰.",
  },
  mayMislead: {
    en: "It is the count of one morning, up to a month old. A large agency has more waiting complaints than a small one that serves worse.",
    fa: "شمار یک بامداد است و شاید یک ماه از آن گذشته باشد. دستگاه بزرگ بیش از دستگاه کوچکی که بدتر خدمت می‌کند شکایت منتظر دارد.",
  },
};

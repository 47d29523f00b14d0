import type { FigureFamily } from "#shared/domain/statistics/figure-family.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

type Told = { counts: Text; leavesOut: Text; mayMislead: Text };

const onlyShown: Text = {
  en: "What is told together with other classes, or of fewer than 20. What is in no class is left out too, unless it is so few that it is told with the last part (`none`): then it is counted, and a share is lower than the truth.",
  fa: "آنچه همراه دسته‌های دیگر گفته می‌شود، یا کمتر از ۲۰ مورد است. آنچه در هیچ دسته‌ای نیست هم کنار می‌ماند، مگر آن‌قدر کم که با آخرین بخش گفته شود (`none`): آنگاه شمرده می‌شود و سهم از واقعیت پایین‌تر است.",
};

/** Of each family of figures, what it counts, what it leaves out, and how it may mislead. */
export const familyTexts: Record<FigureFamily, Told> = {
  band: {
    counts: {
      en: "Complaints filed in the period, by their outcome on the day of publication.",
      fa: "شکایت‌های ثبت‌شده در دوره، بر پایهٔ سرانجامشان در روز انتشار.",
    },
    leavesOut: {
      en: "What was pending, out of scope, or withdrawn or decided before its time was up, unless it is told together with what is counted: where too few went wrong to be told alone, they stand with the pending as `D+N+L+pending`, and all of these are counted, or, where it is told that they are mostly pending or apart, the six or twelve of them that may be counted at most. Shares of fewer than 20, and bounds whose classes are told together with others.",
      fa: "آنچه هنوز در جریان بود، خارج از صلاحیت بود، یا پیش از پایان مهلت پس گرفته یا رأی داده شد، مگر همراه شمرده‌شده‌ها گفته شود: بدفرجام‌هایی که تنها گفتنی نیستند با موارد در جریان می‌آیند (`D+N+L+pending`) و همه شمرده می‌شوند، یا اگر گفته شود که بیشترشان در جریان یا کنارگذاشته‌اند، تنها بیشینهٔ شمردنی‌ها، شش یا دوازده؛ سهم‌های کمتر از ۲۰ مورد؛ و کرانه‌هایی که دسته‌شان همراه دسته‌های دیگر گفته می‌شود.",
    },
    mayMislead: {
      en: "Silence is not praise: only the lower bound was confirmed by somebody, and it is lower than the truth where pending ones are counted. Easy complaints make an office look good.",
      fa: "سکوت ستایش نیست: تنها کران پایین را کسی تأیید کرده است، و جایی که موارد در جریان هم شمرده شده‌اند از واقعیت پایین‌تر است. شکایت‌های آسان اداره را خوب نشان می‌دهند.",
    },
  },
  "band-middle": {
    counts: {
      en: "The lower bound and, of the silent, the share who said `solved: yes` when they were called.",
      fa: "کران پایین و از ساکتان، سهمی که در تماس گفتند مشکل حل شد.",
    },
    leavesOut: {
      en: "Cells with fewer than 10 called silent citizens; who disputed or accepted after the call is not among the silent.",
      fa: "خانه‌هایی که در آن‌ها با کمتر از ۱۰ ساکت تماس گرفته شد؛ کسی که پس از تماس اعتراض کرد یا پذیرفت از ساکتان نیست.",
    },
    mayMislead: {
      en: "Only those who left a phone, agreed to be called and answered are heard. Where they are happier than the rest, so is this number.",
      fa: "تنها کسانی شنیده می‌شوند که تلفن داده، رضایت داده و پاسخ داده‌اند. اگر خشنودتر از دیگران باشند، این عدد هم چنین است.",
    },
  },
  times: {
    counts: {
      en: "Time from filing to the first answer, in bins; the upper edge is told. On either clock a day is 24 counted hours: `P5D` on the office clock is 120 office hours. The unanswered count as longer than all.",
      fa: "زمان از ثبت تا نخستین پاسخ، در بازه‌ها؛ لبهٔ بالایی گفته می‌شود. در هر دو شمارش، روز ۲۴ ساعتِ شمرده‌شده است: `P5D` به ساعت اداری یعنی ۱۲۰ ساعت اداری. بی‌پاسخ‌ها از همه دیرتر شمرده می‌شوند.",
    },
    leavesOut: {
      en: "What was pending or apart, unless it is so few that it is told with the last part (`none`). Shares of fewer than 20, medians of fewer than 10, and shares whose edge lies within bins that are told as one.",
      fa: "آنچه در جریان یا کنار گذاشته بود، مگر آن‌قدر کم که با آخرین بخش گفته شود (`none`)؛ سهم‌های کمتر از ۲۰ و میانه‌های کمتر از ۱۰ مورد؛ و سهم‌هایی که لبه‌شان درون بازه‌های یکی‌شده است.",
    },
    mayMislead: {
      en: "A fast answer may be a bad one: read it beside the band. Where bins are told as one, a median is later than the truth.",
      fa: "پاسخ تند شاید پاسخ بد باشد: کنار بازهٔ خوب‌ها بخوانید. بازه‌های یکی‌شده میانه را دیرتر نشان می‌دهند.",
    },
  },
  findings: {
    counts: { en: "The last finding, of the agency or of an inspector.", fa: "آخرین نتیجه، از دستگاه یا بازرس." },
    leavesOut: onlyShown,
    mayMislead: {
      en: "Agencies find on complaints about themselves, unless somebody disputes it.",
      fa: "دستگاه دربارهٔ شکایت از خود نتیجه می‌گیرد، مگر کسی اعتراض کند.",
    },
  },
  conduct: {
    counts: {
      en: "Of withdrawals, all that is closed; of passing on, all that the agency ever held; of quick acceptances, all acceptances; else all complaints.",
      fa: "انصراف: از بسته‌شده‌ها؛ ارجاع: از همهٔ آنچه نزد دستگاه بوده است؛ پذیرش تند: از پذیرش‌ها؛ تمدید: از همهٔ شکایت‌ها.",
    },
    leavesOut: {
      en: `${onlyShown.en} Withdrawals and acceptances of what was filed through a front end of a peer.`,
      fa: `${onlyShown.fa} انصراف و پذیرش در آنچه از درگاه دستگاهی هم‌گروه ثبت شده.`,
    },
    mayMislead: {
      en: "There are good reasons for each; only what stands out far beside the province says something.",
      fa: "برای هر یک دلیل خوب هم هست؛ تنها آنچه بسیار از استان دور است معنایی دارد.",
    },
  },
  opinions: {
    counts: {
      en: "The last word of citizens who gave an opinion unasked.",
      fa: "آخرین نظر شهروندانی که خود نظر دادند.",
    },
    leavesOut: {
      en: "Months; cells with fewer than 10 opinions; answers that are told together with others; those who were called; whatever was filed through a front end of a peer.",
      fa: "ماه‌ها؛ خانه‌هایی با کمتر از ۱۰ نظر؛ پاسخ‌هایی که همراه دیگران گفته می‌شوند؛ کسانی که با آنان تماس گرفته شد؛ آنچه از درگاه دستگاهی هم‌گروه ثبت شده.",
    },
    mayMislead: {
      en: "Who speaks unasked is angrier or happier than the rest. Marks told as one widen the two bounds of the mean.",
      fa: "کسی که خود نظر می‌دهد ناخشنودتر یا خشنودتر از دیگران است. نمره‌های یکی‌شده دو کران میانگین را از هم دور می‌کنند.",
    },
  },
  reached: {
    counts: {
      en: "Of the citizens who were rung, the share who answered the questions; the others refused, or were not reached.",
      fa: "از شهروندانی که به آنان زنگ زده شد، سهم کسانی که به پرسش‌ها پاسخ دادند؛ دیگران نخواستند یا در دسترس نبودند.",
    },
    leavesOut: {
      en: "Who left no phone, did not agree to be called, or was not drawn; who was drawn and never rung; calls about a complaint that stands with another agency than it was filed at, or was filed through a front end of a peer; months; cells in which fewer than 10 were rung.",
      fa: "کسی که تلفن نداده، رضایت به تماس نداده یا قرعه به نامش نیفتاده؛ کسی که قرعه به نامش افتاد ولی زنگی به او نزدند؛ تماس دربارهٔ شکایتی که نزد دستگاهی جز دستگاه زمان ثبت است یا از درگاه دستگاهی هم‌گروه ثبت شده؛ ماه‌ها؛ خانه‌هایی که در آن‌ها به کمتر از ۱۰ نفر زنگ زده شد.",
    },
    mayMislead: {
      en: "Who refuses or is not reached may think otherwise than who answers: the lower the share, the less the answers say of the others. It is of the calls, and no mark of an office.",
      fa: "کسی که نخواست یا در دسترس نبود شاید نظر دیگری دارد: هرچه این سهم کمتر، پاسخ‌ها دربارهٔ دیگران کمتر می‌گویند. این سهم از تماس‌هاست، نه نمرهٔ اداره.",
    },
  },
  called: {
    counts: {
      en: "What citizens drawn by lot said on the phone, each weighed by how unlikely they were to be drawn; bounds of 95 % (Wilson).",
      fa: "گفتهٔ شهروندانی که با قرعه به آنان تلفن شد، هر یک با وزن وارون بخت قرعه؛ کران‌های ۹۵ درصد (ویلسون).",
    },
    leavesOut: {
      en: "An agency of whose answers in the period `yes` is told together with others, or of whom it is not told how likely its citizens were drawn; how many is said beside.",
      fa: "دستگاهی که «بله»ی آن در دوره همراه پاسخ‌های دیگر گفته می‌شود یا بخت قرعه‌اش گفته نشده؛ شمارشان کنار آن آمده است.",
    },
    mayMislead: {
      en: "Agencies where hardly anybody says yes are left out more often, so the province's estimate is rather too high. Who did not agree to be called is not heard.",
      fa: "دستگاه‌هایی که کمتر کسی در آن‌ها «بله» می‌گوید بیشتر کنار می‌مانند، پس برآورد استان اندکی خوش‌بینانه است. کسی که رضایت به تماس نداده شنیده نمی‌شود.",
    },
  },
  flags: {
    counts: {
      en: "Shares over three times the province's: withdrawn, extended, passed on, pressed, accepted within an hour without a phone.",
      fa: "سهم‌هایی بیش از سه برابر استان: انصراف، تمدید، ارجاع، فشار، پذیرش بی‌تلفن در یک ساعت.",
    },
    leavesOut: {
      en: "Shares that cannot be said of the agency or of the province.",
      fa: "سهم‌هایی که دربارهٔ دستگاه یا استان گفتنی نیست.",
    },
    mayMislead: { en: "A flag asks a question; it proves nothing.", fa: "نشان پرسش است، نه اثبات." },
  },
  comparison: {
    counts: {
      en: "The lower bound of the band over four quarters, in Spiegelhalter's funnel (2005) of the peer group, or of the province where fewer than five of the group can be compared. The groups are those of the day of publication; of what was published before they were kept, today's.",
      fa: "کران پایین در چهار فصل، در قیف اشپیگل‌هالتر (۲۰۰۵) برای هم‌گروه‌ها، یا استان اگر کمتر از پنج هم‌گروه سنجیدنی باشند. گروه‌ها همان‌هایی‌اند که در روز انتشار بودند؛ در آنچه پیش از نگه‌داشتن گروه‌ها منتشر شده، گروه‌های امروزند.",
    },
    leavesOut: {
      en: "Agencies with fewer than 20, or whose class depends on how many good answers are among those told as one: `too-few`.",
      fa: "دستگاه‌های با کمتر از ۲۰ مورد، یا آن‌ها که دسته‌شان به شمار پاسخ‌های خوبِ یکجاگفته بسته است: `too-few`.",
    },
    mayMislead: {
      en: "There is no rank: neighbours in the order differ by chance. `clearly-better` needs ten called citizens who accepted; where far more of them than in the province say that they were pressed or that it was not solved, the class is `watch`. Where a third of the province says so, nobody can be far above it. Nobody with a flag is `clearly-better`.",
      fa: "رتبه‌ای نیست: همسایه‌های فهرست به تصادف جابه‌جا می‌شوند. `clearly-better` ده پذیرنده می‌خواهد که با آنان تماس گرفته شده باشد؛ اگر آنان بسیار بیش از استان بگویند زیر فشار بودند یا حل نشد، دسته `watch` است. جایی که یک‌سوم استان چنین بگوید، هیچ‌کس بسیار بیش از آن نیست. هیچ دستگاه نشان‌داری `clearly-better` نیست.",
    },
  },
  evidence: {
    counts: {
      en: "The lower 5% point of what the share of good answers may be over four quarters (beta-binomial), drawn towards the peers' the more, the fewer complaints there are. Lists are ordered by it.",
      fa: "صدک پنجم آنچه سهم پاسخ‌های خوب در چهار فصل می‌تواند باشد (بتا-دوجمله‌ای)، هر چه شکایت کمتر، نزدیک‌تر به هم‌گروه‌ها. فهرست‌ها به همین ترتیب‌اند.",
    },
    leavesOut: {
      en: "Agencies that stand in no class.",
      fa: "دستگاه‌هایی که در هیچ دسته‌ای نیستند.",
    },
    mayMislead: {
      en: "It orders a list and is no rank: neighbours in the order differ by chance.",
      fa: "فهرست را مرتب می‌کند و رتبه نیست: همسایه‌های فهرست به تصادف جابه‌جا می‌شوند.",
    },
  },
  retaliations: {
    counts: {
      en: "Reports of retaliation filed in the year, in the whole province.",
      fa: "گزارش‌های آزارِ ثبت‌شده در سال، در همهٔ استان.",
    },
    leavesOut: {
      en: "Everything else about them: they stand in no other figure.",
      fa: "هر چیز دیگر دربارهٔ آن‌ها: در هیچ آمار دیگری نیستند.",
    },
    mayMislead: { en: "A small number may mean fear.", fa: "عدد کوچک شاید نشان ترس باشد." },
  },
  trend: {
    counts: {
      en: "The lower bound of the band by month, in an XmR chart: mean ± 2.66 × the mean moving range.",
      fa: "کران پایین به تفکیک ماه، در نمودار XmR: میانگین ± ۲٫۶۶ برابر میانگین دامنهٔ متحرک.",
    },
    leavesOut: {
      en: "Months of which no rate can be said; all of it under twelve months.",
      fa: "ماه‌هایی که سهمشان گفتنی نیست؛ و همهٔ آن تا دوازده ماه.",
    },
    mayMislead: {
      en: "A month's limits are of the months up to it and never change. The page's chart holds all months against the last one's: an earlier month may stand out there and not in its own row, or the other way round.",
      fa: "حدهای هر ماه از ماه‌ها تا همان ماه به دست می‌آید و دیگر عوض نمی‌شود. نمودار صفحه همهٔ ماه‌ها را با حدهای آخرین ماه می‌سنجد: شاید ماهی پیشین در آن چشمگیر باشد و در ردیف خود نه، یا برعکس.",
    },
  },
};

/** What is told once a month of what is open. */
export const nowTexts: Told = {
  counts: {
    en: "Open complaints without an answer, counted in the first morning of an Iranian month; with the agency that holds them.",
    fa: "شکایت‌های باز و بی‌پاسخ که بامداد نخستین روز هر ماه ایرانی شمرده می‌شوند؛ نزد دستگاهی که آن‌ها را در دست دارد.",
  },
  leavesOut: {
    en: "Reports of retaliation, and the number wherever it is below ten.",
    fa: "گزارش‌های آزار، و شمار هر جا کمتر از ده است.",
  },
  mayMislead: {
    en: "The count of one morning, up to a month old: a large agency has more open than a small one that serves worse.",
    fa: "شمار یک بامداد است و شاید یک ماه از آن گذشته باشد: دستگاه بزرگ بیش از دستگاه کوچکی که بدتر خدمت می‌کند پروندهٔ باز دارد.",
  },
};

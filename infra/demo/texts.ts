/** What the people of the story say. The national id and the number are nobody's. */
export const told = {
  filing: {
    description:
      "سه بار برای ثبت پرونده‌ام آمدم و هر بار گفتند این کار را فقط یک نفر بلد است و امروز نیست. مریم احمدی هستم، شمارهٔ من ۰۹۱۲۳۴۵۶۷۸۹ است.",
    citizen: {
      name: "مریم احمدی",
      nationalId: "۰۴۹۹۳۷۰۸۹۹",
      phone: "۰۹۱۲۳۴۵۶۷۸۹",
      shareWithAgency: false,
    },
  },
  ignored: { description: "متصدی باجه با صدای بلند گفت وقت مرا نگیر، و جلوی همه پرونده را روی میز پرت کرد." },
  officer: { name: "زهرا محمدی", personnelId: "۴۱۲۰۷" },
  answer: {
    finding: "founded",
    cause: "no-substitute",
    text: "حق با شماست. پروندهٔ شما همین امروز ثبت شد و از این پس کار به یک نفر بسته نیست.",
    actions: [{ text: "سه همکار دیگر تا پایان ماه برای این کار آموزش می‌بینند." }],
  },
  anonymous: {
    description: "ساعت نه و ربع صبح رسیدم؛ کرکرهٔ باجهٔ ۲ پایین بود و هیچ‌کس نمی‌گفت کی باز می‌شود. نمی‌خواهم نامم را بگویم.",
  },
  photo: "باجهٔ بسته.png",
  question: "برای بررسی، لطفاً شمارهٔ نوبت خود و ساعت مراجعه را بنویسید.",
  reply: "نوبت ۱۲ بودم و از نه و ربع تا ده منتظر ماندم.",
  denial: {
    finding: "unfounded",
    cause: "none",
    text: "به گفتهٔ مسئول واحد، باجه‌ها آن روز از آغاز وقت اداری باز بوده‌اند.",
  },
  dispute: { reason: "عکسی که فرستادم همان روز ساعت نه و ربع گرفته شده است. باجه بسته بود." },
  report: {
    found: "confirmed",
    text: "باجهٔ ۲ هنگام بازدید بسته بود. به گفتهٔ همکاران، متصدی آن بیشتر روزها ساعت ده می‌رسد.",
    location: { latitude: 36.2688, longitude: 50.0041 },
  },
  decision: {
    finding: "founded",
    cause: "staff-absent",
    upholdsAnswer: false,
    text: "شکایت وارد است: باجهٔ ۲ دیرتر از آغاز وقت اداری باز می‌شود.",
    actions: [{ text: "از شنبه برای این باجه متصدی جانشین تعیین می‌شود." }],
  },
  confidential: {
    description: "کارشناس با تندی گفت «هر جا می‌خواهی شکایت کن» و پرونده‌ام را پس داد. شمارهٔ من ۰۹۱۲۰۰۰۰۰۰۰ است.",
    citizen: { name: "سارا رضایی", phone: "۰۹۱۲۰۰۰۰۰۰۰", shareWithAgency: false },
  },
  afterthought: "یادم رفت بگویم: سارا رضایی هستم و هفتهٔ پیش هم همین برخورد را دیدم.",
  opinion: { solved: "yes", handling: 5, comment: "سپاسگزارم؛ کارم همان روز انجام شد." },
};

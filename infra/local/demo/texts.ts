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
    text: "حق با شماست. پروندهٔ شما همین امروز ثبت شد و از این پس کار به یک نفر بسته نیست.",
    actions: [{ text: "سه همکار دیگر تا پایان ماه برای این کار آموزش می‌بینند." }],
  },
  acceptance: { rating: 5, comment: "سپاسگزارم؛ کارم همان روز انجام شد." },
};

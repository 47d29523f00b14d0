import type { Language } from "#shared/domain/vocabulary.ts";

/** The meanings of fields of notices to employees. */
export const noticeMeanings: Record<string, Record<Language, string>> = {
  noticeId: { en: "The notice to an employee", fa: "ابلاغیه به کارمند" },
  complaintId: { en: "The complaint on which the notice was opened", fa: "شکایتی که ابلاغیه دربارهٔ آن است" },
  agrees: {
    en: "Whether the notice may go on; it then tells the employee what the citizen reads here, and not who complained",
    fa: "آیا ابلاغیه می‌تواند ادامه یابد؛ آنگاه کارمند همین متن را می‌خواند و نه این را که چه کسی شکایت کرده است",
  },
  agreeBy: {
    en: "Until when the citizen may agree; silence ends the notice",
    fa: "مهلت موافقت شهروند؛ سکوت ابلاغیه را پایان می‌دهد",
  },
  evidence: {
    en: "The numbers of the complaint's events on which the notice rests: reports of visits, and decisions",
    fa: "شمارهٔ رویدادهایی که ابلاغیه بر آن‌ها استوار است: گزارش بازدید و رأی",
  },
  allegation: {
    en: "What is put to the employee: conduct, place, time as coarse as fairness allows, and what the evidence shows. No word that tells who complained",
    fa: "آنچه به کارمند گفته می‌شود: رفتار، جا، زمان تا اندازه‌ای که انصاف می‌خواهد، و آنچه از شواهد برمی‌آید؛ بی هیچ نشانی از شاکی",
  },
  grounds: { en: "The provision of law", fa: "مبنای قانونی" },
  openedBy: { en: "The inspector who opened the notice", fa: "بازرسی که ابلاغیه را باز کرد" },
  openedAt: { en: "When the notice was opened", fa: "زمان تنظیم ابلاغیه" },
  nextDeadline: {
    en: "The next deadline of anybody; after it, time alone changes the notice",
    fa: "نخستین مهلت هر یک از طرف‌ها؛ پس از آن خودِ زمان وضعیت ابلاغیه را دگرگون می‌کند",
  },
  waitsFor: {
    en: "Who must act next; missing where nothing but time changes the notice",
    fa: "نوبت کیست؛ اگر جز گذشت زمان چیزی ابلاغیه را دگرگون نمی‌کند نیامده است",
  },
  way: {
    en: "How the letter was served: a signed receipt, or a refusal that two officials signed",
    fa: "شیوهٔ ابلاغ: رسید امضاشده، یا خودداری از امضا که دو مأمور گواهی کرده‌اند",
  },
  employment: { en: "Who employs the person", fa: "رابطهٔ استخدامی شخص" },
  employer: { en: "The employer of contract staff", fa: "کارفرمای نیروی پیمانی" },
  onPaper: {
    en: "Present where an inspector typed in an answer on paper",
    fa: "هنگامی آمده است که بازرس پاسخ کاغذی را وارد کرده است",
  },
  reasons: { en: "The reasons of a decision or judgement", fa: "دلیل تصمیم یا رأی" },
  end: { en: "Why the notice ended", fa: "چرایی پایان ابلاغیه" },
  endedAt: { en: "When the notice ended", fa: "زمان پایان ابلاغیه" },
  notices: {
    en: "Notices to employees on this complaint. One that is `asked` waits for the citizen's yes or no",
    fa: "ابلاغیه‌هایی که دربارهٔ این شکایت به کارمندان داده می‌شود. آنکه asked است منتظر آری یا نهِ شهروند است",
  },
  number: { en: "The number of the event in the notice", fa: "شمارهٔ رویداد در ابلاغیه" },
  personal: {
    en: "The cause is the conduct of a person: an inspector may open a notice on it",
    fa: "این علت رفتار یک شخص است و بازرس می‌تواند بر آن ابلاغیه تنظیم کند",
  },
};

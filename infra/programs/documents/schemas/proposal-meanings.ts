import type { LocalizedText } from "#shared/vocabulary.ts";

/** The meanings of fields about what arithmetic proposes. */
export const proposalMeanings: Record<string, LocalizedText> = {
  morning: {
    en: "On which morning the list was made; absent before the first",
    fa: "فهرست در بامداد چه روزی ساخته شده است؛ پیش از نخستین بار نیامده است",
  },
  "Proposal.from": { en: "The first day of the complaints that are counted", fa: "نخستین روز شکایت‌های شمرده‌شده" },
  "Proposal.to": { en: "The last day of the complaints that are counted", fa: "واپسین روز شکایت‌های شمرده‌شده" },
  "Proposal.count": { en: "How many complaints there are", fa: "شمار شکایت‌ها" },
  "Proposal.category": {
    en: "Their category; absent if they have a cause in common",
    fa: "دستهٔ آن‌ها؛ اگر علت مشترک دارند نیامده است",
  },
  "Proposal.countyId": {
    en: "Their county; absent if they have a cause in common",
    fa: "شهرستان آن‌ها؛ اگر علت مشترک دارند نیامده است",
  },
  "Proposal.cause": {
    en: "The cause that their answers name, in all counties",
    fa: "علتی که پاسخ‌ها نام برده‌اند، در همهٔ شهرستان‌ها",
  },
  expected: {
    en: "How many complaints the 26 weeks before let expect in as many days",
    fa: "با توجه به ۲۶ هفتهٔ پیش، در همین شمار روز چند شکایت انتظار می‌رود",
  },
  oneSource: {
    en: "The front end that filed more than 80 % of them: perhaps one person or one program",
    fa: "درگاهی که بیش از ۸۰ درصد آن‌ها را ثبت کرده است؛ شاید یک نفر یا یک برنامه باشد",
  },
  "Proposal.issueId": {
    en: "The issue that was done and may have come back",
    fa: "مشکلی که رفع‌شده اعلام شده و شاید بازگشته باشد",
  },
  "Proposal.since": {
    en: "The first morning on which it was proposed. It stays for seven days after it was last found",
    fa: "نخستین بامدادی که پیشنهاد شد. تا هفت روز پس از آخرین بار می‌ماند",
  },
};

import type { Language } from "#shared/vocabulary.ts";

/** The meanings of fields of issues. */
export const issueMeanings: Record<string, Record<Language, string>> = {
  issueId: {
    en: "The id of the issue: a cause that several complaints share. `GET /v1/issues/{issueId}` has title, promise and state",
    fa: "شناسهٔ مشکل: علتی که چند شکایت در آن مشترک‌اند. عنوان، قول و وضعیت آن در `GET /v1/issues/{issueId}` است",
  },
  "issue.query.status": {
    en: "Only issues in this state; default: all",
    fa: "تنها مشکل‌هایی که در این وضعیت‌اند؛ پیش‌فرض: همه",
  },
  outage: { en: "Whether a service is interrupted", fa: "آیا خدمتی قطع است" },
  officeIds: { en: "The offices that the issue concerns", fa: "اداره‌هایی که مشکل به آن‌ها مربوط است" },
  "issue.title": { en: "The title, in an inspector’s words", fa: "عنوان، به قلم بازرس" },
  summary: {
    en: "What the issue is, in an inspector’s words; it is published",
    fa: "شرح مشکل به قلم بازرس؛ منتشر می‌شود",
  },
  planBy: { en: "Until when the agency must plan", fa: "مهلت دستگاه برای برنامه" },
  "issue.plannedAt": { en: "Since when the plan stands", fa: "زمان ثبت برنامه" },
  promisedBy: { en: "Until when the agency promised to mend it", fa: "زمانی که دستگاه وعدهٔ رفع آن را داده است" },
  previously: { en: "The time that was promised before", fa: "زمانی که پیش‌تر وعده داده شده بود" },
  doneAt: { en: "When the agency said that it is mended", fa: "زمانی که دستگاه رفع مشکل را اعلام کرد" },
  verifiedAt: { en: "When it became known that it is mended", fa: "زمان تأیید رفع مشکل" },
  "issue.visits": {
    en: "The visits that found it mended; only inspectors read them",
    fa: "بازدیدهایی که آن را برطرف‌شده یافتند؛ تنها بازرسان می‌خوانند",
  },
  "visits.text": { en: "What the inspector saw", fa: "آنچه بازرس دید" },
  publishAt: {
    en: "When the issue becomes `verified` by this visit, if the proof still stands",
    fa: "زمانی که مشکل با این بازدید `verified` می‌شود، اگر گزارش رفع پابرجا باشد",
  },
  recurredAt: { en: "Since when an inspector says that it came back", fa: "زمانی که بازرس بازگشت مشکل را اعلام کرد" },
  plan: { en: "The plan, once an inspector has read it", fa: "برنامه، پس از آنکه بازرس آن را خواند" },
  proof: {
    en: "What the agency did, once an inspector has read it",
    fa: "گزارش رفع مشکل، پس از آنکه بازرس آن را خواند",
  },
  "proof.text": { en: "What the agency did, and how that can be seen", fa: "آنچه دستگاه انجام داد و نشانهٔ آن" },
  "done.text": {
    en: "What the agency did, and how that can be seen; published once an inspector has read it",
    fa: "آنچه دستگاه انجام داد و نشانهٔ آن؛ پس از خواندن بازرس منتشر می‌شود",
  },
  "verification.text": {
    en: "What the inspector saw; not published",
    fa: "آنچه بازرس دید؛ منتشر نمی‌شود",
  },
  "plan.by": { en: "Until when the agency promises to mend it", fa: "زمانی که دستگاه وعدهٔ رفع آن را می‌دهد" },
  "promise.by": { en: "The later time, until when it must be mended", fa: "زمان دیرتری که باید تا آن رفع شود" },
  "reading.number": {
    en: "The number of the last event that was read, such as `unread.number` of the issue; texts up to it are published",
    fa: "شمارهٔ آخرین رویدادی که خوانده شد، مانند `unread.number` همان مشکل؛ متن‌های تا آن شماره منتشر می‌شوند",
  },
  nextLevelAt: {
    en: "When the issue escalates further, if the agency does nothing",
    fa: "زمان رسیدن مشکل به سطح بعد، اگر دستگاه کاری نکند",
  },
  what: { en: "How the agency mends it", fa: "دستگاه چگونه آن را برطرف می‌کند" },
  responsible: {
    en: "The unit or person at the agency; not published",
    fa: "واحد یا شخص مسئول در دستگاه؛ منتشر نمی‌شود",
  },
  readBy: { en: "Until when an inspector must read the text", fa: "مهلت بازرس برای خواندن متن" },
  unread: {
    en: "The agency’s text that no inspector has read yet; it is published once one has",
    fa: "متنی از دستگاه که هنوز بازرسی نخوانده است؛ پس از خواندن منتشر می‌شود",
  },
  answersUnderWay: {
    en: "Whether linked complaints are being answered now",
    fa: "آیا پاسخ به شکایت‌های پیوندخورده در جریان است",
  },
  complaintIds: {
    en: "The complaints that are linked, or no longer linked",
    fa: "شکایت‌هایی که پیوند خوردند یا پیوندشان پایان یافت",
  },
  refused: { en: "The complaints that stay as they are", fa: "شکایت‌هایی که تغییری نکردند" },
  "issue.refusal": { en: "Why the complaint stays as it is", fa: "چرا شکایت تغییری نکرد" },
  linkedAt: { en: "When an inspector linked it", fa: "زمان پیوند" },
  outages: { en: "Outages that go on. Filing goes on as ever", fa: "قطعی‌های جاری. ثبت شکایت مانند همیشه ممکن است" },
  expectedUntil: { en: "Until when the agency promised to end it", fa: "زمانی که دستگاه وعدهٔ پایان آن را داده است" },
  "issue.agencyId": { en: "The agency that is to mend it", fa: "دستگاهی که باید آن را رفع کند" },
  "issue.countyIds": { en: "The counties where it happens", fa: "شهرستان‌هایی که مشکل در آن‌هاست" },
  "issue.status": { en: "The state of the issue", fa: "وضعیت مشکل" },
  "issue.openedAt": { en: "When an inspector opened the issue", fa: "زمان گشودن مشکل" },
  "issue.openedBy": { en: "The inspector who opened the issue", fa: "بازرسی که مشکل را گشود" },
  "issue.endedAt": { en: "When the issue was withdrawn", fa: "زمان پس گرفتن مشکل" },
  "issue.level": {
    en: "The level that the delay of the agency has reached; 0: none",
    fa: "سطحی که تأخیر دستگاه به آن رسیده است؛ ۰ یعنی هیچ",
  },
  "issue.answered": { en: "How many linked complaints got the answer", fa: "شمار شکایت‌هایی که پاسخ را گرفتند" },
  "issue.skipped": {
    en: "How many did not: answered or closed before, or about the officer who answered",
    fa: "شمار شکایت‌هایی که نگرفتند: پیش‌تر پاسخ داده یا بسته شده، یا دربارهٔ همان کارشناس",
  },
  "issue.number": { en: "The number of the event in the issue", fa: "شمارهٔ رویداد مشکل" },
  "issue.data": { en: "The issue right after the event", fa: "وضعیت مشکل درست پس از رویداد" },
  "issue.subject": { en: "The issue", fa: "مشکل" },
  "issue.complaintId": { en: "The linked complaint", fa: "شکایت پیوندخورده" },
  "refused.complaintId": { en: "The complaint that stays as it is", fa: "شکایتی که تغییر نکرد" },
  "issue.history.authority": { en: "The official whom the delay has reached", fa: "مقامی که تأخیر به او رسیده است" },
  "issue.withdrawal.reason": { en: "Why the issue is withdrawn", fa: "دلیل پس گرفتن مشکل" },
  "IssueLinkRow.status": { en: "The state of the linked complaint", fa: "وضعیت شکایت پیوندخورده" },
  "unread.since": { en: "Since when the text waits for an inspector", fa: "متن از چه زمانی در انتظار بازرس است" },
  "unread.overdue": {
    en: "Present once no inspector has read it in time",
    fa: "اگر بازرسان در مهلت نخوانده باشند می‌آید",
  },
  "OpenOutage.since": { en: "Since when the service is interrupted", fa: "خدمت از چه زمانی قطع است" },
};

import type { Language } from "#shared/vocabulary.ts";

/** The meanings of fields of notices to employees. */
export const noticeMeanings: Record<string, Record<Language, string>> = {
  noticeId: { en: "The id of the notice to an employee", fa: "شناسهٔ ابلاغیه به کارمند" },
  "notice.complaintId": { en: "The complaint on which the notice was opened", fa: "شکایتی که ابلاغیه دربارهٔ آن است" },
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
  nextDeadline: {
    en: "The next deadline of anybody; after it, time alone changes the notice",
    fa: "نخستین مهلت هر یک از طرف‌ها؛ پس از آن خودِ زمان وضعیت ابلاغیه را دگرگون می‌کند",
  },
  openQuestion: {
    en: "The number of the employee’s question that waits for an answer; missing if none waits",
    fa: "شمارهٔ پرسش کارمند که در انتظار پاسخ است؛ اگر پرسشی در انتظار نیست نیامده است",
  },
  waitsFor: {
    en: "Who must act next; missing if nothing but time changes the notice",
    fa: "نوبت کیست؛ اگر جز گذشت زمان چیزی ابلاغیه را دگرگون نمی‌کند نیامده است",
  },
  way: {
    en: "How the letter was served: a signed receipt (`receipt`), or the note of two officials that the employee declined to sign (`declined`)",
    fa: "شیوهٔ ابلاغ: رسید امضاشده، یا خودداری از امضا که دو مأمور گواهی کرده‌اند",
  },
  employment: { en: "Who employs the person", fa: "رابطهٔ استخدامی شخص" },
  employer: { en: "The employer of contract staff", fa: "کارفرمای نیروی پیمانی" },
  "records.query.personnelId": {
    en: "The personnel number; needed unless `employer` and `name` are given",
    fa: "شمارهٔ پرسنلی؛ لازم است، مگر آن که `employer` و `name` بیاید",
  },
  "records.query.employer": {
    en: "The employer of contract staff; together with `name` it takes the place of `personnelId`",
    fa: "کارفرمای نیروی پیمانی؛ همراه `name` به جای `personnelId` می‌آید",
  },
  "records.query.name": {
    en: "The employee's full name; needed with `employer`",
    fa: "نام و نام خانوادگی کارمند؛ با `employer` لازم است",
  },
  onPaper: {
    en: "Present if an inspector typed in an answer on paper",
    fa: "هنگامی آمده است که بازرس پاسخ کاغذی را وارد کرده است",
  },
  reasons: { en: "The reasons of a decision or judgement", fa: "دلیل تصمیم یا رأی" },
  end: { en: "Why the notice ended", fa: "چرایی پایان ابلاغیه" },
  endedAt: { en: "When the notice ended", fa: "زمان پایان ابلاغیه" },
  notices: {
    en: "Notices to employees on this complaint. One that is `asked` waits for the citizen's yes or no",
    fa: "ابلاغیه‌هایی که دربارهٔ این شکایت به کارمندان داده می‌شود. آنکه asked است منتظر آری یا نهِ شهروند است",
  },
  personal: {
    en: "The cause is the conduct of a person: an inspector may open a notice on it",
    fa: "این علت رفتار یک شخص است و بازرس می‌تواند بر آن ابلاغیه تنظیم کند",
  },
  letter: { en: "The last letter that was printed", fa: "آخرین نامه‌ای که چاپ شده است" },
  printedBy: { en: "The inspector who printed it", fa: "بازرسی که آن را چاپ کرد" },
  printedAt: { en: "When it was printed", fa: "زمان چاپ" },
  openedAt: { en: "When the notice was opened", fa: "زمان تنظیم ابلاغیه" },
  "letter.openedAt": {
    en: "When the letter's secret was used; it is dead since",
    fa: "زمانی که با رمز نامه وارد شده‌اند؛ آن رمز از آن پس کار نمی‌کند",
  },
  service: {
    en: "How the letter was served, as an inspector recorded it",
    fa: "ابلاغ نامه، چنان که بازرس ثبت کرده است",
  },
  recordedBy: { en: "The inspector who recorded the service", fa: "بازرسی که ابلاغ را ثبت کرد" },
  confirmedAt: {
    en: "When a second inspector confirmed the service; the employee's time began then",
    fa: "زمان تأیید بازرس دوم؛ مهلت کارمند از آن زمان آغاز شده است",
  },
  scan: { en: "The file with the signatures", fa: "فایل تصویر امضاها" },
  serveBy: { en: "Until when the letter must be served", fa: "مهلت ابلاغ نامه" },
  leaveDays: {
    en: "Days of the employee's leave that have lengthened this time",
    fa: "روزهای مرخصی کارمند که به این مهلت افزوده شده است",
  },
  onLeaveUntil: { en: "Until when the employee is on leave", fa: "پایان مرخصی کارمند" },
  "NoticeView.answeredAt": {
    en: "When the employee answered with the secret",
    fa: "زمانی که کارمند با رمز خود پاسخ داد",
  },
  paperAnswerBy: { en: "The inspector who typed in an answer on paper", fa: "بازرسی که پاسخ کاغذی را وارد کرد" },
  decidedBy: { en: "The inspector who decided", fa: "بازرسی که تصمیم گرفت" },
  contestBy: { en: "Until when the employee may contest the decision", fa: "مهلت اعتراض کارمند به تصمیم" },
  contestedAt: { en: "When the employee contested the decision", fa: "زمان اعتراض کارمند" },
  standsSince: {
    en: "Since when the entry stands in the employee's record",
    fa: "از چه زمانی در سابقهٔ کارمند آمده است",
  },
  standsUntil: { en: "Until when the entry stands", fa: "تا چه زمانی در سابقه می‌ماند" },
  deadline: { en: "The deadline of which the head of the centre was reminded", fa: "مهلتی که به رئیس مرکز یادآوری شد" },
  word: { en: "What the citizen was told of the notice, in one word", fa: "آنچه در یک واژه به شهروند گفته شد" },
  files: { en: "The files of the notice", fa: "فایل‌های ابلاغیه" },
  "files.fileName": { en: "The name under which the file was announced", fa: "نامی که فایل با آن اعلام شده است" },
  "files.state": {
    en: "Whether the file is awaited, kept or refused",
    fa: "فایل در انتظار است، پذیرفته شده یا رد شده است",
  },
  "NoticeLetter.address": {
    en: "Where the employee reads and answers",
    fa: "جایی که کارمند ابلاغیه را می‌خواند و پاسخ می‌دهد",
  },
  paragraphs: { en: "What the letter says", fa: "متن نامه" },
  rights: { en: "The employee's rights, one in each line", fa: "حقوق کارمند، هر سطر یکی" },
  receipt: { en: "The form that the employee signs", fa: "فرمی که کارمند امضا می‌کند" },
  "questions.text": { en: "The question of the employee, or its answer", fa: "پرسش کارمند یا پاسخ آن" },
  questions: { en: "The employee's questions, in their order", fa: "پرسش‌های کارمند به ترتیب" },
  askedAt: { en: "When it was asked", fa: "زمان پرسش" },
  stoppedSince: {
    en: "Since when the time for the answer stands still: a question waits for an inspector",
    fa: "از چه زمانی مهلت پاسخ ایستاده است: پرسشی در انتظار پاسخ بازرس است",
  },
  "EmployeeNotice.extended": {
    en: "Present once the five further days were taken",
    fa: "هنگامی آمده است که پنج روز بیشتر گرفته شده باشد",
  },
  contest: { en: "What the employee says against the decision", fa: "سخن کارمند در اعتراض به تصمیم" },
  "contest.text": { en: "Why the employee contests the decision", fa: "دلیل اعتراض کارمند" },
  "EmployeeRecords.about": { en: "What these entries are, and what they are not", fa: "این سوابق چیست و چه نیست" },
  year: { en: "The Iranian year", fa: "سال هجری شمسی" },
  entries: {
    en: "How many entries began to stand in this year, at random rounded to a multiple of five",
    fa: "شمار سوابقی که در آن سال قطعی شده است، به تصادف گردشده به مضربی از پنج",
  },
  "notice.agencyId": { en: "The agency where the employee works", fa: "دستگاه محل کار کارمند" },
  "notice.officeId": { en: "The office where the employee works", fa: "ادارهٔ محل کار کارمند" },
  "notice.employee": { en: "The employee to whom the notice is given", fa: "کارمندی که ابلاغیه به اوست" },
  "InspectorSummary.notices": {
    en: "Notices to employees that ended in the last year because nobody decided or judged in time",
    fa: "ابلاغیه‌هایی که در یک سال گذشته پایان یافت، چون در مهلت تصمیم یا رأیی داده نشد",
  },
  "notice.status": { en: "The state of the notice", fa: "وضعیت ابلاغیه" },
  "notice.outcome": { en: "What was decided", fa: "نتیجهٔ تصمیم" },
  "notice.answer": { en: "What the employee answered", fa: "پاسخ کارمند" },
  "notice.answerBy": { en: "Until when the employee may answer", fa: "مهلت پاسخ کارمند" },
  "notice.answer.text": { en: "What the employee answers", fa: "آنچه کارمند پاسخ می‌دهد" },
  "notice.attachments": {
    en: "The files of the answer: the ids that their announcements returned",
    fa: "فایل‌های پاسخ: شناسه‌هایی که هنگام اعلام فایل‌ها گرفته‌اید",
  },
  "notice.attachments.fileName": {
    en: "The file's own name, which the employee and the inspectors see",
    fa: "نام فایل، که کارمند و بازرسان می‌بینند",
  },
  "notice.number": { en: "The number of the event in the notice", fa: "شمارهٔ رویداد ابلاغیه" },
  "notice.secret": { en: "The notice's secret", fa: "رمز ابلاغیه" },
  "notice.title": { en: "The title of the letter", fa: "عنوان نامه" },
  "notice.declined": {
    en: "The form that two officials sign where the employee does not",
    fa: "فرمی که اگر کارمند امضا نکند دو مأمور امضا می‌کنند",
  },
  "notice.judgement": { en: "What the reviewer decided", fa: "رأی بازبین" },
};

/** What may be done with a case. */
export const moves = {
  acknowledge: { fa: "اعلام دریافت", en: "Acknowledge" },
  acknowledgeHint: {
    fa: "«اعلام دریافت» به شهروند می‌گوید که رسیدگی را آغاز کرده‌اید. اگر همین حالا پاسخ می‌دهید، لازم نیست: پاسخ دریافت را هم اعلام می‌کند.",
    en: "“Acknowledge” tells the citizen that you have begun. If you answer now, you can skip it: an answer acknowledges too.",
  },
  answer: { fa: "پاسخ دادن", en: "Answer" },
  sendMessage: { fa: "فرستادن پیام", en: "Send the message" },
  messageHint: {
    fa: "پیام هیچ مهلتی را متوقف نمی‌کند و اعلام دریافت نیست. پاسخ شهروند در همین پرونده و در فهرست دیده می‌شود.",
    en: "A message stops no deadline and acknowledges nothing. The citizen’s reply appears in this case and in the list.",
  },
  inspectorMessageHint: {
    fa: "شهروند و دستگاه این را می‌خوانند. پیام هیچ مهلتی را متوقف نمی‌کند.",
    en: "The citizen and the agency read it. A message stops no deadline.",
  },
  shortAnswer: {
    fa: "پاسخ کوتاه است؛ شهروند همین را می‌خواند. برای فرستادن یک بار دیگر بزنید.",
    en: "The answer is short; it is all that the citizen reads. Press once more to send it.",
  },
  sendAnswer: { fa: "فرستادن پاسخ", en: "Send the answer" },
  answerHint: { fa: "شهروند همهٔ پاسخ را می‌بیند.", en: "The citizen reads all of the answer." },
  answerIsFinal: { fa: "پاسخ پس از فرستادن تغییر نمی‌کند.", en: "An answer cannot be changed once it is sent." },
  extend: { fa: "تمدید مهلت پاسخ (یک بار)", en: "Extend the time to answer (once)" },
  transfer: { fa: "ارجاع به دستگاه دیگر", en: "Transfer to another agency" },
  message: { fa: "پرسش یا پیام به شهروند", en: "Ask or write to the citizen" },
  statement: {
    fa: "ثبت توضیح کارمندی که از او شکایت شده است",
    en: "Add the statement of the employee complained about",
  },
  statementHint: { fa: "بازرسان این را می‌خوانند، و شهروند نه.", en: "Inspectors read it, and the citizen does not." },
  claim: { fa: "برداشتن پرونده", en: "Claim" },
  release: { fa: "پس دادن پرونده", en: "Release" },
  visit: { fa: "برنامهٔ بازدید", en: "Order a visit" },
  plan: { fa: "تعیین زمان بازدید", en: "Plan the visit" },
  report: { fa: "گزارش بازدید", en: "Report the visit" },
  cancelVisit: { fa: "لغو بازدید", en: "Cancel the visit" },
  decide: { fa: "رأی دادن", en: "Decide" },
  sendDecision: { fa: "ثبت رأی", en: "Record the decision" },
  reject: { fa: "بستن بدون رأی", en: "Close without a decision" },
  directive: { fa: "دستور به دستگاه", en: "Give a directive" },
  identity: { fa: "دیدن مشخصات شهروند", en: "See who the citizen is" },
  identityWarning: {
    fa: "شهروند می‌بیند که شما مشخصات او را دیده‌اید. ببینم؟",
    en: "The citizen will see that you looked. Go on?",
  },
  renewSecret: { fa: "دادن رمز تازه به شهروند", en: "Give the citizen a new secret" },
  renewSecretHint: {
    fa: "تنها پس از دیدن کارت ملی شهروند در برابر خود. رمز پیشین همان دم از کار می‌افتد و شهروند نام شما را می‌بیند.",
    en: "Only after you saw the citizen's card in person. The old secret stops at once, and the citizen sees your name.",
  },
  secondInspector: {
    fa: "این رمز چند بار نو شده است. بازرس دیگری هم باید کارت را ببیند و تا {when} همین درخواست را بفرستد.",
    en: "This secret was renewed several times. Another inspector has to see the card too, and send the same request until {when}.",
  },
  renewedSecret: {
    fa: "این رمز را اکنون به شهروند بدهید؛ دیگر نشان داده نمی‌شود.",
    en: "Hand this to the citizen now; it is not shown again.",
  },
  secretFields: {
    secret: { fa: "رمز", en: "Secret" },
    phoneSecret: { fa: "رمز تلفنی", en: "Secret for a keypad" },
  },
} as const;

/** The sentences that tell what will happen when the button of a form is pressed a second time. */
export const summaries = {
  pressAgain: {
    fa: "اگر درست است، یک بار دیگر همین دکمه را بزنید.",
    en: "If this is right, press the button once more.",
  },
  decide: {
    fa: "یافته: {finding}. علت: {cause}. شکایت با این رأی بسته می‌شود.",
    en: "Finding: {finding}. Cause: {cause}. The decision closes the complaint.",
  },
  reject: {
    fa: "شکایت بدون رأی بسته می‌شود. دلیل: {reason}.",
    en: "The complaint is closed without a decision. Reason: {reason}.",
  },
  transfer: { fa: "شکایت به «{agency}» می‌رود.", en: "The complaint goes to “{agency}”." },
  publish: { fa: "همه این عنوان را می‌خوانند: «{title}».", en: "Everybody will read this title: “{title}”." },
} as const;

/** The note after each move. */
export const moved = {
  acknowledge: { fa: "دریافت اعلام شد.", en: "You have acknowledged the complaint." },
  answer: { fa: "پاسخ شما فرستاده شد.", en: "Your answer is sent." },
  extend: { fa: "مهلت پاسخ تمدید شد.", en: "The time to answer is extended." },
  transfer: { fa: "پروندهٔ {id} به دستگاه دیگر ارجاع شد.", en: "Case {id} is transferred to another agency." },
  message: { fa: "پیام شما برای شهروند فرستاده شد.", en: "Your message is sent to the citizen." },
  inspectorMessage: {
    fa: "پیام شما برای شهروند و دستگاه فرستاده شد.",
    en: "Your message is sent to the citizen and the agency.",
  },
  statement: { fa: "توضیح کارمند ثبت شد.", en: "The employee’s statement is added." },
  claim: { fa: "پرونده را برداشتید.", en: "You have claimed the case." },
  release: { fa: "پرونده را پس دادید.", en: "You have released the case." },
  visit: { fa: "بازدید در برنامه است.", en: "The visit is ordered." },
  plan: { fa: "زمان بازدید تعیین شد.", en: "The visit is planned." },
  report: { fa: "گزارش بازدید ثبت شد.", en: "The visit is reported." },
  cancelVisit: { fa: "بازدید لغو شد.", en: "The visit is cancelled." },
  decide: { fa: "رأی شما ثبت شد.", en: "Your decision is recorded." },
  reject: { fa: "پرونده بدون رأی بسته شد.", en: "The case is closed without a decision." },
  directive: { fa: "دستور شما به دستگاه فرستاده شد.", en: "Your directive is sent to the agency." },
} as const;

/** The fields of the forms. */
export const fields = {
  text: { fa: "متن", en: "Text" },
  answer: { fa: "پاسخ", en: "Answer" },
  answerText: { fa: "متن پاسخ، به زبانی که شهروند بفهمد", en: "The answer, in words that the citizen understands" },
  reason: { fa: "دلیل", en: "Reason" },
  finding: { fa: "نتیجهٔ بررسی", en: "Finding" },
  cause: { fa: "علت", en: "Cause" },
  causeHint: {
    fa: "علت مشکلی که شهروند از آن شکایت دارد.",
    en: "What caused the problem that the citizen complains of.",
  },
  causeOfUnfounded: {
    fa: "اگر شکایت وارد نیست: «{cause}».",
    en: "If the complaint is unfounded: “{cause}”.",
  },
  actions: { fa: "اقدام‌های وعده‌داده‌شده", en: "Promised actions" },
  action: { fa: "اقدام", en: "Action" },
  dueOn: { fa: "تا روز", en: "By the day" },
  dueOnIfAny: { fa: "تا روز (اختیاری)", en: "By the day (optional)" },
  addAnotherAction: { fa: "اقدام دیگر", en: "Another action" },
  addAction: { fa: "افزودن اقدام", en: "Add an action" },
  remove: { fa: "حذف", en: "Remove" },
  toAgencyId: { fa: "به دستگاه", en: "To the agency" },
  employeeName: { fa: "نام کارمند", en: "Employee’s name" },
  employeeCounter: { fa: "باجه", en: "Counter" },
  plannedAt: { fa: "زمان بازدید", en: "Time of the visit" },
  arrivedAt: { fa: "زمان حضور", en: "Time of arrival" },
  visitResult: { fa: "نتیجهٔ بازدید", en: "What was found" },
  upholdsAnswer: { fa: "پاسخ دستگاه", en: "The agency’s answer" },
  upheld: { fa: "پاسخ دستگاه تأیید می‌شود", en: "The agency’s answer is upheld" },
  notUpheld: { fa: "پاسخ دستگاه تأیید نمی‌شود", en: "The agency’s answer is not upheld" },
  date: { fa: "روز", en: "Day" },
  name: { fa: "نام", en: "Name" },
  sub: { fa: "شناسه (sub)", en: "Id (sub)" },
  role: { fa: "نقش", en: "Role" },
  authority: { fa: "مقام", en: "Authority" },
  personnelId: { fa: "شمارهٔ پرسنلی", en: "Personnel id" },
  countyIds: { fa: "شهرستان‌ها", en: "Counties" },
  place: { fa: "کجا", en: "Where" },
  wholeProvince: { fa: "همهٔ استان", en: "Whole province" },
  closed: { fa: "تعطیل", en: "Closed" },
  from: { fa: "از ساعت", en: "From" },
  to: { fa: "تا ساعت", en: "To" },
} as const;

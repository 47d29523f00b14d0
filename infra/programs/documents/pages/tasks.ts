import type { Caller } from "#shared/people/principal.ts";
import type { Task } from "./entries.ts";
import { issueTasks } from "./tasks-of-issues.ts";
import { officialsTasks } from "./tasks-of-officials.ts";

const ownWebhook = (who: "FrontEnd" | "Agency"): Task => ({
  title: { en: "Have the events sent to you", fa: "بخواهید رویدادها را برایتان بفرستند" },
  text: {
    en: "The province posts the same events to your HTTPS address. [How to receive them](#webhook-steps). If your receiver was down for long, the sending stops: look why, and resume it.",
    fa: "استان همان رویدادها را به نشانی HTTPS شما می‌فرستد. [چگونه بگیرید](#webhook-steps). اگر گیرنده مدتی خاموش بماند ارسال می‌ایستد: سبب را ببینید و از سر بگیرید.",
  },
  operations: [`get${who}Webhook`, `post${who}WebhookResume`],
});

const frontEnd: Task[] = [
  {
    title: { en: "Get a token", fa: "توکن بگیرید" },
    text: {
      en: "The province registers your program and gives you an id and a secret. [With both you get a token](#token), which you send with each request. It never leaves your server.",
      fa: "استان برنامهٔ شما را ثبت می‌کند و شناسه و رمز می‌دهد. [با این دو توکن بگیرید](#token) و با هر درخواست بفرستید. توکن از سرور شما بیرون نمی‌رود.",
    },
    operations: [],
  },
  {
    title: { en: "Read the catalog", fa: "فهرست استان را بخوانید" },
    text: {
      en: "[`GET /v1/catalog`](#getCatalog) has the counties, agencies and subjects that your form offers. It needs no token.",
      fa: "شهرستان‌ها، دستگاه‌ها و موضوع‌هایی که فرم شما نشان می‌دهد در [`GET /v1/catalog`](#getCatalog) است. توکن نمی‌خواهد.",
    },
    operations: [],
  },
  {
    title: { en: "File the complaint", fa: "شکایت را ثبت کنید" },
    text: {
      en: "Send a new `Idempotency-Key` with each complaint, and the same key when you try again. Give the id and the secret of the receipt to the citizen at once, and keep neither.",
      fa: "با هر شکایت یک `Idempotency-Key` تازه بفرستید و هنگام تکرار همان را. کد و رمز رسید را همان دم به شهروند بدهید و نزد خود نگه ندارید.",
    },
    operations: ["postComplaints"],
  },
  {
    title: { en: "Let the citizen follow it", fa: "بگذارید شهروند پیگیری کند" },
    text: {
      en: "Your page reads the complaint, and accepts or disputes the answer, with id and secret: see [the citizen's page](#caller-citizen). At the telephone you read the case aloud with both codes.",
      fa: "صفحهٔ شما با کد و رمز شکایت را می‌خواند و پاسخ را می‌پذیرد یا به آن اعتراض می‌کند: [صفحهٔ شهروند](#caller-citizen). پشت تلفن، پرونده را با همین دو کد برای شهروند می‌خوانید.",
    },
    operations: ["getFrontEndComplaint"],
  },
  {
    title: { en: "Read what happened to your filings", fa: "ببینید بر شکایت‌های شما چه گذشت" },
    text: {
      en: "Ask about once a minute with `after`, the id of the last event that you have. The events have type, time and status, and no text.",
      fa: "نزدیک دقیقه‌ای یک بار با `after`، شناسهٔ آخرین رویدادی که دارید، بپرسید. رویداد نوع، زمان و وضعیت دارد و متن ندارد.",
    },
    operations: ["getFrontEndEvents"],
  },
  ownWebhook("FrontEnd"),
  {
    title: { en: "Call citizens back", fa: "با شهروندان تماس بگیرید" },
    text: {
      en: "Only the front end that the province names does this. List whom to call, ask for the four digits, and open the call with them: the answer says what it is about. Then record what came of it. A citizen who is not content may dispute the answer while you speak. With the purpose `issue`, say the title and ask whether that is mended. Without digits say only that there is news at 128: somebody else may have picked up the phone.",
      fa: "تنها درگاهی که استان نام برده است تماس می‌گیرد. فهرست تماس را بگیرید، کد چهاررقمی را بپرسید و بفرستید: پاسخ می‌گوید موضوع چیست. سپس نتیجه را ثبت کنید. شهروند ناراضی می‌تواند همان‌جا به پاسخ اعتراض کند. اگر هدف تماس `issue` است، عنوان مشکل را بگویید و بپرسید که آیا رفع شده است. بدون کد فقط بگویید که در ۱۲۸ خبری هست، چون شاید کس دیگری گوشی را برداشته باشد.",
    },
    operations: [
      "getFrontEndCalls",
      "postFrontEndCallOpening",
      "postFrontEndCall",
      "postFrontEndCallIssueAnswer",
      "postFrontEndCallDispute",
    ],
  },
];

const citizen: Task[] = [
  {
    title: { en: "Read the complaint", fa: "شکایت را بخوانید" },
    text: {
      en: "The id and the secret of the receipt are enough; [nobody needs an account](#secret). The answer has the history, the deadlines and, in `allowedMoves`, what the citizen may do now. With `issueId`, the cause is shared with others: [the issue](#getIssue) says who mends it and until when.",
      fa: "کد و رمز رسید کافی است؛ [حساب کاربری لازم نیست](#secret). پاسخ، تاریخچه و مهلت‌ها را دارد و `allowedMoves` می‌گوید شهروند اکنون چه می‌تواند بکند. اگر `issueId` دارد، دیگران هم همین علت را داشته‌اند: [مشکل](#getIssue) می‌گوید چه کسی و تا چه روزی آن را رفع می‌کند.",
    },
    operations: ["getComplaint", "getComplaintDeadlines"],
  },
  {
    title: { en: "Add to it", fa: "چیزی به آن بیفزایید" },
    text: {
      en: "Write a message, or send a picture or a document: announce the file first, then [send it with the form](#files) that you get.",
      fa: "پیام بنویسید، یا عکس و سند بفرستید: نخست فایل را اعلام کنید، سپس [با فرمی که می‌گیرید](#files) بفرستید.",
    },
    operations: ["postComplaintMessages", "postComplaintAttachments", "getComplaintAttachment"],
  },
  {
    title: { en: "Say whether the answer is good", fa: "دربارهٔ پاسخ نظر دهید" },
    text: {
      en: "Once the complaint is `answered`, the citizen accepts or disputes the answer. A dispute goes to an inspector. An opinion can be given besides, and it closes nothing.",
      fa: "وقتی وضعیت `answered` شد، شهروند پاسخ را می‌پذیرد یا به آن اعتراض می‌کند. اعتراض به بازرس می‌رسد. نظر را جداگانه هم می‌توان داد و چیزی را نمی‌بندد.",
    },
    operations: ["postComplaintAcceptance", "postComplaintDispute", "postComplaintOpinion"],
  },
  {
    title: { en: "Say whether a promise was kept", fa: "بگویید وعده‌ای عملی شد یا نه" },
    text: {
      en: "After the agency reported that a promised action was done, the citizen may object within 10 days: `n` is its `number` in `promises`. Without objection it stands as what the agency says.",
      fa: "پس از آن‌که دستگاه انجام اقدامی را گزارش کرد، شهروند ۱۰ روز فرصت اعتراض دارد؛ `n` همان `number` در `promises` است. بدون اعتراض، تنها گفتهٔ دستگاه ثبت می‌ماند.",
    },
    operations: ["postComplaintActionObjection"],
  },
  {
    title: { en: "Stop", fa: "انصراف دهید" },
    text: {
      en: "A withdrawal closes the complaint.",
      fa: "انصراف، شکایت را می‌بندد.",
    },
    operations: ["postComplaintWithdrawal"],
  },
  {
    title: { en: "Decide about your own data", fa: "دربارهٔ اطلاعات خود تصمیم بگیرید" },
    text: {
      en: "The citizen says whether the agency sees the name and whether somebody calls or sends messages, takes it back, takes everything out, or has the identity erased.",
      fa: "شهروند تعیین می‌کند که دستگاه نام او را ببیند یا نه، و با او تماس بگیرند یا پیامک بفرستند یا نه. می‌تواند این اجازه‌ها را پس بگیرد، رونوشت پرونده را بگیرد یا مشخصات خود را پاک کند.",
    },
    operations: ["postComplaintConsent", "getComplaintExport", "deleteComplaintIdentity"],
  },
  {
    title: { en: "Say whether the employee is confronted", fa: "بگویید که موضوع با کارمند در میان گذاشته شود یا نه" },
    text: {
      en: "An inspector who opens a notice to the employee asks the citizen first. The citizen agrees, or ends it.",
      fa: "بازرس پیش از آن‌که موضوع را به کارمند ابلاغ کند، نظر شهروند را می‌پرسد. شهروند موافقت می‌کند یا نمی‌گذارد ابلاغ شود.",
    },
    operations: ["postComplaintNoticeConsent"],
  },
];

const agency: Task[] = [
  {
    title: { en: "See what waits", fa: "ببینید چه در انتظار است" },
    text: {
      en: "The list has the soonest deadline first. A program keeps its copy better [from the queue](#queue), from the events or by webhook.",
      fa: "نزدیک‌ترین مهلت در آغاز فهرست است. برنامه بهتر است نسخهٔ خود را [از صف](#queue)، رویدادها یا وب‌هوک نگه دارد.",
    },
    operations: ["getAgencySummary", "getAgencyComplaints"],
  },
  {
    title: { en: "Read the complaint", fa: "شکایت را بخوانید" },
    text: {
      en: "The view has `version`: send it as [`If-Match`](#versions) with what the officer decides. Links to files are valid for a minute.",
      fa: "شکایتی که می‌خوانید `version` دارد: هنگام فرستادن تصمیم کارشناس، آن را در سرآیند [`If-Match`](#versions) بفرستید. پیوند فایل‌ها یک دقیقه اعتبار دارد.",
    },
    operations: ["getAgencyComplaint", "getAgencyComplaintDeadlines", "getAgencyComplaintAttachment"],
  },
  {
    title: { en: "Acknowledge it", fa: "دریافت را اعلام کنید" },
    text: {
      en: "Name the officer who works on it, before `acknowledgeBy`. The employee complained of cannot be that officer.",
      fa: "پیش از `acknowledgeBy` کارشناسی را که رسیدگی می‌کند نام ببرید. کارمند مورد شکایت نمی‌تواند آن کارشناس باشد.",
    },
    operations: ["postAgencyComplaintAcknowledgement"],
  },
  {
    title: { en: "If it is not yours, or takes longer", fa: "اگر مربوط به شما نیست یا زمان بیشتری می‌خواهد" },
    text: {
      en: "Send it on to the agency that it concerns: no clock starts again. Or extend the time to answer, once, before it is over.",
      fa: "آن را به دستگاه مربوط ارجاع دهید: مهلت اعلام دریافت از نو حساب می‌شود، ولی مهلت پاسخ تغییر نمی‌کند. یا پیش از پایان مهلت، یک بار آن را تمدید کنید.",
    },
    operations: ["postAgencyComplaintTransfer", "postAgencyComplaintExtension"],
  },
  {
    title: { en: "Ask the citizen, hear the employee", fa: "از شهروند بپرسید و سخن کارمند را بشنوید" },
    text: {
      en: "The citizen reads your messages. A statement of the employee complained of is kept with the case.",
      fa: "شهروند پیام شما را می‌خواند. دفاعیهٔ کارمند مورد شکایت در پرونده می‌ماند.",
    },
    operations: ["postAgencyComplaintMessages", "postAgencyComplaintStatement"],
  },
  {
    title: { en: "Answer", fa: "پاسخ دهید" },
    text: {
      en: "Before `answerBy`, with a finding, its cause, and the actions that you promise. An answer cannot be taken back.",
      fa: "پیش از `answerBy`، با نتیجهٔ رسیدگی، علت، و اقدام‌هایی که وعده می‌دهید. پاسخ را نمی‌توان پس گرفت.",
    },
    operations: ["postAgencyComplaintAnswer"],
  },
  {
    title: { en: "Keep what you promised", fa: "به وعده‌های خود عمل کنید" },
    text: {
      en: "Three days before its day you are reminded of a promised action. Report it once it is done, after the closing too; `n` is its `number` in `promises`. The citizen may object within 10 days.",
      fa: "سه روز پیش از زمان هر اقدام به شما یادآوری می‌شود. پس از انجام، حتی اگر پرونده بسته شده باشد، آن را گزارش کنید؛ `n` همان `number` در `promises` است. شهروند ۱۰ روز فرصت اعتراض دارد.",
    },
    operations: ["postAgencyComplaintActionReport"],
  },
  {
    title: { en: "Read events instead of asking", fa: "به جای پرسیدن، رویدادها را بخوانید" },
    text: {
      en: "The events come in order and complete, half a minute later. Send `after`, the id of the last event that you have.",
      fa: "رویدادها به ترتیب و کامل، نیم دقیقه دیرتر می‌آیند. `after`، شناسهٔ آخرین رویدادی که دارید، را بفرستید.",
    },
    operations: ["getAgencyEvents"],
  },
  issueTasks.agency,
  ownWebhook("Agency"),
  {
    title: { en: "See your own figures", fa: "آمار خود را ببینید" },
    text: {
      en: "They are exact, and only the agency itself and administrators see them.",
      fa: "این ارقام دقیق است و تنها خود دستگاه و مدیران آن را می‌بینند.",
    },
    operations: ["getAgencyPerformance"],
  },
];

type CallerWithTasks = Exclude<Caller, "public" | "person" | "employee" | "reviewer" | "personnel">;

/** What each caller does, in the order in which the caller does it. Every operation of the caller stands in one task. */
export const tasks: Record<CallerWithTasks, Task[]> = {
  "front-end": frontEnd,
  citizen,
  agency,
  ...officialsTasks,
};

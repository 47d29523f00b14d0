import type { Task } from "./entries.ts";
import { issueTasks } from "./tasks-of-issues.ts";

const inspector: Task[] = [
  {
    title: { en: "Find the case", fa: "پرونده را پیدا کنید" },
    text: {
      en: "`queue` lists what waits for an inspector, such as `disputed`. Without it you search the whole province.",
      fa: "`queue` آنچه را در انتظار بازرس است فهرست می‌کند، مانند `disputed`. بدون آن در همهٔ استان جست‌وجو می‌کنید.",
    },
    operations: ["getInspectorSummary", "getInspectorComplaints"],
  },
  {
    title: { en: "Read it, and say that you work on it", fa: "آن را بخوانید و بگویید که روی آن کار می‌کنید" },
    text: {
      en: "A claim tells colleagues for a day who works on the case. It forbids nobody anything.",
      fa: "با این اعلام، همکاران تا یک شبانه‌روز می‌دانند چه کسی روی پرونده کار می‌کند. چیزی برای کسی ممنوع نمی‌شود.",
    },
    operations: [
      "getInspectorComplaint",
      "getInspectorComplaintDeadlines",
      "getInspectorComplaintAttachment",
      "postInspectorComplaintClaim",
      "deleteInspectorComplaintClaim",
    ],
  },
  {
    title: { en: "Visit the office", fa: "از اداره بازدید کنید" },
    text: {
      en: "Order a visit, plan it, and report what you found. A planned visit is not visible to the agency.",
      fa: "دستور بازدید بدهید، آن را برنامه‌ریزی کنید و آنچه را دیدید گزارش دهید. دستگاه بازدید برنامه‌ریزی‌شده را نمی‌بیند.",
    },
    operations: [
      "postInspectorComplaintVisits",
      "getInspectorVisits",
      "postInspectorComplaintVisitPlan",
      "postInspectorComplaintVisitCancellation",
      "postInspectorComplaintVisitReport",
    ],
  },
  {
    title: { en: "Ask", fa: "بپرسید" },
    text: {
      en: "Write to citizen and agency. If you must know who complains, read the identity: the citizen sees that you did.",
      fa: "به شهروند و دستگاه بنویسید. اگر باید بدانید شاکی کیست، مشخصات او را ببینید: شهروند از این کار آگاه می‌شود.",
    },
    operations: ["postInspectorComplaintMessages", "getInspectorComplaintIdentity"],
  },
  {
    title: { en: "Decide", fa: "رأی دهید" },
    text: {
      en: "Decide the dispute, reject what is no case for this system, or send the complaint to the agency that it concerns.",
      fa: "دربارهٔ اعتراض رأی دهید، شکایت خارج از صلاحیت را رد کنید، یا آن را به دستگاه مربوط بفرستید.",
    },
    operations: ["postInspectorComplaintDecision", "postInspectorComplaintRejection", "postInspectorComplaintTransfer"],
  },
  {
    title: { en: "See whether promises are kept", fa: "ببینید به وعده‌ها عمل شده است یا نه" },
    text: {
      en: "The work queue `promises` has promised actions that are overdue, and reports to which the citizen objected. Say whether the action was done: this alone takes it off the list.",
      fa: "در کارتابل `promises` اقدام‌هایی هست که زمان آن‌ها گذشته یا شهروند به گزارش انجامشان اعتراض کرده است. بگویید که انجام شده است یا نه؛ تنها همین، آن را از فهرست بیرون می‌برد.",
    },
    operations: ["postInspectorComplaintActionJudgement"],
  },
  {
    title: { en: "See what repeats", fa: "ببینید چه چیزی تکرار می‌شود" },
    text: {
      en: "Each morning from six o'clock: groups of complaints of the last 14 days that are larger than chance explains, by agency, category and county, or by agency and cause. Decide yourself whether it is an issue: in a year without any, some still come. `oneSource`: one front end filed nearly all of them.",
      fa: "هر روز از ساعت شش صبح: گروه‌هایی از شکایت‌های ۱۴ روز گذشته که بیش از اتفاق‌اند، به تفکیک دستگاه و دسته و شهرستان، یا دستگاه و علت. خودتان تصمیم بگیرید که موضوعی در کار هست یا نه؛ چند پیشنهاد هم همیشه اتفاقی است. `oneSource`: تقریباً همه را یک درگاه ثبت کرده است.",
    },
    operations: ["getInspectorProposals"],
  },
  {
    title: { en: "Put it to an employee", fa: "موضوع را به کارمند ابلاغ کنید" },
    text: {
      en: "Opening, serving, hearing and deciding stand on [a page of their own](#notices).",
      fa: "تنظیم، ابلاغ، شنیدن و تصمیم در [صفحهٔ خود](#notices) آمده است.",
    },
    operations: [],
  },
  {
    title: { en: "Help a citizen who lost the secret", fa: "به شهروندی که رمز خود را گم کرده کمک کنید" },
    text: {
      en: "The citizen comes in person with the national card. The old secret ends at once.",
      fa: "شهروند حضوری و با کارت ملی می‌آید. رمز پیشین همان دم بی‌اعتبار می‌شود.",
    },
    operations: ["postInspectorComplaintSecret"],
  },
  issueTasks.inspector,
];

/** What inspectors do with notices to employees. It stands on the page of notices. */
export const noticeTasks: Task[] = [
  {
    title: { en: "Open a notice to an employee", fa: "برای کارمند ابلاغیه تنظیم کنید" },
    text: {
      en: "It names the employee and the evidence, and nothing that the citizen gave. The citizen is asked first.",
      fa: "در ابلاغیه نام کارمند و مستندات می‌آید، ولی هیچ‌یک از اطلاعاتی که شهروند داده است نمی‌آید. نخست نظر شهروند پرسیده می‌شود.",
    },
    operations: ["postInspectorComplaintNotices", "getInspectorNotices", "getInspectorNotice"],
  },
  {
    title: { en: "Serve the letter", fa: "نامه را ابلاغ کنید" },
    text: {
      en: "Print the letter, have it signed, send the scan and record it. A second inspector confirms; then the employee's time begins.",
      fa: "نامه را چاپ کنید، امضا بگیرید، تصویر آن را بفرستید و ابلاغ را ثبت کنید. بازرس دوم تأیید می‌کند و مهلت کارمند آغاز می‌شود.",
    },
    operations: [
      "postInspectorNoticeLetter",
      "postInspectorNoticeLeave",
      "postInspectorNoticeAttachments",
      "getInspectorNoticeAttachment",
      "postInspectorNoticeService",
      "postInspectorNoticeServiceConfirmation",
    ],
  },
  {
    title: { en: "Hear the employee and decide", fa: "سخن کارمند را بشنوید و تصمیم بگیرید" },
    text: {
      en: "An inspector who took no part in the case decides. If an authority is late, the notice ends in favour of the employee.",
      fa: "بازرسی تصمیم می‌گیرد که در پرونده نقشی نداشته است. اگر دیر شود، ابلاغیه به سود کارمند پایان می‌یابد.",
    },
    operations: ["postInspectorNoticeQuestions", "postInspectorNoticeAnswer", "postInspectorNoticeDecision"],
  },
];

const overseer: Task[] = [
  {
    title: { en: "See what is late", fa: "ببینید چه دیر شده است" },
    text: {
      en: "The numbers of your counties, and the last closed weeks.",
      fa: "شمار شکایت‌های شهرستان‌های شما و هفته‌های گذشته.",
    },
    operations: ["getOverseerSummary"],
  },
  {
    title: { en: "Read what has reached you", fa: "آنچه را به شما رسیده است بخوانید" },
    text: {
      en: "You see a complaint from the moment in which it is escalated to [your level](#life).",
      fa: "شکایت را از لحظه‌ای می‌بینید که به [سطح شما](#life) برسد.",
    },
    operations: ["getOverseerComplaints", "getOverseerComplaint"],
  },
  {
    title: { en: "Say what to do", fa: "دستور دهید" },
    text: {
      en: "A directive reaches the agency and stays in the case. It changes no deadline.",
      fa: "دستور به دستگاه می‌رسد و در پرونده می‌ماند. هیچ مهلتی را تغییر نمی‌دهد.",
    },
    operations: ["postOverseerComplaintDirectives"],
  },
  issueTasks.overseer,
];

const admin: Task[] = [
  {
    title: { en: "Register people", fa: "کاربران را ثبت کنید" },
    text: {
      en: "Officers, inspectors, overseers and administrators are registered with their roles. A person who signs in without a registration sees an id, `sub`, and gives it to you. A change counts within a minute.",
      fa: "کارشناس دستگاه، بازرس، مقام ناظر و مدیر با نقش خود ثبت می‌شود. کسی که هنوز ثبت نشده است، هنگام ورود شناسهٔ خود (`sub`) را می‌بیند و به شما می‌دهد. هر تغییر حداکثر یک دقیقه بعد اثر می‌کند.",
    },
    operations: ["getAdminPeople", "putAdminPerson", "getAdminPerson", "deleteAdminPerson"],
  },
  {
    title: { en: "Change the office hours of a day", fa: "ساعت کاری یک روز را تغییر دهید" },
    text: {
      en: "For a day that closes or changes: smog, snow, a decree. Send `closed`, or other hours in `intervals`. Deadlines are counted anew from this moment on.",
      fa: "برای روزی که تعطیل می‌شود یا ساعت کاری آن تغییر می‌کند: آلودگی هوا، برف، مصوبه. `closed` را بفرستید یا ساعت‌های دیگر را در `intervals`. مهلت‌ها از همان لحظه از نو حساب می‌شود.",
    },
    operations: ["getAdminOfficeHours", "putAdminOfficeHours", "deleteAdminOfficeHours"],
  },
  {
    title: { en: "Look after deliveries", fa: "به تحویل رویدادها برسید" },
    text: {
      en: "See which events did not arrive and which webhook stopped. Have events sent again, resume a webhook, or give its owner the secret for [the signature](#webhook-signature).",
      fa: "ببینید کدام رویداد نرسیده و کدام وب‌هوک ایستاده است. رویدادها را دوباره بفرستید، وب‌هوک را از سر بگیرید، یا کلید [امضا](#webhook-signature) را به صاحب آن بدهید.",
    },
    operations: [
      "getAdminDeliveries",
      "postAdminDeliveriesRedrive",
      "getAdminWebhook",
      "putAdminWebhookSecret",
      "postAdminWebhookResume",
    ],
  },
  {
    title: { en: "Keep a case for a court", fa: "پرونده را برای دادگاه نگه دارید" },
    text: {
      en: "Nothing of a held case is erased until you lift the hold.",
      fa: "تا دستور نگهداری را لغو نکنید چیزی از پرونده پاک نمی‌شود.",
    },
    operations: ["getAdminHold", "putAdminHold", "deleteAdminHold"],
  },
  {
    title: { en: "See who read what", fa: "ببینید چه کسی چه خوانده است" },
    text: {
      en: "The audit lists what admins and inspectors did beside moves. Somebody who read too many identities reads no more until you allow it.",
      fa: "سابقهٔ ممیزی نشان می‌دهد مدیران و بازرسان، جز رسیدگی به شکایت‌ها، چه کرده‌اند. کسی که مشخصات شهروندان را بیش از سقف دیده است، تا شما اجازه ندهید دیگر مشخصاتی نمی‌بیند.",
    },
    operations: ["getAdminAudit", "getAdminIdentityLimits", "deleteAdminIdentityLimits"],
  },
  {
    title: { en: "See the figures of every agency", fa: "آمار همهٔ دستگاه‌ها را ببینید" },
    text: {
      en: "Exact figures of a month, for the centre only. They are not the published ones, which are rounded.",
      fa: "آمار دقیق یک ماه، تنها برای مرکز. ارقام منتشرشده گرد شده‌اند و با این‌ها یکی نیستند.",
    },
    operations: ["getAdminPerformance"],
  },
];

export const officialsTasks = { inspector, overseer, admin };

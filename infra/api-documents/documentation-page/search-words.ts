/** Words that a reader would type and that the documents do not have, by a part of the operation's id. */
const words: Record<string, string> = {
  postComplaints: "file create new submit register lodge ثبت شکایت تازه ایجاد فرستادن",
  Attachment: "upload file photo picture document download آپلود بارگذاری فایل عکس تصویر سند پیوست ارسال دانلود",
  Answer: "answer reply respond response پاسخ جواب",
  Acknowledgement: "acknowledge receipt confirm اعلام وصول دریافت تأیید",
  Acceptance: "accept satisfied confirm پذیرش رضایت تأیید قبول",
  Dispute: "dispute object appeal reject اعتراض نارضایتی",
  Withdrawal: "withdraw cancel انصراف پس گرفتن لغو",
  Messages: "message chat write note پیام گفتگو نوشتن",
  Transfer: "transfer forward refer ارجاع انتقال",
  Extension: "extend more time تمدید مهلت زمان بیشتر",
  Statement: "employee statement defence دفاع کارمند اظهار",
  Deadlines: "deadline due clock time office hours مهلت زمان ساعت سررسید",
  Events: "feed events poll changes رویداد فهرست تغییر",
  Webhook: "webhook push callback signature secret وب‌هوک امضا رمز کلید ارسال",
  Calls: "call phone list تماس تلفن فهرست",
  FrontEndCall: "call phone telephone تماس تلفن",
  Visit: "visit inspection بازدید حضور",
  Decision: "decide verdict judgment رأی حکم تصمیم",
  Rejection: "reject refuse out of scope رد",
  Identity: "identity name national id who مشخصات هویت نام کد ملی شاکی",
  Secret: "secret password lost renew رمز گم فراموش",
  Claim: "claim assign take بر عهده گرفتن کارتابل",
  Consent: "consent privacy sms اجازه رضایت پیامک حریم",
  Export: "export copy data خروجی رونوشت",
  Opinion: "opinion rating survey feedback نظر نظرسنجی امتیاز",
  OfficeHours: "holiday office hours closed تعطیل ساعت کاری روز",
  People: "users people list کاربران اشخاص فهرست",
  Person: "user person role register کاربر نقش ثبت شخص",
  Deliveries: "dead letter undelivered retry redrive تحویل‌نشده دوباره",
  Audit: "audit log who did ممیزی گزارش",
  Hold: "legal hold court keep دادگاه نگهداری",
  Statistics: "statistics figures numbers csv open data آمار ارقام داده",
  Performance: "performance figures month عملکرد آمار ماه",
  Catalog: "catalog agencies counties categories list کاتالوگ دستگاه شهرستان موضوع فهرست",
  Summary: "count numbers dashboard شمار تعداد داشبورد",
  Directives: "directive order instruct دستور",
  Unsubscribe: "unsubscribe mail email رایانامه ایمیل لغو",
  Complaint: "case tracking پرونده پیگیری",
  Complaints: "cases list inbox work queue پرونده فهرست کارتابل",
  getMe: "whoami login signed in role ورود نقش",
  Docs: "documentation help راهنما مستندات",
  Openapi: "swagger openapi schema client",
  Asyncapi: "queue sqs schema صف",
  Changes: "changelog deprecated version تغییر نسخه منسوخ",
};

/** The further words by which a reader finds an operation. */
export function searchWords(operationId: string): string[] {
  return Object.entries(words)
    .filter(([part]) => operationId.includes(part))
    .map(([, found]) => found);
}

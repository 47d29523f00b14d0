import type { Task } from "./entries.ts";

/** The tasks about issues, by who does them. */
export const issueTasks = {
  agency: {
    title: { en: "Mend a repeated cause", fa: "علت تکراری را برطرف کنید" },
    text: {
      en: "An inspector makes a cause that many complaints share an *issue* of your agency. Plan how and until when you mend it, say when it is done, and answer all linked complaints with one text (the answers follow within a minute; `answersUnderWay` says whether they still do). Plan and proof are published once an inspector has read them.",
      fa: "بازرس علتی را که چند شکایت در آن مشترک‌اند «مشکل» دستگاه شما می‌کند. بنویسید چگونه و تا چه زمانی برطرف می‌شود، پس از رفع آن را اعلام کنید، و به همهٔ شکایت‌های پیوندخورده با یک متن پاسخ دهید (پاسخ‌ها ظرف یک دقیقه داده می‌شوند؛ `answersUnderWay` می‌گوید که هنوز ادامه دارد یا نه). برنامه و گزارش رفع، پس از خواندن بازرس منتشر می‌شود.",
    },
    operations: [
      "getAgencyIssues",
      "getAgencyIssue",
      "postAgencyIssuePlan",
      "postAgencyIssueDone",
      "postAgencyIssueAnswer",
    ],
  },
  inspector: {
    title: { en: "Have a repeated cause mended", fa: "علت تکراری را پیگیری کنید" },
    text: {
      en: "Open an issue for the agency, link the complaints with this cause, read its plan and proof, and verify by a visit that it is mended. The issue is public from the beginning: write nothing that points to a person.",
      fa: "برای دستگاه مشکلی باز کنید، شکایت‌های با همین علت را به آن پیوند دهید، برنامه و گزارش رفع را بخوانید و رفع آن را با بازدید تأیید کنید. مشکل از آغاز همگانی است: چیزی ننویسید که کسی را بشناساند.",
    },
    operations: [
      "postInspectorIssues",
      "getInspectorIssues",
      "getInspectorIssue",
      "postInspectorIssueLinks",
      "deleteInspectorIssueLinks",
      "getInspectorIssueLinks",
      "postInspectorIssueReading",
      "postInspectorIssueReturn",
      "postInspectorIssuePromise",
      "postInspectorIssueVerification",
      "postInspectorIssueRecurrence",
      "postInspectorIssueWithdrawal",
    ],
  },
  overseer: {
    title: { en: "See which causes are not mended", fa: "ببینید کدام علت‌ها برطرف نشده است" },
    text: {
      en: "You see an issue once its agency is so late with plan or proof that it was escalated to your level.",
      fa: "مشکل را زمانی می‌بینید که دیرکرد برنامه یا رفع آن به سطح شما رسیده باشد.",
    },
    operations: ["getOverseerIssues", "getOverseerIssue"],
  },
} satisfies Record<string, Task>;

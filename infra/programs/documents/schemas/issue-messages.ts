import type { IssueCloudEvent } from "#functions/deliveries/cloud-event.ts";
import type { IssueEventType } from "#functions/issues/issue.ts";
import { provinceId } from "#shared/province/slices.static.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import { exampleIds } from "../examples/example-values.ts";

/** One sentence for each type of event of an issue. An agency gets all of them. */
const issueEventTexts: Record<IssueEventType, LocalizedText> = {
  opened: { en: "An inspector opened an issue of the agency", fa: "بازرس مشکلی از دستگاه را باز کرد" },
  planned: { en: "The agency planned how to mend it", fa: "دستگاه برنامهٔ رفع آن را ثبت کرد" },
  "plan-returned": { en: "An inspector returned the plan", fa: "بازرس برنامه را برگرداند" },
  "promise-moved": { en: "An inspector moved the promised time", fa: "بازرس زمان وعده‌شده را جابه‌جا کرد" },
  done: { en: "The agency said that it is mended", fa: "دستگاه رفع مشکل را اعلام کرد" },
  "proof-returned": { en: "An inspector returned the proof", fa: "بازرس گزارش رفع مشکل را برگرداند" },
  "texts-read": {
    en: "An inspector has read the agency’s texts, which are published",
    fa: "بازرس متن‌های دستگاه را خواند و آن‌ها منتشر شد",
  },
  "reading-overdue": {
    en: "No inspector has read the agency’s text in time",
    fa: "هیچ بازرسی متن دستگاه را در مهلت نخواند",
  },
  verified: { en: "It is verified that it was mended", fa: "رفع مشکل تأیید شد" },
  unconfirmed: { en: "Nobody has verified it in time", fa: "رفع مشکل در مهلت تأیید نشد" },
  recurred: { en: "An inspector says that it came back", fa: "بازرس بازگشت مشکل را اعلام کرد" },
  escalated: {
    en: "Plan or proof is late, or it came back: it was escalated",
    fa: "برنامه یا رفع مشکل دیر شد، یا مشکل بازگشت، و به سطح بالاتر رفت",
  },
  withdrawn: { en: "An inspector withdrew it", fa: "بازرس آن را پس گرفت" },
  "answers-ordered": {
    en: "The agency ordered one answer to all linked complaints",
    fa: "دستگاه پاسخ یکسان به شکایت‌های پیوندخورده را خواست",
  },
  "answers-given": { en: "The linked complaints were answered", fa: "به شکایت‌های پیوندخورده پاسخ داده شد" },
};

export const issueEventTypes = Object.entries(issueEventTexts) as [IssueEventType, LocalizedText][];
export const issueMessageName = (type: IssueEventType) => `ir.foad.issue.${type}.v1`;

const issueId = "IS-7K3M-9XPT-Q";

/** An example of an event of an issue as agencies receive it. */
export function issueEventExample(type: IssueEventType): IssueCloudEvent {
  const version = type === "opened" ? 1 : 2;
  return {
    specversion: "1.0",
    id: `${issueId}/${version}`,
    source: `foad/${provinceId}`,
    type: issueMessageName(type),
    subject: issueId,
    time: "2026-11-29T06:30:00.000Z",
    datacontenttype: "application/json",
    data: {
      issueId,
      version,
      status: "open",
      category: exampleIds.category,
      countyIds: [exampleIds.countyId],
      outage: false,
      level: 0,
      planBy: "2026-12-06T09:30:00.000Z",
    },
  };
}

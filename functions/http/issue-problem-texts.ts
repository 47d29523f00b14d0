import type { FaultCode, FaultReason } from "#shared/fault.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import type { ProblemText } from "./catalog-problem-texts.ts";

/** The texts of the refusals of issues. */
export const issueProblemTexts: Record<Extract<FaultCode, "issue-state">, ProblemText> = {
  "issue-state": {
    status: 409,
    title: { fa: "در این وضعیت شدنی نیست", en: "The issue does not allow this now" },
    detail: {
      fa: "مشکل اکنون در وضعیت «{status}» است و در این وضعیت این کار شدنی نیست.",
      en: "The issue is `{status}` now, which does not allow this.",
    },
  },
};

type IssueReason = Extract<
  FaultReason,
  "returned-before" | "promise-moved-before" | "promise-overdue" | "answers-under-way"
>;

export const issueReasonTexts: Record<IssueReason, LocalizedText> = {
  "returned-before": {
    fa: "این متن یک بار برگردانده شده است و دوباره برنمی‌گردد.",
    en: "This text was returned once and cannot be returned again.",
  },
  "promise-moved-before": {
    fa: "زمان وعده‌شده یک بار جابه‌جا شده است و دوباره جابه‌جا نمی‌شود.",
    en: "The promised time was moved once and cannot be moved again.",
  },
  "promise-overdue": {
    fa: "زمان وعده‌شده گذشته است و دیگر جابه‌جا نمی‌شود.",
    en: "The promised time has passed and cannot be moved any more.",
  },
  "answers-under-way": {
    fa: "پاسخ به شکایت‌های پیوندخورده هنوز در جریان است. پس از پایان آن دوباره بفرستید.",
    en: "The linked complaints are still being answered. Send it again once that is over.",
  },
};

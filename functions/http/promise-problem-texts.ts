import type { FaultReason } from "#shared/fault.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

type PromiseReason = Extract<
  FaultReason,
  | "promise-reported"
  | "promise-not-reported"
  | "promise-objected"
  | "promise-judged"
  | "promise-not-listed"
  | "objection-overdue"
>;

/** Why a promised action takes no report, objection or finding. */
export const promiseReasonTexts: Record<PromiseReason, LocalizedText> = {
  "promise-reported": {
    fa: "وضعیت شکایت {status} است، ولی انجام این اقدام پیش‌تر گزارش شده است.",
    en: "The complaint is `{status}`, but the agency has reported this promised action already.",
  },
  "promise-not-reported": {
    fa: "وضعیت شکایت {status} است، ولی دستگاه هنوز انجام این اقدام را گزارش نکرده است.",
    en: "The complaint is `{status}`, but the agency has not reported this promised action yet.",
  },
  "promise-objected": {
    fa: "وضعیت شکایت {status} است، ولی شما پیش‌تر به گزارش این اقدام اعتراض کرده‌اید.",
    en: "The complaint is `{status}`, but you have objected to the report of this action already.",
  },
  "promise-judged": {
    fa: "وضعیت شکایت {status} است، ولی بازرس پیش‌تر دربارهٔ این اقدام نظر داده است.",
    en: "The complaint is `{status}`, but an inspector has said already whether this action was done.",
  },
  "promise-not-listed": {
    fa: "وضعیت شکایت {status} است، ولی مهلت این اقدام نگذشته و شهروند هم به آن اعتراض نکرده است.",
    en: "The complaint is `{status}`, but this action is not overdue, and the citizen has not objected to it.",
  },
  "objection-overdue": {
    fa: "وضعیت شکایت {status} است، ولی مهلت ۱۰ روزهٔ اعتراض به این گزارش به پایان رسیده است.",
    en: "The complaint is `{status}`, but the 10 days to object to this report are over.",
  },
};

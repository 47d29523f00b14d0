import * as z from "zod";
import { Instant } from "#shared/time/calendar.ts";
import type { Name } from "#shared/vocabulary.ts";
import { Notice } from "./notice.ts";
import { passTime, standsUntil } from "./notice-clock.ts";
import { type NoticeRecord, openingOf } from "./notice-views.ts";

/** A standing entry in an employee's record, as the personnel office of the agency reads it. */
export const RecordEntry = z
  .object({
    id: z.string(),
    ...Notice.pick({ officeId: true }).shape,
    name: z.string(),
    standsSince: Instant,
    standsUntil: Instant,
    allegation: z.string(),
    grounds: z.string(),
    /** The employee's answer; absent if the employee gave none. */
    answer: z.string().optional(),
    /** Why an inspector decided that the allegation stands. */
    reasons: z.string(),
  })
  .meta({ id: "RecordEntry" });
export type RecordEntry = z.infer<typeof RecordEntry>;

/** The explanation of the entries: their meaning and their limits. */
export const aboutRecords: Name = {
  fa: "این‌ها یافته‌های بازرسان است که کارمند دربارهٔ آن شنیده شده است. نه امتیاز است، نه رتبه، و نه حکم تخلف اداری؛ هیچ پیامدی خودکار ندارد. شمار کسانی که این کارمند به آن‌ها خدمت داده دانسته نیست. قانون رسیدگی به تخلفات اداری جدا از این برقرار است. شکایت از خود این سابقه در دیوان عدالت اداری رسیدگی می‌شود.",
  en: "These are findings of inspectors on which the employee was heard. They are no score, no rank and no disciplinary sentence, and nothing follows from them by itself. How many people the employee served is unknown. Disciplinary law stands beside this. Complaints about the record itself go to the Administrative Justice Court.",
};

/** Undefined if the notice does not stand now. */
export function recordEntry(
  record: NoticeRecord,
  { now, name }: { now: Instant; name: string },
): RecordEntry | undefined {
  const { notice } = passTime(record.notice, now);
  if (notice.status !== "standing") return undefined;
  const { allegation, grounds } = openingOf(record);
  const answered = record.events.findLast(({ type }) => type === "answered");
  const decided = record.events.findLast(({ type }) => type === "decided");
  const isHeard = notice.answeredAt !== undefined || notice.paperAnswerBy !== undefined;
  return RecordEntry.parse({
    ...notice,
    standsUntil: standsUntil(notice),
    name,
    allegation,
    grounds,
    answer: isHeard && answered?.type === "answered" ? answered.text : undefined,
    reasons: decided?.type === "decided" ? decided.reasons : "",
  });
}

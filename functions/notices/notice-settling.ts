import { type EntryPayload, NoticeOutcome } from "#shared/complaints/confidential-log.ts";
import { noticeReminderDays } from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { Notice } from "./notice.ts";
import { nextDue, passTimeAndRemind } from "./notice-clock.ts";
import { addNoticeEvent, daysAfter, type NoticeChange } from "./notice-events.ts";
import { citizensWord, wordOfNotice } from "./notice-status.ts";

/** The work of the clock on a notice: the change, and the entries in the confidential log of the complaint. */
export type NoticeSettling = { change: NoticeChange; entries: EntryPayload[]; isChanged: boolean };

/**
 * Lets time pass, reminds of a deadline, announces service and outcome to the citizen in one word each, and settles a notice that is
 * over. Only the clock informs the citizen, so that the hour of a message does not show who acted when.
 */
export function settleNotice(stored: Notice, now: Instant): NoticeSettling {
  const reminded = passTimeAndRemind(stored, now);
  const { id: noticeId, status, endedAt, agreeBy } = reminded.notice;
  const entries: EntryPayload[] = reminded.events.some(({ type }) => type === "reminded")
    ? [{ type: "notice-due", noticeId }]
    : [];
  const word = wordOfNotice(reminded.notice);
  const outcome = NoticeOutcome.safeParse(word).data;
  const isNews = !isOpenAgain(reminded.notice) && word !== citizensWord(reminded.notice);
  if (isNews && outcome) entries.push({ type: "notice-ended", noticeId, outcome });
  else if (isNews) entries.push({ type: "notice-served", noticeId });
  const change = isNews
    ? addNoticeEvent(reminded, { by: "system", at: now, payload: { type: "citizen-told", word } })
    : reminded;
  // Inspectors do not learn of a refusal before the citizen's time is over.
  const isSettled = endedAt !== undefined && (status !== "declined" || now >= agreeBy);
  const notice: Notice = { ...change.notice, ...(isSettled && { settled: true }) };
  const isChanged = change.events.length > 0 || (isSettled && !stored.settled);
  return { change: { ...change, notice }, entries, isChanged };
}

/** Whether an entry that may stand is open again, because the employee is heard anew. */
const isOpenAgain = ({ status, standsSince }: Notice) =>
  status === "reheard" || (status === "contested" && standsSince !== undefined);

/** When the clock has something to do next on a notice that is not settled. */
export function nextSettlingAt(notice: Notice, now: Instant): Instant {
  if (notice.status === "declined") return notice.agreeBy;
  const due = nextDue(notice)?.at ?? now;
  const remindAt = daysAfter(due, -noticeReminderDays);
  return remindAt > now ? remindAt : due;
}

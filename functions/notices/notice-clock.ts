import {
  noticeDecisionDays,
  noticeErasedAfterDays,
  noticeJudgementDays,
  noticeQuestionDays,
  noticeReminderDays,
  noticeStandingDays,
} from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { type Notice, type NoticeEnd, type NoticePayload, openQuestion } from "./notice.ts";
import { addNoticeEvent, daysAfter, type NoticeChange } from "./notice-events.ts";

type Due = { at: Instant; payload: NoticePayload };

/** Until when an inspector must decide: it counts from the employee's answer, or from the end of the time for it. */
export function decideBy({ answeredAt, answerBy }: Pick<Notice, "answeredAt" | "answerBy">): Instant | undefined {
  const from = answeredAt ?? answerBy;
  return from && daysAfter(from, noticeDecisionDays);
}

/** Until when the reviewer must judge. A contest that rested while the employee was to be heard anew has so much more time. */
export const judgeBy = ({ contestedAt, standsSince, restedMs = 0 }: Notice): Instant | undefined =>
  contestedAt && addMilliseconds(daysAfter(contestedAt, noticeJudgementDays), standsSince ? 0 : restedMs);

export const standsUntil = ({ standsSince, restedMs = 0 }: Pick<Notice, "standsSince" | "restedMs">) =>
  standsSince && addMilliseconds(daysAfter(standsSince, noticeStandingDays), restedMs);

/** The next change that time alone makes to a notice, and its instant; undefined once the notice is over. */
export function nextDue(notice: Notice): Due | undefined {
  const end = (at: Instant | undefined, reason: NoticeEnd): Due | undefined =>
    at === undefined ? undefined : { at, payload: { type: "ended", end: reason } };
  switch (notice.status) {
    case "asked":
      return end(notice.agreeBy, "citizen-silent");
    case "open":
      return end(notice.serveBy, "not-served");
    case "served": {
      const question = openQuestion(notice);
      if (question) return end(daysAfter(question.askedAt, noticeQuestionDays), "question-unanswered");
      return end(decideBy(notice), "not-decided");
    }
    case "decided":
      return notice.contestBy === undefined ? undefined : { at: notice.contestBy, payload: { type: "began-to-stand" } };
    case "contested":
      return end(judgeBy(notice), "not-judged");
    case "reheard":
      return notice.answerBy === undefined ? undefined : { at: notice.answerBy, payload: { type: "resumed" } };
    case "standing":
      return end(standsUntil(notice), "expired");
    default:
      return undefined;
  }
}

/**
 * The notice as it is now, and the reminder that is due: an inspector or the reviewer must act within days, or the notice ends for
 * the employee. Each deadline gets one reminder.
 */
export function passTimeAndRemind(notice: Notice, now: Instant): NoticeChange {
  const change = passTime(notice, now);
  const due = nextDue(change.notice);
  const isWaitedFor = due?.payload.type === "ended" && lateAuthority.includes(due.payload.end);
  if (!due || !isWaitedFor || change.notice.remindedOf === due.at) return change;
  if (now < daysAfter(due.at, -noticeReminderDays)) return change;
  return addNoticeEvent(change, { by: "system", at: now, payload: { type: "reminded", deadline: due.at } });
}

/** If an authority is late, the notice ends in favour of the employee. */
const lateAuthority: readonly NoticeEnd[] = ["question-unanswered", "not-decided", "not-judged"];

/** When the notice ended. A notice that the citizen declined counts as ended on the last day to agree: the day of its erasure then looks the same as after silence. */
export const knownEnd = ({ status, endedAt, agreeBy }: Pick<Notice, "status" | "endedAt" | "agreeBy">) =>
  endedAt && (status === "declined" ? agreeBy : endedAt);

/** When everything of a notice is erased; undefined while it is not over. */
export function eraseNoticeAt(notice: Pick<Notice, "status" | "endedAt" | "agreeBy">): Instant | undefined {
  const end = knownEnd(notice);
  return end && daysAfter(end, noticeErasedAfterDays);
}

/** The notice as it is now, with what time has done since its last event. Every command and every view begins with this. */
export function passTime(notice: Notice, now: Instant): NoticeChange {
  let change: NoticeChange = { notice, events: [] };
  for (let due = nextDue(notice); due && due.at <= now; due = nextDue(change.notice))
    change = addNoticeEvent(change, { by: "system", ...due });
  return change;
}

import * as z from "zod";
import { UploadStatus } from "#shared/files/attachment.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Notice, NoticeEnd, type NoticeEvent, openQuestion } from "./notice.ts";
import { passTime, standsUntil } from "./notice-clock.ts";
import { noticeMoves, noticeMovesShape } from "./notice-lifecycle.ts";
import { type NoticeRecord, openingOf } from "./notice-views.ts";

const Said = z.object({ at: Instant, text: z.string() });

/**
 * A notice as the employee reads it: its texts, and nothing of the complaint. `secret` is present at the first opening alone, and
 * is the one that opens the notice from then on.
 */
export const EmployeeNotice = Notice.pick({
  id: true,
  agencyId: true,
  officeId: true,
  status: true,
  answerBy: true,
  extended: true,
  contestBy: true,
  standsSince: true,
  endedAt: true,
})
  .extend({
    name: z.string(),
    allegation: z.string(),
    grounds: z.string(),
    secret: z.string().optional(),
    /** Since when the time for the answer stands still: a question waits for an inspector. */
    stoppedSince: Instant.optional(),
    questions: z.array(
      z.object({ number: z.int().min(1), askedAt: Instant, text: z.string(), answer: Said.optional() }),
    ),
    answer: Said.extend({ onPaper: z.literal(true).optional() }).optional(),
    decision: z.object({ at: Instant, outcome: z.enum(["stands", "dismissed"]), reasons: z.string() }).optional(),
    contest: Said.optional(),
    judgement: z.object({ at: Instant, outcome: z.enum(["upheld", "overturned"]), reasons: z.string() }).optional(),
    /** Until when the entry stands. */
    standsUntil: Instant.optional(),
    end: NoticeEnd.optional(),
    files: z.array(UploadStatus),
    ...noticeMovesShape,
  })
  .meta({ id: "EmployeeNotice" });
export type EmployeeNotice = z.infer<typeof EmployeeNotice>;

type Shown = { now: Instant; name: string; files: UploadStatus[]; secret: string | undefined };

export function employeeNotice(record: NoticeRecord, { now, ...shown }: Shown): EmployeeNotice {
  const { notice } = passTime(record.notice, now);
  const { allegation, grounds } = openingOf(record);
  return EmployeeNotice.parse({
    ...notice,
    ...shown,
    allegation,
    grounds,
    stoppedSince: notice.status === "served" ? openQuestion(notice)?.askedAt : undefined,
    ...hearingOf(notice, record.events),
    standsUntil: standsUntil(notice),
    ...noticeMoves(notice, { by: { caller: "employee" }, now }),
  });
}

/** The texts of the hearing that counts. After a new letter the hearing begins anew, and earlier texts are not shown. */
function hearingOf(notice: Notice, events: readonly NoticeEvent[]) {
  const last = <T extends NoticeEvent["type"]>(type: T) =>
    events.findLast((event): event is Extract<NoticeEvent, { type: T }> => event.type === type);
  const [answered, decided, contested, judged] = [last("answered"), last("decided"), last("contested"), last("judged")];
  return {
    questions: questionsOf(notice, events),
    answer: (notice.answeredAt ?? notice.paperAnswerBy) ? answered : undefined,
    decision: notice.decidedAt ? decided : undefined,
    contest: notice.contestedAt ? contested : undefined,
    judgement: judged && notice.contestedAt && judged.at >= notice.contestedAt ? judged : undefined,
  };
}

function questionsOf({ questions }: Notice, events: readonly NoticeEvent[]) {
  if (questions.length === 0) return [];
  const asked = events.filter((event) => event.type === "question-asked").slice(-questions.length);
  const first = asked[0]?.version ?? 0;
  const answers = events.filter(({ type, version }) => type === "question-answered" && version > first);
  // One question waits at a time, so the answers have the order of the questions. The last may have none.
  return asked.map((question, n) => ({
    number: n + 1,
    askedAt: question.at,
    text: question.type === "question-asked" ? question.text : "",
    answer: answers[n],
  }));
}

import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { Attachment } from "#shared/files/attachment.ts";
import { PeopleNames } from "#shared/people/people.ts";
import { historyShape, withInternalSteps } from "#shared/storage/internal-steps.ts";
import type { UnknownEvent } from "#shared/storage/newer-items.ts";
import { Instant } from "#shared/time/calendar.ts";
import { CitizenNotice } from "./citizen-notice.ts";
import { Notice, NoticeEnd, type NoticeEvent, NoticePayload, openQuestion } from "./notice.ts";
import { nextDue, passTime } from "./notice-clock.ts";
import { asKnownTo, type NoticeMover, noticeMoves, noticeMovesShape } from "./notice-lifecycle.ts";
import { citizensWord } from "./notice-status.ts";

/** A notice with all its events. `newer`: events of types that this version of the code does not know. */
export type NoticeRecord = { notice: Notice; events: readonly NoticeEvent[]; newer?: readonly UnknownEvent[] };

/** Undefined once an entry has expired: it leaves every view. */
export function citizenNotice(record: NoticeRecord, now: Instant): CitizenNotice | undefined {
  const { notice } = passTime(record.notice, now);
  if (notice.status === "expired") return undefined;
  const { allegation, grounds } = openingOf(record);
  const status = citizensWord(notice);
  const agreeBy = status === "asked" ? notice.agreeBy : undefined;
  const moves = noticeMoves(notice, { by: { caller: "citizen" }, now });
  return CitizenNotice.parse({ ...notice, ...moves, status, agreeBy, allegation, grounds });
}

/** A notice in a list of inspectors: no name and no text. */
export const NoticeRow = Notice.pick({
  id: true,
  complaintId: true,
  agencyId: true,
  officeId: true,
  status: true,
  openedAt: true,
  openedBy: true,
  version: true,
})
  .extend({
    /** When time alone changes the notice: the next deadline of any side. */
    nextDeadline: Instant.optional(),
    /** Who must act next; absent if only time changes the notice. */
    waitsFor: z.enum(["citizen", "inspector", "employee", "reviewer"]).optional(),
    end: NoticeEnd.optional(),
    endedAt: Instant.optional(),
  })
  .meta({ id: "NoticeRow" });
export type NoticeRow = z.infer<typeof NoticeRow>;

const HistoryOfNotice = historyShape(() => NoticePayload.unwrap().options, {
  at: Instant,
  by: z.string(),
  person: z.string().optional(),
  number: z.int().min(1),
});

/** A file of a notice. The file itself is read by a link. */
const NoticeFileView = Attachment.pick({ attachmentId: true, fileName: true, state: true, reason: true }).extend({
  by: z.enum(["inspector", "employee"]),
});

/** A notice as an inspector or the reviewer reads it, with every text. */
export const NoticeView = NoticeRow.extend({
  employee: z.object({ agencyId: z.string(), officeId: z.string().optional(), name: z.string() }),
  evidence: z.array(z.int()),
  allegation: z.string(),
  grounds: z.string(),
  ...Notice.pick({
    letter: true,
    service: true,
    serveBy: true,
    leaveDays: true,
    answerBy: true,
    answeredAt: true,
    paperAnswerBy: true,
    decidedBy: true,
    contestBy: true,
    contestedAt: true,
    standsSince: true,
  }).shape,
  /** The number of the employee's question that waits for an answer. */
  openQuestion: z.int().min(1).optional(),
  ...noticeMovesShape,
  history: HistoryOfNotice,
  files: z.array(NoticeFileView),
  /** The names of the people who acted. */
  people: PeopleNames,
}).meta({ id: "NoticeView" });
export type NoticeView = z.infer<typeof NoticeView>;

export function noticeRow(stored: Notice, now: Instant): NoticeRow {
  const notice = asKnownTo("inspector", passTime(stored, now).notice, now);
  return NoticeRow.parse({ ...notice, nextDeadline: nextDue(notice)?.at, waitsFor: waitsFor(notice, now) });
}

/** Who must act next on a notice. */
function waitsFor(notice: Notice, now: Instant): NoticeRow["waitsFor"] {
  switch (notice.status) {
    case "asked":
      return "citizen";
    case "open":
      return "inspector";
    case "served": {
      const isTimeOver = notice.answerBy !== undefined && now >= notice.answerBy;
      return openQuestion(notice) || notice.answeredAt || isTimeOver ? "inspector" : "employee";
    }
    case "decided":
    case "reheard":
      return "employee";
    case "contested":
      return "reviewer";
    default:
      return undefined;
  }
}

type ViewInput = {
  mover: NoticeMover;
  name: string;
  people: z.infer<typeof PeopleNames>;
  files: readonly z.infer<typeof NoticeFileView>[];
};

export function noticeView(record: NoticeRecord, { mover, ...shown }: ViewInput): NoticeView {
  const { now } = mover;
  const { notice: present, events } = passTime(record.notice, now);
  const notice = asKnownTo(mover.by.caller, present, now);
  const { evidence, allegation, grounds } = openingOf(record);
  const { agencyId, officeId } = notice;
  // Whether the citizen agreed is told by the state alone.
  const isOfCitizen = ({ by }: { by?: string | undefined }) => by === "citizen";
  const newer = record.newer?.filter((event) => !isOfCitizen(event));
  const history = [...record.events, ...events]
    .filter((event) => !isOfCitizen(event) && !(event.type === "ended" && present.status === "declined"))
    .map(({ version, ...event }) => ({ ...event, number: version }));
  const { name, people, files } = shown;
  return NoticeView.parse({
    ...notice,
    ...noticeRow(record.notice, now),
    ...noticeMoves(present, mover),
    openQuestion: notice.status === "served" && openQuestion(notice) ? notice.questions.length : undefined,
    employee: { agencyId, officeId, name },
    evidence,
    allegation,
    grounds,
    history: withInternalSteps(history, newer),
    files,
    people,
  });
}

export function openingOf({ events }: NoticeRecord) {
  const opened = events.find(({ type }) => type === "opened");
  if (opened?.type !== "opened") throw new Fault("unavailable");
  return opened;
}

import {
  noticeAnswerDays,
  noticeConsentDays,
  noticeContestDays,
  noticeExtensionDays,
  noticeServiceDays,
} from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import {
  type Notice,
  type NoticeActor,
  type NoticeEvent,
  type NoticePart,
  type NoticePayload,
  openQuestion,
} from "./notice.ts";
import { isOpenedLate, statusAfter } from "./notice-lifecycle.ts";

/** The notice after a command or after some time, with the events that led there. They are written in one transaction. */
export type NoticeChange = { notice: Notice; events: NoticeEvent[] };

type NewNoticeEvent = NoticeActor & Pick<NoticeEvent, "at" | "involved"> & { payload: NoticePayload };

/** Adds one event to a change. Checks nothing: the caller has checked. */
export function addNoticeEvent({ notice, events }: NoticeChange, { payload, ...cause }: NewNoticeEvent): NoticeChange {
  const at = cause.at > notice.lastEventAt ? cause.at : notice.lastEventAt;
  const event: NoticeEvent = { ...payload, ...cause, at, version: notice.version + 1 };
  return { notice: evolveNotice(notice, event), events: [...events, event] };
}

export const daysAfter = (at: Instant, days: number): Instant => addMilliseconds(at, days * dayMs);

type Opening = Pick<Notice, "id" | "complaintId" | "agencyId" | "officeId"> & { at: Instant; inspector: string };

/** A new notice, with its first event. */
export function beginNotice(
  { at, inspector, ...notice }: Opening,
  payload: Extract<NoticePayload, { type: "opened" }>,
): NoticeChange {
  return {
    notice: {
      ...notice,
      status: "asked",
      version: 1,
      lastEventAt: at,
      openedBy: inspector,
      openedAt: at,
      parts: [{ part: "opened-notice", person: inspector }],
      agreeBy: daysAfter(at, noticeConsentDays),
      leaveDays: 0,
      letterCount: 0,
      questions: [],
    },
    events: [{ ...payload, by: "inspector", person: inspector, at, version: 1 }],
  };
}

/** The only place where an event changes a notice. The table of moves says the status. */
export function evolveNotice(notice: Notice, event: NoticeEvent): Notice {
  const status = statusAfter(notice, event);
  const parts = withParts(notice.parts, event);
  return { ...notice, status, version: event.version, lastEventAt: event.at, parts, ...changesBy(notice, event) };
}

/** The part that the person of an event then has. */
const partOfEvent: Partial<Record<NoticeEvent["type"], NoticePart>> = {
  "letter-printed": "printed-letter",
  "leave-recorded": "recorded-leave",
  "service-recorded": "recorded-service",
  "service-confirmed": "confirmed-service",
  "question-answered": "answered-question",
  answered: "typed-in-answer",
  decided: "decided-notice",
  judged: "judged-notice",
  "letter-handed-over": "handed-over-letter",
};

/** The parts after an event, each once for each person. */
function withParts(parts: Notice["parts"], { type, person, involved = [] }: NoticeEvent): Notice["parts"] {
  const part = partOfEvent[type];
  const found = [
    ...(part && person !== undefined ? [{ part, person }] : []),
    ...involved.map((one) => ({ part: "acted-on-complaint" as const, person: one })),
  ];
  const isKnown = (one: (typeof found)[number]) =>
    parts.some((known) => known.part === one.part && known.person === one.person);
  return [...parts, ...found.filter((one) => !isKnown(one))];
}

function changesBy(notice: Notice, event: NoticeEvent): Partial<Notice> {
  const { at } = event;
  switch (event.type) {
    case "opened":
      return {};
    case "agreed":
      return { agreedAt: at, serveBy: daysAfter(at, noticeServiceDays) };
    case "leave-recorded":
      return leaveUntil(notice, { at, until: event.until });
    case "letter-printed":
      return letterPrinted(notice, { at, printedBy: event.person ?? "" });
    case "letter-opened":
      return letterOpened(notice, at);
    case "letter-handed-over":
      return handedOver(notice, event);
    case "resumed":
      return resumed(notice, at);
    case "service-recorded":
      return serviceRecorded(event);
    case "service-confirmed":
      return {
        service: notice.service && { ...notice.service, confirmedAt: at },
        answerBy: daysAfter(at, noticeAnswerDays),
      };
    case "answer-extended":
      return { extended: true, answerBy: notice.answerBy && daysAfter(notice.answerBy, noticeExtensionDays) };
    case "question-asked":
      return { questions: [...notice.questions, { askedAt: at }] };
    case "question-answered":
      return questionAnswered(notice, at);
    case "answered":
      // After an answer on paper the employee may still answer with the secret.
      if (event.onPaper) return { paperAnswerBy: event.person };
      return { answeredAt: at, questions: notice.questions.map((one) => ({ answeredAt: at, ...one })) };
    case "decided":
      return event.outcome === "stands"
        ? { decidedAt: at, decidedBy: event.person, contestBy: daysAfter(at, noticeContestDays) }
        : { decidedAt: at, endedAt: at, end: "dismissed-by-inspector" };
    case "contested":
      return contested(notice, at);
    case "judged":
      return event.outcome === "upheld" ? upheld(notice, at) : { endedAt: at, end: "overturned-by-reviewer" };
    case "reminded":
      return { remindedOf: event.deadline };
    case "citizen-told":
      return { toldCitizen: event.word };
    case "began-to-stand":
      return { standsSince: at };
    case "ended":
      return { endedAt: at, end: event.end };
  }
}

function leaveUntil({ serveBy, leaveDays }: Notice, { at, until }: { at: Instant; until: Instant }): Partial<Notice> {
  const days = (Date.parse(until) - Date.parse(at)) / dayMs;
  return { leaveDays: leaveDays + days, serveBy: serveBy && daysAfter(serveBy, days) };
}

/** A new letter has a new secret, and must be served: a record of the service of the earlier one counts no more. */
function letterPrinted(notice: Notice, printed: { at: Instant; printedBy: string }): Partial<Notice> {
  const isReplaced = notice.letter !== undefined;
  return {
    ...newLetter(notice, printed),
    ...(isReplaced && { service: undefined, serveBy: daysAfter(printed.at, noticeServiceDays) }),
  };
}

const newLetter = (notice: Notice, { at, printedBy }: { at: Instant; printedBy: string }) => ({
  letter: { printedBy, printedAt: at },
  letterCount: notice.letterCount + 1,
  secretGeneration: (notice.secretGeneration ?? -1) + 1,
});

/**
 * The hand-over is the service. Before a decision the employee's ten days begin anew, and what was answered in the employee's name is
 * undone; after it the employee has ten days to contest, in which the notice rests.
 */
function handedOver(notice: Notice, { at, person = "", version }: NoticeEvent): Partial<Notice> {
  const { status, service } = notice;
  return {
    ...newLetter(notice, { at, printedBy: person }),
    ...(status === "served" ? { ...unheard, heardAnew: undefined } : { extended: undefined }),
    service: service && { ...service, way: "receipt", recordedBy: person, number: version, confirmedAt: at },
    answerBy: daysAfter(at, noticeAnswerDays),
    handover: { at, from: status },
  };
}

function contested({ status, standsSince, restedMs }: Notice, at: Instant): Partial<Notice> {
  return { contestedAt: at, restedMs: standsSince ? restedMs : undefined, ...(status === "reheard" && disowned) };
}

/**
 * The employee said nothing after a new letter was handed over. Of a decision, the time to contest is longer by the rest; of an entry, the
 * rest does not count in its 24 months.
 */
function resumed({ handover, contestBy, restedMs }: Notice, at: Instant): Partial<Notice> {
  const rest = Date.parse(at) - Date.parse(handover?.at ?? at);
  if (handover?.from === "decided") return { contestBy: contestBy && addMilliseconds(contestBy, rest) };
  return { restedMs: (restedMs ?? 0) + rest };
}

/** An entry that stood before the employee was heard anew goes on, and counts once. */
function upheld({ standsSince, handover }: Notice, at: Instant): Partial<Notice> {
  if (!standsSince) return { standsSince: at, restedMs: undefined };
  return { restedMs: Date.parse(at) - Date.parse(handover?.at ?? at) };
}

/** The printed secret stops working, and the employee gets the next one. An employee who declined to sign gets ten new days, once. */
function letterOpened(notice: Notice, at: Instant): Partial<Notice> {
  return {
    letter: notice.letter && { ...notice.letter, openedAt: at },
    secretGeneration: (notice.secretGeneration ?? -1) + 1,
    ...(isOpenedLate(notice) && { ...unheard, answerBy: daysAfter(at, noticeAnswerDays), heardAnew: true }),
  };
}

/** Clears an answer that somebody else gave in the employee's name. After the hand-over of a new letter the employee answers by the contest. */
const disowned = { answeredAt: undefined, paperAnswerBy: undefined } satisfies Partial<Notice>;

/** The employee is heard anew: the acts of the employee and all later steps are undone. */
const unheard = {
  questions: [],
  extended: undefined,
  ...disowned,
  decidedAt: undefined,
  decidedBy: undefined,
  contestBy: undefined,
  contestedAt: undefined,
  standsSince: undefined,
  restedMs: undefined,
} satisfies Partial<Notice>;

function serviceRecorded({
  way,
  employment,
  person = "",
  version,
}: Extract<NoticeEvent, { type: "service-recorded" }>): Partial<Notice> {
  return { service: { way, employment, recordedBy: person, number: version } };
}

/** The time that the question took is added to the employee's time. */
function questionAnswered(notice: Notice, at: Instant): Partial<Notice> {
  const waited = openQuestion(notice);
  if (!waited || !notice.answerBy) return {};
  const stopped = Date.parse(at) - Date.parse(waited.askedAt);
  return {
    questions: notice.questions.map((one) => (one === waited ? { ...one, answeredAt: at } : one)),
    answerBy: addMilliseconds(notice.answerBy, stopped),
  };
}

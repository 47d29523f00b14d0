import { Fault, type FaultReason, invalidFault } from "../fault.ts";
import { mostLeaveDays, mostNoticeLetters, mostNoticeQuestions } from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import { dayMs } from "../time/duration.ts";
import {
  type Employment,
  type Notice,
  type NoticeActor,
  type NoticePayload,
  openQuestion,
  type ServiceWay,
} from "./notice.ts";
import { passTime } from "./notice-clock.ts";
import { addNoticeEvent, type NoticeChange } from "./notice-events.ts";
import { type Involved, isRefuted, mayDecide } from "./notice-opening.ts";
import type { NoticeStatus } from "./notice-status.ts";

/** Who acts on a notice, and when. `person`: the `sub` of an inspector or of the reviewer. */
type Acting = { now: Instant };
type ActingOfficial = Acting & { person: string };

type Move = { actor: NoticeActor; now: Instant; from: readonly NoticeStatus[]; payload: NoticePayload };

/** Lets time pass, checks the state, and adds the event. `refuse` sees the notice as it is now. */
function move(notice: Notice, { actor, now, from, payload }: Move, refuse?: (present: Notice) => void): NoticeChange {
  const change = passTime(notice, now);
  const present = change.notice;
  if (!from.includes(present.status)) throw stateFault(present);
  refuse?.(present);
  return addNoticeEvent(change, { ...actor, at: now, payload });
}

function stateFault({ status }: Notice, reason?: FaultReason): Fault {
  return new Fault("notice-state", { values: { status }, reason });
}

const inspector = (person: string): NoticeActor => ({ by: "inspector", person });
const employee: NoticeActor = { by: "employee" };

/** The citizen lets the notice go on, or ends it. A notice that ended here is announced to nobody. */
export function answerConsentQuestion(notice: Notice, { now, agrees }: Acting & { agrees: boolean }): NoticeChange {
  const payload: NoticePayload = agrees ? { type: "agreed" } : { type: "ended", end: "citizen-disagreed" };
  return move(notice, { actor: { by: "citizen" }, now, from: ["asked"], payload });
}

/** A letter may be replaced late too: an entry about an employee who refused to sign may rest on a letter that another person opened. */
const replaceable = ["open", "served", "decided", "contested", "standing"] as const;

/** A new letter undoes the steps of the employee. It is refused to the inspector who opened the notice, and after an answer. */
function refuseReplacement(present: Notice, person: string): void {
  if (present.status === "open") return;
  if (present.openedBy === person) throw new Fault("conflict-of-interest", { reason: "opened-notice" });
  const isSigned = present.service?.way === "receipt";
  const isLate = present.status === "contested" || present.status === "standing";
  if (present.answeredAt || present.contestedAt || (isSigned && isLate)) throw stateFault(present);
}

/**
 * An inspector prints the letter. The first may be printed by any inspector. A letter that is lost, or that somebody else
 * opened, is replaced by an inspector who did not print it; then the service begins anew.
 */
export function printLetter(notice: Notice, { now, person }: ActingOfficial): NoticeChange {
  const from = notice.letter ? replaceable : (["open"] as const);
  return move(notice, { actor: inspector(person), now, from, payload: { type: "letter-printed" } }, (present) => {
    refuseReplacement(present, person);
    if (present.letter?.printedBy === person) throw new Fault("conflict-of-interest", { reason: "printed-letter" });
    if (present.letterCount >= mostNoticeLetters) throw stateFault(present, "letter-limit");
  });
}

/** The employee is on leave: the time for the service stops. */
export function recordLeave(notice: Notice, { now, person, until }: ActingOfficial & { until: Instant }): NoticeChange {
  const payload: NoticePayload = { type: "leave-recorded", until };
  return move(notice, { actor: inspector(person), now, from: ["open"], payload }, ({ leaveDays }) => {
    if (until <= now) throw invalidFault("onLeaveUntil", "in-the-past");
    const left = mostLeaveDays - leaveDays;
    if (Date.parse(until) - Date.parse(now) > left * dayMs)
      throw invalidFault("onLeaveUntil", "too-far-ahead", { values: { limit: Math.floor(left) } });
  });
}

type Served = { way: ServiceWay; employment: Employment; scan: string };

/** An inspector records the scan of the receipt or of the refusal. It counts once a second inspector has confirmed it. */
export function recordService(notice: Notice, { now, person, ...served }: ActingOfficial & Served): NoticeChange {
  const payload: NoticePayload = { type: "service-recorded", ...served };
  return move(notice, { actor: inspector(person), now, from: ["open"], payload }, (present) => {
    if (!present.letter) throw stateFault(present, "letter-missing");
  });
}

/**
 * A second inspector confirms the service. The employee's time begins. `number`: the event of the record that the inspector has read.
 * An employee who refused to sign has no secret. If the letter was opened, another person did it, and a new letter is needed.
 */
export function confirmService(
  notice: Notice,
  { now, person, number }: ActingOfficial & { number: number },
): NoticeChange {
  const payload: NoticePayload = { type: "service-confirmed" };
  return move(notice, { actor: inspector(person), now, from: ["open"], payload }, (present) => {
    if (!present.service) throw stateFault(present, "service-missing");
    if (present.service.number !== number) throw stateFault(present, "service-changed");
    if (present.service.way === "refusal" && present.letter?.openedAt) throw stateFault(present, "letter-opened");
    if (present.service.recordedBy === person) throw new Fault("conflict-of-interest", { reason: "recorded-service" });
  });
}

/** The employee opens the notice with the printed secret, which then stops working. */
export function openLetter(notice: Notice, { now }: Acting): NoticeChange {
  const from = ["open", "served", "decided", "standing"] as const;
  return move(notice, { actor: employee, now, from, payload: { type: "letter-opened" } }, (present) => {
    if (!present.letter || present.letter.openedAt) throw stateFault(present);
  });
}

function refuseAfterAnswer(present: Notice, now: Instant): void {
  if (present.answeredAt) throw stateFault(present, "notice-answered");
  const isStopped = openQuestion(present) !== undefined;
  if (!isStopped && present.answerBy !== undefined && now >= present.answerBy)
    throw stateFault(present, "notice-answer-overdue");
}

/** The employee answers, once. A waiting question is then dropped. */
export function answerNotice(notice: Notice, { now, ...answer }: Acting & Answer): NoticeChange {
  return move(notice, { actor: employee, now, from: ["served"], payload: { type: "answered", ...answer } }, (present) =>
    refuseAfterAnswer(present, now),
  );
}

type Answer = { text: string; attachments?: string[] | undefined };

/**
 * An inspector who did not open the notice types in the employee's answer on paper, until somebody has decided. The
 * employee's time stays open: nobody can end the hearing with a forged paper.
 */
export function recordPaperAnswer(notice: Notice, { now, person, ...answer }: ActingOfficial & Answer): NoticeChange {
  const payload: NoticePayload = { type: "answered", ...answer, onPaper: true };
  return move(notice, { actor: inspector(person), now, from: ["served"], payload }, (present) => {
    if (present.openedBy === person) throw new Fault("conflict-of-interest", { reason: "opened-notice" });
    if (present.answeredAt || present.paperAnswerBy) throw stateFault(present, "notice-answered");
  });
}

/** The employee takes five more days, once. */
export function extendAnswer(notice: Notice, { now }: Acting): NoticeChange {
  return move(notice, { actor: employee, now, from: ["served"], payload: { type: "answer-extended" } }, (present) => {
    refuseAfterAnswer(present, now);
    if (present.extended) throw new Fault("already-extended");
  });
}

/** The employee asks; the employee's time stops until an inspector answers. */
export function askQuestion(notice: Notice, { now, text }: Acting & { text: string }): NoticeChange {
  return move(
    notice,
    { actor: employee, now, from: ["served"], payload: { type: "question-asked", text } },
    (present) => {
      refuseAfterAnswer(present, now);
      if (openQuestion(present)) throw stateFault(present, "question-open");
      if (present.questions.length >= mostNoticeQuestions) throw stateFault(present, "question-limit");
    },
  );
}

type QuestionAnswer = ActingOfficial & { number: number; text: string };

export function answerQuestion(notice: Notice, { now, person, number, text }: QuestionAnswer): NoticeChange {
  const payload: NoticePayload = { type: "question-answered", text };
  return move(notice, { actor: inspector(person), now, from: ["served"], payload }, (present) => {
    const question = present.questions[number - 1];
    if (!question) throw new Fault("not-found");
    if (question.answeredAt) throw stateFault(present, "question-answered");
  });
}

type Decision = ActingOfficial & {
  outcome: "stands" | "dismissed";
  reasons: string;
  involved: Omit<Involved, "openedBy">;
};

/** An inspector who took no part in it decides, after the answer or after the time for it. */
export function decideNotice(notice: Notice, { now, person, outcome, reasons, involved }: Decision): NoticeChange {
  const payload: NoticePayload = { type: "decided", outcome, reasons };
  return move(notice, { actor: inspector(person), now, from: ["served"], payload }, (present) => {
    if (!mayDecide({ ...involved, openedBy: present.openedBy }, person) || present.paperAnswerBy === person)
      throw new Fault("conflict-of-interest", { reason: "took-part" });
    if (openQuestion(present)) throw stateFault(present, "question-open");
    // A decision on the complaint ends its notices. A decision at the moment of the opening may have missed this notice.
    if (outcome === "stands" && isRefuted(involved.events)) throw stateFault(present, "not-founded");
    if (!present.answeredAt && present.answerBy !== undefined && now < present.answerBy)
      throw stateFault(present, "answer-awaited");
  });
}

export function contestDecision(notice: Notice, { now, text }: Acting & { text: string }): NoticeChange {
  return move(notice, { actor: employee, now, from: ["decided"], payload: { type: "contested", text } });
}

type Judgement = ActingOfficial & { outcome: "upheld" | "overturned"; reasons: string };

/** The reviewer, who is no inspector, decides on the employee's contest. */
export function judgeContest(notice: Notice, { now, person, outcome, reasons }: Judgement): NoticeChange {
  const payload: NoticePayload = { type: "judged", outcome, reasons };
  return move(notice, { actor: { by: "reviewer", person }, now, from: ["contested"], payload }, (present) => {
    if (present.openedBy === person || present.decidedBy === person)
      throw new Fault("conflict-of-interest", { reason: "took-part" });
  });
}

/** A later decision on the complaint is not `founded`: no employee may be accused for it. Undefined where the notice is over. */
export function endWithoutFoundation(notice: Notice, { now }: Acting): NoticeChange | undefined {
  const change = passTime(notice, now);
  if (change.notice.endedAt) return change.events.length > 0 ? change : undefined;
  const payload: NoticePayload = { type: "ended", end: "complaint-not-founded" };
  return addNoticeEvent(change, { by: "system", at: now, payload });
}

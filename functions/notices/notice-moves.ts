import { firstFault, refusalByState, tellingMoves } from "#shared/moves.ts";
import type { Employment } from "#shared/people/people.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { type Involved, peopleInvolved } from "./complaint-facts.ts";
import type { Notice, NoticeActor, NoticePayload, ServiceWay } from "./notice.ts";
import { passTime } from "./notice-clock.ts";
import { addNoticeEvent, type NoticeChange } from "./notice-events.ts";
import {
  type NoticeCommand,
  type NoticeMove,
  noticeMoveRules,
  noticeMoves,
  questionAboutNotice,
} from "./notice-lifecycle.ts";

/** Who acts on a notice, and when. `person`: the `sub` of an inspector or of the reviewer. */
type Acting = { now: Instant };
type ActingOfficial = Acting & { person: string };

type Move<Name extends NoticeMove> = Acting & {
  actor: NoticeActor;
  /** The fields of the request that the checks of the move read. */
  facts: Omit<NoticeCommand<Name>, "by" | "now">;
  payload: NoticePayload;
  involved?: string[];
};

/**
 * Lets time pass and makes a move. Throws `notice-state` with the present moves, `conflict-of-interest`, and the fault of the first
 * check that refuses.
 */
function applyNoticeMove<Name extends NoticeMove>(
  notice: Notice,
  name: Name,
  { actor, now, facts, payload, involved }: Move<Name>,
): NoticeChange {
  const change = passTime(notice, now);
  const present = change.notice;
  const rule = noticeMoveRules[name];
  // The reader with the printed secret is not yet known to be the employee.
  const caller = name === "open-letter" ? "letter" : actor.by;
  const command = { by: { caller, person: actor.person }, now, ...facts } as NoticeCommand<Name>;
  const question = questionAboutNotice(present, command);
  const refusal = refusalByState(rule, question) ?? firstFault(rule.refusals ?? [], question.thing, command);
  if (refusal?.code === "notice-state") throw tellingMoves(refusal, noticeMoves(present, command));
  if (refusal) throw refusal;
  return addNoticeEvent(change, { ...actor, at: now, payload, ...(involved && { involved }) });
}

const inspector = (person: string): NoticeActor => ({ by: "inspector", person });
const employee: NoticeActor = { by: "employee" };

/** Throws `notice-state` with the present moves if a caller may not send a file now. */
export function refuseUntimelyFile(notice: Notice, { now, by }: Acting & { by: "inspector" | "employee" }): void {
  const present = passTime(notice, now).notice;
  const mover = { by: { caller: by }, now };
  const refusal = refusalByState(noticeMoveRules.attach, questionAboutNotice(present, mover));
  if (refusal) throw tellingMoves(refusal, noticeMoves(present, mover));
}

/** The citizen lets the notice go on, or ends it. A notice that ended here is announced to nobody. */
export function answerConsentQuestion(notice: Notice, { now, agrees }: Acting & { agrees: boolean }): NoticeChange {
  const payload: NoticePayload = agrees ? { type: "agreed" } : { type: "ended", end: "citizen-disagreed" };
  return applyNoticeMove(notice, agrees ? "agree" : "disagree", { actor: { by: "citizen" }, now, facts: {}, payload });
}

/**
 * An inspector prints the letter. The first may be printed by any inspector. A letter that is lost, or that somebody else opened
 * before the service, is replaced by an inspector who did not print it. After the service only a reviewer hands over another.
 */
export function printLetter(notice: Notice, { now, person }: ActingOfficial): NoticeChange {
  const payload: NoticePayload = { type: "letter-printed" };
  return applyNoticeMove(notice, "print-letter", { actor: inspector(person), now, facts: {}, payload });
}

/** The employee is on leave: the time for the service stops. */
export function recordLeave(notice: Notice, { now, person, until }: ActingOfficial & { until: Instant }): NoticeChange {
  const payload: NoticePayload = { type: "leave-recorded", until };
  return applyNoticeMove(notice, "record-leave", { actor: inspector(person), now, facts: { until }, payload });
}

type Served = { way: ServiceWay; employment: Employment; scan: string };

/** An inspector records the scan of the receipt, or of the note that the employee declined. It counts once a second inspector has confirmed it. */
export function recordService(notice: Notice, { now, person, ...served }: ActingOfficial & Served): NoticeChange {
  const payload: NoticePayload = { type: "service-recorded", ...served };
  return applyNoticeMove(notice, "record-service", { actor: inspector(person), now, facts: {}, payload });
}

/** A second inspector confirms the service. The employee's time begins. `number`: the event of the record that the inspector has read. */
export function confirmService(
  notice: Notice,
  { now, person, number }: ActingOfficial & { number: number },
): NoticeChange {
  const payload: NoticePayload = { type: "service-confirmed" };
  return applyNoticeMove(notice, "confirm-service", { actor: inspector(person), now, facts: { number }, payload });
}

/** The employee opens the notice with the printed secret, which then stops working. */
export const openLetter = (notice: Notice, { now }: Acting): NoticeChange =>
  applyNoticeMove(notice, "open-letter", { actor: employee, now, facts: {}, payload: { type: "letter-opened" } });

type Answer = { text: string; attachments?: string[] | undefined };

/** The employee answers, once. A waiting question is then dropped. */
export const answerNotice = (notice: Notice, { now, ...answer }: Acting & Answer): NoticeChange =>
  applyNoticeMove(notice, "answer", { actor: employee, now, facts: {}, payload: { type: "answered", ...answer } });

/** An inspector who did not open the notice types in the employee's answer on paper, until somebody has decided. */
export function recordPaperAnswer(notice: Notice, { now, person, ...answer }: ActingOfficial & Answer): NoticeChange {
  const payload: NoticePayload = { type: "answered", ...answer, onPaper: true };
  return applyNoticeMove(notice, "record-paper-answer", { actor: inspector(person), now, facts: {}, payload });
}

/** The employee takes five more days, once. */
export const extendAnswer = (notice: Notice, { now }: Acting): NoticeChange =>
  applyNoticeMove(notice, "extend", { actor: employee, now, facts: {}, payload: { type: "answer-extended" } });

/** The employee asks; the employee's time stops until an inspector answers. */
export const askQuestion = (notice: Notice, { now, text }: Acting & { text: string }): NoticeChange =>
  applyNoticeMove(notice, "ask", { actor: employee, now, facts: {}, payload: { type: "question-asked", text } });

type QuestionAnswer = ActingOfficial & { number: number; text: string };

export function answerQuestion(notice: Notice, { now, person, number, text }: QuestionAnswer): NoticeChange {
  const payload: NoticePayload = { type: "question-answered", text };
  return applyNoticeMove(notice, "answer-question", { actor: inspector(person), now, facts: { number }, payload });
}

/** What may keep an official from a move: the fields are those of `NoticeMover`. */
type InspectorsTies = { isColleague: boolean; involved: Involved };
type ReviewersTies = { isColleague: boolean; involved?: Involved | undefined; isJudgeGone?: boolean };
type Decision = ActingOfficial & InspectorsTies & { outcome: "stands" | "dismissed"; reasons: string };

/** An inspector without a part but answers to questions decides, after the answer or after the time for it. */
export function decideNotice(notice: Notice, { now, person, outcome, reasons, ...known }: Decision): NoticeChange {
  const payload: NoticePayload = { type: "decided", outcome, reasons };
  const facts = { outcome, ...known };
  // A reviewer reads no complaint, so the notice says from now on who acted on it.
  const move = { now, facts, payload, involved: [...peopleInvolved(known.involved)] };
  return applyNoticeMove(notice, "decide", { actor: inspector(person), ...move });
}

export const contestDecision = (notice: Notice, { now, text }: Acting & { text: string }): NoticeChange =>
  applyNoticeMove(notice, "contest", { actor: employee, now, facts: {}, payload: { type: "contested", text } });

type Judgement = ActingOfficial & ReviewersTies & { outcome: "upheld" | "overturned"; reasons: string };

/** The reviewer, who has no part in the matter, decides on the employee's contest. */
export function judgeContest(notice: Notice, { now, person, outcome, reasons, ...facts }: Judgement): NoticeChange {
  const payload: NoticePayload = { type: "judged", outcome, reasons };
  return applyNoticeMove(notice, "judge", { actor: { by: "reviewer", person }, now, facts, payload });
}

/** A reviewer who saw the employee's identity card hands over a new letter: the employee is heard anew, once. */
export function handOverLetter(
  notice: Notice,
  { now, person, ...facts }: ActingOfficial & ReviewersTies,
): NoticeChange {
  const payload: NoticePayload = { type: "letter-handed-over" };
  return applyNoticeMove(notice, "hand-over-letter", { actor: { by: "reviewer", person }, now, facts, payload });
}

/** A later decision on the complaint is not `founded`: no employee may be accused for it. Undefined if the notice is over. */
export function endWithoutFoundation(notice: Notice, { now }: Acting): NoticeChange | undefined {
  const change = passTime(notice, now);
  if (change.notice.endedAt) return change.events.length > 0 ? change : undefined;
  const payload: NoticePayload = { type: "ended", end: "complaint-not-founded" };
  return addNoticeEvent(change, { by: "system", at: now, payload });
}

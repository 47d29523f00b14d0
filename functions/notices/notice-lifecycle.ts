import { Fault, type FaultReason, invalidFault, type MovesNow } from "#shared/fault.ts";
import { type MoveRule, type Mover, movesIn, movesShape, type Refusal } from "#shared/moves.ts";
import { mostLeaveDays, mostNoticeLetters, mostNoticeQuestions } from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { dayMs } from "#shared/time/duration.ts";
import { type Involved, isRefuted, peopleInvolved } from "./complaint-facts.ts";
import { type Notice, type NoticeEnd, type NoticeEvent, NoticePart, openQuestion } from "./notice.ts";
import { citizensWord, type NoticeStatus } from "./notice-status.ts";

/** An earlier act or role of a person. In a row of the table, `notBy` lists them: who has one of them may not make the move. */
type Part = NoticePart | "printed-last-letter" | "works-for-agency";

/**
 * Who acts on a notice. `involved`: of an official, what decides who took part in the complaint. `isColleague`: of an official,
 * whether the official has a role at the employee's agency, or had one in the two years before the notice was opened.
 * `isJudgeGone`: of a reviewer, whether the one who judged before is no reviewer of this notice any more.
 */
export type NoticeMover = Mover & {
  involved?: Involved | undefined;
  isColleague?: boolean | undefined;
  isJudgeGone?: boolean | undefined;
};

/** The fields of each move's request that the checks in `refusals` read. */
type Facts = {
  agree: object;
  disagree: object;
  "print-letter": object;
  "record-leave": { until: Instant };
  "record-service": object;
  "confirm-service": { number: number };
  "open-letter": object;
  attach: object;
  answer: object;
  extend: object;
  ask: object;
  "answer-question": { number: number };
  "record-paper-answer": object;
  decide: { outcome: "stands" | "dismissed"; involved: Involved; isColleague: boolean };
  contest: object;
  judge: { isColleague: boolean };
  "hand-over-letter": { isColleague: boolean };
  resume: object;
  stand: object;
  end: object;
};
export type NoticeMove = keyof Facts;
export type NoticeCommand<Name extends NoticeMove> = NoticeMover & Facts[Name];

/** A row of the table. */
type NoticeMoveRule<F> = MoveRule<Notice, NoticeMover, Part> & {
  /** The status after the move. Absent if the move does not change it. */
  to?: NoticeStatus | ((before: Notice, event: NoticeEvent) => NoticeStatus);
  /** The type of event that the move writes. Absent of a file, which becomes a part of a later text. */
  event?: NoticeEvent["type"];
  /** Further checks that can refuse the move, in this order. */
  refusals?: readonly Refusal<Notice, NoticeMover & F>[];
};

/** The fault of a move that the present state of the notice does not allow. */
export const noticeStateFault = ({ status }: Notice, reason?: FaultReason): Fault =>
  new Fault("notice-state", { values: { status }, reason });

/** The citizen reads one word of the state, in refusals too. */
const citizensStateFault = (notice: Notice): Fault =>
  new Fault("notice-state", { values: { status: citizensWord(notice) } });

/** Whether a person has a part. Until the decision, who acted on the complaint is known only if its facts were read (`involved`). */
function hasPart(
  { parts, letter }: Notice,
  part: Part,
  { person, involved, isColleague }: Pick<NoticeMover, "involved" | "isColleague"> & { person: string },
) {
  if (part === "printed-last-letter") return letter?.printedBy === person;
  if (part === "works-for-agency") return isColleague ?? false;
  if (part === "acted-on-complaint" && involved && peopleInvolved(involved).has(person)) return true;
  return parts.some((one) => one.part === part && one.person === person);
}

const reasonOfPart: Partial<Record<Part, FaultReason>> = {
  "opened-notice": "opened-notice",
  "printed-letter": "printed-letter",
  "printed-last-letter": "printed-letter",
  "recorded-service": "recorded-service",
  "works-for-agency": "had-role-at-agency",
};
const partFault = (part: Part) => new Fault("conflict-of-interest", { reason: reasonOfPart[part] ?? "took-part" });

type StateRefusal = Refusal<Notice, NoticeMover>;
const refuseIf =
  (isRefused: (notice: Notice, mover: NoticeMover) => boolean, reason?: FaultReason): StateRefusal =>
  (notice, mover) =>
    isRefused(notice, mover) ? noticeStateFault(notice, reason) : undefined;

/**
 * Returns the reviewer who judged the employee's contest; undefined if nobody has. Only this reviewer may hand over a new letter: the
 * other reviewer then has no part in the notice, and judges the second contest.
 */
export const judgeOf = ({ parts }: Pick<Notice, "parts">): string | undefined =>
  parts.find(({ part }) => part === "judged-notice")?.person;

const refuseHandoverByOther: StateRefusal = (notice, { by, isJudgeGone }) => {
  const judge = judgeOf(notice);
  if (!judge || judge === by.person || isJudgeGone) return undefined;
  return new Fault("conflict-of-interest", { reason: "judged-by-another" });
};

const refuseWithoutQuestion: StateRefusal = (notice) => {
  if (notice.questions.length === 0) return new Fault("not-found");
  return openQuestion(notice) ? undefined : noticeStateFault(notice, "question-answered");
};

const refuseOtherQuestion: Refusal<Notice, Facts["answer-question"]> = (notice, { number }) => {
  const question = notice.questions[number - 1];
  if (!question) return new Fault("not-found");
  return question.answeredAt ? noticeStateFault(notice, "question-answered") : undefined;
};

const refuseAnswered = refuseIf(
  ({ status, answeredAt }) => status === "served" && answeredAt !== undefined,
  "notice-answered",
);
const refuseOverdueAnswer = refuseIf(
  (notice, { now }) => !openQuestion(notice) && notice.answerBy !== undefined && now >= notice.answerBy,
  "notice-answer-overdue",
);
const refuseSecondExtension: StateRefusal = ({ extended }) => (extended ? new Fault("already-extended") : undefined);

const refuseUnusableLeave: Refusal<Notice, NoticeMover & Facts["record-leave"]> = ({ leaveDays }, { now, until }) => {
  if (until <= now) return invalidFault("onLeaveUntil", "in-the-past");
  const left = mostLeaveDays - leaveDays;
  if (Date.parse(until) - Date.parse(now) <= left * dayMs) return undefined;
  return invalidFault("onLeaveUntil", "too-far-ahead", { values: { limit: Math.floor(left) } });
};

const refuseOtherService: Refusal<Notice, Facts["confirm-service"]> = (notice, { number }) =>
  notice.service?.number === number ? undefined : noticeStateFault(notice, "service-changed");

/** A decision on the complaint ends its notices. A decision at the moment of the opening may have missed this notice. */
const refuseUnfounded: Refusal<Notice, Facts["decide"]> = (notice, { outcome, involved }) =>
  outcome === "stands" && isRefuted(involved.events) ? noticeStateFault(notice, "not-founded") : undefined;

/** Whether the letter is opened after a service that the employee declined to sign. The employee is then heard anew, once. */
export const isOpenedLate = ({ service, status, heardAnew }: Notice) =>
  service?.way === "declined" && status !== "open" && !heardAnew;

const statusAtEnd: Record<Exclude<NoticeEnd, "complaint-not-founded">, NoticeStatus> = {
  "citizen-disagreed": "declined",
  "citizen-silent": "declined",
  "not-served": "lapsed",
  "question-unanswered": "dismissed",
  "not-decided": "dismissed",
  "dismissed-by-inspector": "dismissed",
  "overturned-by-reviewer": "overturned",
  "not-judged": "overturned",
  expired: "expired",
};

/** The status of a notice after a decision that the complaint is not founded. */
const statusWithoutFoundation: Partial<Record<NoticeStatus, NoticeStatus>> = {
  asked: "declined",
  open: "dismissed",
  served: "dismissed",
};

function ended({ status }: Notice, event: NoticeEvent): NoticeStatus {
  if (event.type !== "ended") return status;
  if (event.end === "complaint-not-founded") return statusWithoutFoundation[status] ?? "overturned";
  return statusAtEnd[event.end];
}

const servedAndRunning: readonly NoticeStatus[] = ["served", "decided", "contested", "standing"];
const running: readonly NoticeStatus[] = ["asked", "open", ...servedAndRunning, "reheard"];

/** The lifecycle of a notice to an employee. */
export const noticeMoveRules: { [Name in NoticeMove]: NoticeMoveRule<Facts[Name]> } = {
  agree: { by: ["citizen"], from: ["asked"], to: "open", event: "agreed" },
  disagree: { by: ["citizen"], from: ["asked"], to: ended, event: "ended" },
  "print-letter": {
    by: ["inspector"],
    notBy: ["printed-last-letter"],
    from: ["open"],
    event: "letter-printed",
    stateRefusals: [refuseIf(({ letterCount }) => letterCount >= mostNoticeLetters, "letter-limit")],
  },
  "record-leave": {
    by: ["inspector"],
    from: ["open"],
    event: "leave-recorded",
    stateRefusals: [refuseIf(({ leaveDays }) => leaveDays >= mostLeaveDays)],
    refusals: [refuseUnusableLeave],
  },
  "record-service": {
    by: ["inspector"],
    from: ["open"],
    event: "service-recorded",
    stateRefusals: [refuseIf(({ letter }) => !letter, "letter-missing")],
  },
  "confirm-service": {
    by: ["inspector"],
    notBy: ["opened-notice", "printed-letter", "recorded-service"],
    from: ["open"],
    to: "served",
    event: "service-confirmed",
    stateRefusals: [
      refuseIf(({ service }) => !service, "service-missing"),
      // An employee who declined to sign has no secret: somebody else opened the letter.
      refuseIf(({ service, letter }) => service?.way === "declined" && letter?.openedAt !== undefined, "letter-opened"),
    ],
    refusals: [refuseOtherService],
  },
  /** By the first reading with the printed secret. */
  "open-letter": {
    by: ["letter"],
    from: ["open", ...servedAndRunning, "reheard"],
    to: (before) => (isOpenedLate(before) ? "served" : before.status),
    event: "letter-opened",
    stateRefusals: [refuseIf(({ letter }) => !letter || letter.openedAt !== undefined)],
  },
  /** A scan for the service or for an answer on paper; a file for the employee's answer. */
  attach: { by: ["inspector", "employee"], from: ["open", "served"] },
  answer: {
    by: ["employee"],
    from: ["served"],
    event: "answered",
    stateRefusals: [refuseAnswered, refuseOverdueAnswer],
  },
  extend: {
    by: ["employee"],
    from: ["served", "reheard"],
    event: "answer-extended",
    stateRefusals: [refuseAnswered, refuseOverdueAnswer, refuseSecondExtension],
  },
  ask: {
    by: ["employee"],
    from: ["served"],
    event: "question-asked",
    stateRefusals: [
      refuseAnswered,
      refuseOverdueAnswer,
      refuseIf((notice) => openQuestion(notice) !== undefined, "question-open"),
      refuseIf(({ questions }) => questions.length >= mostNoticeQuestions, "question-limit"),
    ],
  },
  "answer-question": {
    by: ["inspector"],
    from: ["served"],
    event: "question-answered",
    stateRefusals: [refuseWithoutQuestion],
    refusals: [refuseOtherQuestion],
  },
  /** The employee's time stays open: nobody can end the hearing with a forged paper. */
  "record-paper-answer": {
    by: ["inspector"],
    notBy: ["opened-notice"],
    from: ["served"],
    event: "answered",
    stateRefusals: [
      refuseIf(({ answeredAt, paperAnswerBy }) => Boolean(answeredAt ?? paperAnswerBy), "notice-answered"),
    ],
  },
  decide: {
    by: ["inspector"],
    // To answer the employee's questions is no part: who decides must know the matter.
    notBy: [
      "opened-notice",
      "printed-letter",
      "recorded-service",
      "confirmed-service",
      "typed-in-answer",
      "acted-on-complaint",
      "handed-over-letter",
      "works-for-agency",
    ],
    from: ["served"],
    to: (_, event) => (event.type === "decided" && event.outcome === "stands" ? "decided" : "dismissed"),
    event: "decided",
    stateRefusals: [
      refuseIf((notice) => openQuestion(notice) !== undefined, "question-open"),
      refuseIf(
        ({ answeredAt, answerBy }, { now }) => !answeredAt && answerBy !== undefined && now < answerBy,
        "answer-awaited",
      ),
    ],
    refusals: [refuseUnfounded],
  },
  /** After a hand-over this is the employee's answer. */
  contest: { by: ["employee"], from: ["decided", "reheard"], to: "contested", event: "contested" },
  judge: {
    by: ["reviewer"],
    notBy: [...NoticePart.options, "works-for-agency"],
    from: ["contested"],
    to: (_, event) => (event.type === "judged" && event.outcome === "upheld" ? "standing" : "overturned"),
    event: "judged",
  },
  /** The employee says that the opening or the answer was somebody else's, and shows the identity card. */
  "hand-over-letter": {
    by: ["reviewer"],
    notBy: [...NoticePart.options.filter((part) => part !== "judged-notice"), "works-for-agency"],
    from: servedAndRunning,
    to: ({ status }) => (status === "served" ? "served" : "reheard"),
    event: "letter-handed-over",
    stateRefusals: [refuseIf(({ handover }) => handover !== undefined, "handed-over-before"), refuseHandoverByOther],
  },
  resume: {
    by: ["system"],
    from: ["reheard"],
    to: ({ handover, status }) => handover?.from ?? status,
    event: "resumed",
  },
  stand: { by: ["system"], from: ["decided"], to: "standing", event: "began-to-stand" },
  end: { by: ["system"], from: running, to: ended, event: "ended" },
};

/** The status after an event. */
export function statusAfter(before: Notice, event: NoticeEvent): NoticeStatus {
  const { to = before.status } = Object.values(noticeMoveRules).find((rule) => rule.event === event.type) ?? {};
  return typeof to === "function" ? to(before, event) : to;
}

/**
 * The notice as a caller may know it. Inspectors cannot tell a no of the citizen from silence, so that nobody asks for reasons: until
 * the citizen's time is over, a refused notice looks like a waiting one.
 */
export function asKnownTo(caller: string, notice: Notice, now: Instant): Notice {
  if (notice.status !== "declined" || (caller !== "inspector" && caller !== "reviewer")) return notice;
  const { end: _, endedAt, ...rest } = notice;
  // Nothing but the opening comes before the citizen's answer.
  return now < notice.agreeBy
    ? { ...rest, status: "asked", version: 1 }
    : { ...rest, endedAt: endedAt && notice.agreeBy };
}

export const questionAboutNotice = (notice: Notice, facts: NoticeMover) => ({
  thing: asKnownTo(facts.by.caller, notice, facts.now),
  facts,
  wrongState: facts.by.caller === "citizen" ? citizensStateFault : noticeStateFault,
  partFault(part: Part) {
    const { person } = facts.by;
    return person !== undefined && hasPart(notice, part, { ...facts, person }) ? partFault(part) : undefined;
  },
});

/** The fields of a view of a notice that tell its reader the moves. */
export const noticeMovesShape = movesShape(noticeMoveRules);

/** The moves of a caller on a notice as it is now. */
export const noticeMoves = (present: Notice, mover: NoticeMover): MovesNow<NoticeMove> =>
  movesIn(noticeMoveRules, questionAboutNotice(present, mover));

import type { Calendar } from "#shared/hours/office-clock.ts";
import { firstFault, refusalByState, tellingMoves } from "#shared/moves.ts";
import type { EscalationLevels } from "#shared/province/terms.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { Issue, IssueActor, IssuePayload } from "./issue.ts";
import { escalateRecurred, passIssueTime, planDeadline, readingDeadline } from "./issue-clock.ts";
import { addIssueEvent, type IssueChange } from "./issue-events.ts";
import {
  type IssueCommand,
  type IssueMove,
  issueMoveRules,
  issueMoves,
  questionAboutIssue,
} from "./issue-lifecycle.ts";

/** Who acts on an issue, and when. */
export type ActingOnIssue = { now: Instant; actor: IssueActor };
type WithCalendar = { calendar: Calendar };

type Move<Name extends IssueMove> = ActingOnIssue & {
  /** The fields of the request that the checks of the move read. */
  facts: Omit<IssueCommand<Name>, "by" | "now">;
  /** The event, of the issue as it is now. */
  payload: (present: Issue) => IssuePayload;
};

/**
 * Lets time pass and returns what it changed, if the move is allowed then. Throws `issue-state` with the present moves, and the fault of
 * the first check that refuses.
 */
export function checkIssueMove<Name extends IssueMove>(
  issue: Issue,
  name: Name,
  { actor, now, facts }: Omit<Move<Name>, "payload">,
): IssueChange {
  const change = passIssueTime(issue, now);
  const present = change.issue;
  const rule = issueMoveRules[name];
  const mover = { by: { caller: actor.by, person: actor.person }, now };
  const command = { ...mover, ...facts } as IssueCommand<Name>;
  const refusal =
    refusalByState(rule, questionAboutIssue(present, mover)) ?? firstFault(rule.refusals ?? [], present, command);
  if (refusal?.code === "issue-state") throw tellingMoves(refusal, issueMoves(present, mover));
  if (refusal) throw refusal;
  return change;
}

/** Lets time pass and makes a move. Throws as `checkIssueMove` does. */
function applyIssueMove<Name extends IssueMove>(
  issue: Issue,
  name: Name,
  { payload, ...move }: Move<Name>,
): IssueChange {
  const change = checkIssueMove(issue, name, move);
  return addIssueEvent(change, { ...move.actor, at: move.now, payload: payload(change.issue) });
}

type Plan = { what: string; responsible: string; by: Instant };

/** The agency says how it mends the issue, who does it, and until when. */
export function planIssue(
  issue: Issue,
  { now, actor, calendar, ...plan }: ActingOnIssue & WithCalendar & Plan,
): IssueChange {
  const { what, responsible, by: promisedBy } = plan;
  return applyIssueMove(issue, "plan", {
    now,
    actor,
    facts: { promisedBy },
    payload: () => ({
      type: "planned",
      what,
      responsible,
      promisedBy,
      readBy: readingDeadline({ start: now, calendar }),
    }),
  });
}

/** The agency says that the issue is mended, and how that can be seen. */
export function reportDone(
  issue: Issue,
  { now, actor, calendar, text }: ActingOnIssue & WithCalendar & { text: string },
): IssueChange {
  return applyIssueMove(issue, "report-done", {
    now,
    actor,
    facts: {},
    payload: () => ({ type: "done", text, readBy: readingDeadline({ start: now, calendar }) }),
  });
}

type WithReason = ActingOnIssue & { reason: string };

/** An inspector returns the plan or the proof, each once: its clock never stopped. */
export function returnText(issue: Issue, { now, actor, reason }: WithReason): IssueChange {
  const isProof = passIssueTime(issue, now).issue.status === "done";
  const type = isProof ? "proof-returned" : "plan-returned";
  return applyIssueMove(issue, isProof ? "return-proof" : "return-plan", {
    now,
    actor,
    facts: {},
    payload: () => ({ type, reason }),
  });
}

/** An inspector moves the promised day to a later one, once, while it has not passed. The reason is published. */
export function movePromise(issue: Issue, { now, actor, reason, by }: WithReason & { by: Instant }): IssueChange {
  return applyIssueMove(issue, "move-promise", {
    now,
    actor,
    facts: { promisedBy: by },
    payload: ({ promisedBy = "" }) => ({ type: "promise-moved", promisedBy: by, previously: promisedBy, reason }),
  });
}

/** An inspector has read the agency's texts up to an event: they are published from now on. */
export function readTexts(
  issue: Issue,
  { now, actor, number }: ActingOnIssue & { number: number },
): IssueChange | undefined {
  if (number <= (issue.readNumber ?? 0)) return undefined;
  return applyIssueMove(issue, "read-texts", {
    now,
    actor,
    facts: { number },
    payload: () => ({ type: "texts-read", number }),
  });
}

type Recurring = WithReason & WithCalendar & { levels: EscalationLevels };

/** An inspector says that the issue came back. It escalates at once and needs a new plan. */
export function sayRecurred(issue: Issue, { now, actor, reason, calendar, levels }: Recurring): IssueChange {
  const change = applyIssueMove(issue, "report-recurrence", {
    now,
    actor,
    facts: {},
    payload: (present) => ({ type: "recurred", reason, planBy: planDeadline(present, { start: now, calendar }) }),
  });
  return escalateRecurred(change, { now: change.issue.lastEventAt, levels });
}

/** An inspector withdraws an issue, with a reason that is published. */
export function withdrawIssue(issue: Issue, { now, actor, reason }: WithReason): IssueChange {
  return applyIssueMove(issue, "withdraw", {
    now,
    actor,
    facts: {},
    payload: () => ({ type: "withdrawn", reason }),
  });
}

type OrderedAnswer = Omit<Extract<IssuePayload, { type: "answers-ordered" }>, "type">;

/** The agency answers all linked cases that it holds with one text, once a plan stands. One such order runs at a time. */
export function orderAnswers(
  issue: Issue,
  { now, actor, answer }: ActingOnIssue & { answer: OrderedAnswer },
): IssueChange {
  return applyIssueMove(issue, "answer", {
    now,
    actor,
    facts: {},
    payload: () => ({ type: "answers-ordered", ...answer }),
  });
}

/** All linked cases were looked at. Undefined if this order is not under way any more. */
export function finishAnswers(
  issue: Issue,
  { now, number, ...counts }: { now: Instant; number: number; answered: number; skipped: number },
): IssueChange | undefined {
  const change = passIssueTime(issue, now);
  if (change.issue.answering !== number) return undefined;
  return addIssueEvent(change, { by: "system", at: now, payload: { type: "answers-given", ...counts } });
}

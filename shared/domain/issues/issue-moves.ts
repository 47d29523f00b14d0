import type { EscalationLevels } from "../deadlines/terms.ts";
import { Fault, type FaultReason, invalidFault } from "../fault.ts";
import { furthestPromiseDays } from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import type { Calendar } from "../time/office-clock.ts";
import type { Issue, IssueActor, IssuePayload, IssueStatus } from "./issue.ts";
import { escalateRecurred, passIssueTime, planDeadline, readingDeadline } from "./issue-clock.ts";
import { addIssueEvent, type IssueChange } from "./issue-events.ts";

/** Who acts on an issue, and when. */
export type ActingOnIssue = { now: Instant; actor: IssueActor };
type WithCalendar = { calendar: Calendar };

type Move = ActingOnIssue & {
  from: readonly IssueStatus[];
  /** Throws where the issue as it is now does not allow the move. */
  refuse?: (present: Issue) => void;
  payload: (present: Issue) => IssuePayload;
};

/** Lets time pass, checks the state, and adds the event. */
function move(issue: Issue, { actor, now, from, refuse, payload }: Move): IssueChange {
  const change = passIssueTime(issue, now);
  const present = change.issue;
  if (!from.includes(present.status)) throw stateFault(present);
  refuse?.(present);
  return addIssueEvent(change, { ...actor, at: now, payload: payload(present) });
}

function stateFault({ status }: Issue, reason?: FaultReason): Fault {
  return new Fault("issue-state", { values: { status }, reason });
}

function refuseUsed(issue: Issue, { use, reason }: { use: Issue["used"][number]; reason: FaultReason }): void {
  if (issue.used.includes(use)) throw stateFault(issue, reason);
}

/** Throws `invalid` for a promise that is over already, or too far ahead. */
function refusePromise(promisedBy: Instant, now: Instant): void {
  if (promisedBy <= now) throw invalidFault("by", "in-the-past");
  if (promisedBy > addMilliseconds(now, furthestPromiseDays * dayMs))
    throw invalidFault("by", "too-far-ahead", { values: { limit: furthestPromiseDays } });
}

type Plan = { what: string; responsible: string; by: Instant };

/** The agency says how it mends the issue, who does it, and until when. */
export function planIssue(
  issue: Issue,
  { now, actor, calendar, ...plan }: ActingOnIssue & WithCalendar & Plan,
): IssueChange {
  const { what, responsible, by: promisedBy } = plan;
  return move(issue, {
    now,
    actor,
    from: ["open", "recurred"],
    refuse: () => refusePromise(promisedBy, now),
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
  return move(issue, {
    now,
    actor,
    from: ["planned"],
    payload: () => ({ type: "done", text, readBy: readingDeadline({ start: now, calendar }) }),
  });
}

type WithReason = ActingOnIssue & { reason: string };

/** An inspector returns the plan or the proof, each once: its clock never stopped. */
export function returnText(issue: Issue, { now, actor, reason }: WithReason): IssueChange {
  return move(issue, {
    now,
    actor,
    from: ["planned", "done"],
    refuse: (present) => {
      const use = present.status === "planned" ? "plan-returned" : "proof-returned";
      refuseUsed(present, { use, reason: "returned-before" });
    },
    payload: ({ status }) => ({ type: status === "planned" ? "plan-returned" : "proof-returned", reason }),
  });
}

/** An inspector moves the promised day to a later one, once, while it has not passed. The reason is published. */
export function movePromise(issue: Issue, { now, actor, reason, by }: WithReason & { by: Instant }): IssueChange {
  return move(issue, {
    now,
    actor,
    from: ["planned"],
    refuse: (present) => {
      const { promisedBy = "" } = present;
      refuseUsed(present, { use: "promise-moved", reason: "promise-moved-before" });
      if (promisedBy <= now) throw stateFault(present, "promise-overdue");
      refusePromise(by, now);
      if (by <= promisedBy) throw invalidFault("by", "not-later");
    },
    payload: ({ promisedBy = "" }) => ({ type: "promise-moved", promisedBy: by, previously: promisedBy, reason }),
  });
}

/** An inspector has read the agency's texts up to an event: they are published from now on. */
export function readTexts(
  issue: Issue,
  { now, actor, number }: ActingOnIssue & { number: number },
): IssueChange | undefined {
  if (number <= (issue.readNumber ?? 0)) return undefined;
  if (!issue.unread || number > issue.unread.number) throw invalidFault("number", "no-unread-text");
  return move(issue, {
    now,
    actor,
    from: ["planned", "done", "verified", "unconfirmed", "recurred"],
    payload: () => ({ type: "texts-read", number }),
  });
}

type Visited = ActingOnIssue & { arrivedAt: Instant; text: string };

/** An inspector has seen at the office that the issue is mended. */
export function verifyByVisit(issue: Issue, { now, actor, arrivedAt, text }: Visited): IssueChange {
  return move(issue, {
    now,
    actor,
    from: ["done", "unconfirmed"],
    refuse: ({ doneAt = "" }) => {
      if (arrivedAt > now) throw invalidFault("arrivedAt", "in-the-future");
      if (arrivedAt < doneAt) throw invalidFault("arrivedAt", "before-done");
    },
    payload: () => ({ type: "verified", verifiedBy: "visit", arrivedAt, text }),
  });
}

type Recurring = WithReason & WithCalendar & { levels: EscalationLevels };

/** An inspector says that the issue came back. It escalates at once and needs a new plan. */
export function sayRecurred(issue: Issue, { now, actor, reason, calendar, levels }: Recurring): IssueChange {
  const change = move(issue, {
    now,
    actor,
    from: ["done", "verified", "unconfirmed"],
    payload: (present) => ({ type: "recurred", reason, planBy: planDeadline(present, { start: now, calendar }) }),
  });
  return escalateRecurred(change, { now: change.issue.lastEventAt, levels });
}

/** An inspector withdraws an issue, with a reason that is published. */
export function withdrawIssue(issue: Issue, { now, actor, reason }: WithReason): IssueChange {
  return move(issue, {
    now,
    actor,
    from: ["open", "planned", "done", "verified", "unconfirmed", "recurred"],
    payload: () => ({ type: "withdrawn", reason }),
  });
}

type OrderedAnswer = Omit<Extract<IssuePayload, { type: "answers-ordered" }>, "type">;

/** The agency answers all linked cases that it holds with one text, once a plan stands. One such order runs at a time. */
export function orderAnswers(
  issue: Issue,
  { now, actor, answer }: ActingOnIssue & { answer: OrderedAnswer },
): IssueChange {
  return move(issue, {
    now,
    actor,
    from: ["planned", "done", "verified", "unconfirmed"],
    refuse: (present) => {
      if (present.answering !== undefined) throw stateFault(present, "answers-under-way");
    },
    payload: () => ({ type: "answers-ordered", ...answer }),
  });
}

/** All linked cases were looked at. Undefined where this order is not under way any more. */
export function finishAnswers(
  issue: Issue,
  { now, number, ...counts }: { now: Instant; number: number; answered: number; skipped: number },
): IssueChange | undefined {
  const change = passIssueTime(issue, now);
  if (change.issue.answering !== number) return undefined;
  return addIssueEvent(change, { by: "system", at: now, payload: { type: "answers-given", ...counts } });
}

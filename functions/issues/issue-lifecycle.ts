import { Fault, type FaultReason, invalidFault, type MovesNow } from "#shared/fault.ts";
import { type MoveRule, type Mover, movesIn, movesShape, type Refusal } from "#shared/moves.ts";
import { furthestPromiseDays } from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import type { Issue, IssueEventType, IssueStatus } from "./issue.ts";

/** The fields of each move's request that the checks in `refusals` read. */
type Facts = {
  plan: { promisedBy: Instant };
  "report-done": object;
  answer: object;
  "return-plan": object;
  "return-proof": object;
  "move-promise": { promisedBy: Instant };
  "read-texts": { number: number };
  verify: { arrivedAt: Instant };
  "report-recurrence": object;
  withdraw: object;
  link: object;
  "publish-visit": object;
  "verify-by-calls": object;
  unconfirm: object;
};
export type IssueMove = keyof Facts;
export type IssueCommand<Name extends IssueMove> = Mover & Facts[Name];

/** A row of the table. */
type IssueMoveRule<F> = MoveRule<Issue> & {
  /** The status after the move. Absent if the move does not change it. */
  to?: IssueStatus | ((before: Issue) => IssueStatus);
  /** The type of event that the move writes. Absent of a link, which writes an event of the complaint, and of a visit. */
  event?: IssueEventType;
  /** Further checks that can refuse the move, in this order. */
  refusals?: readonly Refusal<Issue, Mover & F>[];
};

/** The fault of a move that the present state of the issue does not allow. */
export const issueStateFault = ({ status }: Issue, reason?: FaultReason): Fault =>
  new Fault("issue-state", { values: { status }, reason });

const refuseSecond =
  (use: Issue["used"][number], reason: FaultReason): Refusal<Issue, Mover> =>
  (issue) =>
    issue.used.includes(use) ? issueStateFault(issue, reason) : undefined;

const refuseOverduePromise: Refusal<Issue, Mover> = (issue, { now }) =>
  (issue.promisedBy ?? "") <= now ? issueStateFault(issue, "promise-overdue") : undefined;

const refuseSecondOrder: Refusal<Issue, Mover> = (issue) =>
  issue.answering === undefined ? undefined : issueStateFault(issue, "answers-under-way");

const refuseWithoutUnreadText: Refusal<Issue, Mover> = ({ unread }) =>
  unread ? undefined : invalidFault("number", "no-unread-text");

const refuseLaterText: Refusal<Issue, Facts["read-texts"]> = ({ unread }, { number }) =>
  unread && number > unread.number ? invalidFault("number", "no-unread-text") : undefined;

/** A promise that is over already, or too far ahead. */
const refuseUnusablePromise: Refusal<Issue, Mover & Facts["plan"]> = (_, { now, promisedBy }) => {
  if (promisedBy <= now) return invalidFault("by", "in-the-past");
  if (promisedBy <= addMilliseconds(now, furthestPromiseDays * dayMs)) return undefined;
  return invalidFault("by", "too-far-ahead", { values: { limit: furthestPromiseDays } });
};

const refuseEarlierPromise: Refusal<Issue, Facts["move-promise"]> = (before, { promisedBy }) =>
  promisedBy <= (before.promisedBy ?? "") ? invalidFault("by", "not-later") : undefined;

const refuseUnusableVisit: Refusal<Issue, Mover & Facts["verify"]> = ({ doneAt = "" }, { now, arrivedAt }) => {
  if (arrivedAt > now) return invalidFault("arrivedAt", "in-the-future");
  return arrivedAt < doneAt ? invalidFault("arrivedAt", "before-done") : undefined;
};

const notWithdrawn: readonly IssueStatus[] = ["open", "planned", "done", "verified", "unconfirmed", "recurred"];
const withPlan: readonly IssueStatus[] = ["planned", "done", "verified", "unconfirmed"];

/** The lifecycle of an issue. */
export const issueMoveRules: { [Name in IssueMove]: IssueMoveRule<Facts[Name]> } = {
  plan: {
    by: ["agency"],
    from: ["open", "recurred"],
    to: "planned",
    event: "planned",
    refusals: [refuseUnusablePromise],
  },
  "report-done": { by: ["agency"], from: ["planned"], to: "done", event: "done" },
  /** One text for all linked cases. */
  answer: { by: ["agency"], from: withPlan, event: "answers-ordered", stateRefusals: [refuseSecondOrder] },
  "return-plan": {
    by: ["inspector"],
    from: ["planned"],
    to: ({ recurredAt }) => (recurredAt ? "recurred" : "open"),
    event: "plan-returned",
    stateRefusals: [refuseSecond("plan-returned", "returned-before")],
  },
  "return-proof": {
    by: ["inspector"],
    from: ["done"],
    to: "planned",
    event: "proof-returned",
    stateRefusals: [refuseSecond("proof-returned", "returned-before")],
  },
  "move-promise": {
    by: ["inspector"],
    from: ["planned"],
    event: "promise-moved",
    stateRefusals: [refuseSecond("promise-moved", "promise-moved-before"), refuseOverduePromise],
    refusals: [refuseUnusablePromise, refuseEarlierPromise],
  },
  "read-texts": {
    by: ["inspector"],
    from: [...withPlan, "recurred"],
    event: "texts-read",
    stateRefusals: [refuseWithoutUnreadText],
    refusals: [refuseLaterText],
  },
  /** Reports a visit that found it mended. It is published later, without a word of the visit. */
  verify: { by: ["inspector"], from: ["done", "unconfirmed"], refusals: [refuseUnusableVisit] },
  "publish-visit": { by: ["system"], from: ["done", "unconfirmed"], to: "verified", event: "verified" },
  "report-recurrence": {
    by: ["inspector"],
    from: ["done", "verified", "unconfirmed"],
    to: "recurred",
    event: "recurred",
  },
  withdraw: { by: ["inspector"], from: notWithdrawn, to: "withdrawn", event: "withdrawn" },
  link: { by: ["inspector"], from: notWithdrawn },
  "verify-by-calls": { by: ["system"], from: ["done"], to: "verified", event: "verified" },
  unconfirm: { by: ["system"], from: ["done"], to: "unconfirmed", event: "unconfirmed" },
};

/** The status after an event. */
export function statusAfter(before: Issue, type: IssueEventType): IssueStatus {
  const { to = before.status } = Object.values(issueMoveRules).find(({ event }) => event === type) ?? {};
  return typeof to === "function" ? to(before) : to;
}

export const questionAboutIssue = (thing: Issue, facts: Mover) => ({ thing, facts, wrongState: issueStateFault });

/** The fields of a view of an issue that tell its reader the moves. */
export const issueMovesShape = movesShape(issueMoveRules);

/** The moves of a caller on an issue as it is now. */
export const issueMoves = (present: Issue, mover: Mover): MovesNow<IssueMove> =>
  movesIn(issueMoveRules, questionAboutIssue(present, mover));

import type { Instant } from "#shared/time/calendar.ts";
import { type Issue, type IssueActor, type IssueEvent, type IssuePayload, IssueSnapshot } from "./issue.ts";
import { statusAfter } from "./issue-lifecycle.ts";

/** The issue after a command or after some time, with the events that led there. They are written in one transaction. */
export type IssueChange = { issue: Issue; events: IssueEvent[] };

type NewIssueEvent = IssueActor & { at: Instant; payload: IssuePayload };

/** Adds one event to a change. Checks nothing: the caller has checked. */
export function addIssueEvent({ issue, events }: IssueChange, { payload, ...cause }: NewIssueEvent): IssueChange {
  const at = cause.at > issue.lastEventAt ? cause.at : issue.lastEventAt;
  const numbered = { ...payload, ...cause, at, version: issue.version + 1 };
  const after = evolveIssue(issue, numbered);
  return { issue: after, events: [...events, { ...numbered, after: IssueSnapshot.parse(after) }] };
}

type Opening = Pick<Issue, "id" | "agencyId" | "category" | "cause" | "countyIds" | "officeIds" | "outage" | "title">;

/** A new issue, with its first event. */
export function beginIssue(
  opening: Opening,
  { at, payload, ...actor }: NewIssueEvent & { person: string; payload: Extract<IssuePayload, { type: "opened" }> },
): IssueChange {
  const issue: Issue = {
    ...opening,
    status: "open",
    version: 1,
    lastEventAt: at,
    openedAt: at,
    openedBy: actor.person,
    level: 0,
    planBy: payload.planBy,
    used: [],
  };
  return { issue, events: [{ ...payload, ...actor, at, version: 1, after: IssueSnapshot.parse(issue) }] };
}

type NumberedEvent = IssuePayload & Pick<IssueEvent, "at" | "version">;

/** The only place where an event changes an issue. The table of moves says the status. */
export function evolveIssue(issue: Issue, event: NumberedEvent): Issue {
  const status = statusAfter(issue, event.type);
  const changed = { ...issue, status, version: event.version, lastEventAt: event.at, ...changesBy(issue, event) };
  // Without a next escalation no execution waits for it.
  return { ...changed, escalationExecution: changed.nextLevelAt && changed.escalationExecution };
}

function changesBy(issue: Issue, event: NumberedEvent): Partial<Issue> {
  const { at } = event;
  switch (event.type) {
    case "opened":
    case "unconfirmed":
      return {};
    case "planned":
      return {
        plannedAt: at,
        promisedBy: event.promisedBy,
        ...interruptedAt(issue, "plan"),
        ...withUnreadText(issue, event),
      };
    case "plan-returned":
      return {
        plannedAt: undefined,
        promisedBy: undefined,
        ...continued(issue, "plan"),
      };
    case "promise-moved":
      return { promisedBy: event.promisedBy, used: [...issue.used, "promise-moved"] };
    case "done":
      return { doneAt: at, ...interruptedAt(issue, "proof"), ...withUnreadText(issue, event) };
    case "proof-returned":
      return { doneAt: undefined, ...continued(issue, "proof") };
    case "texts-read":
      return {
        readNumber: event.number,
        unread: issue.unread && issue.unread.number > event.number ? issue.unread : undefined,
      };
    case "reading-overdue":
      return { unread: issue.unread && { ...issue.unread, overdue: true } };
    case "verified":
      return { verifiedAt: at };
    case "recurred":
      return { ...begunAnew, recurredAt: at, planBy: event.planBy };
    case "escalated":
      return { level: event.level, nextLevelAt: event.nextLevelAt };
    case "withdrawn":
      return { endedAt: at, nextLevelAt: undefined, unread: undefined };
    case "answers-ordered":
      return { answering: event.version };
    case "answers-given":
      return { answering: undefined };
  }
}

/** After a recurrence the agency sends a new plan and proof, and an inspector may again return a text and move the promised time. */
const begunAnew = {
  plannedAt: undefined,
  promisedBy: undefined,
  doneAt: undefined,
  verifiedAt: undefined,
  nextLevelAt: undefined,
  interrupted: undefined,
  used: [],
} satisfies Partial<Issue>;

/** The agency took the step: the escalation ends. Its level is kept, in case the text is returned. */
function interruptedAt({ nextLevelAt, interrupted }: Issue, step: "plan" | "proof"): Partial<Issue> {
  return { nextLevelAt: undefined, interrupted: { ...interrupted, [step]: nextLevelAt } };
}

/**
 * The text was returned: the clock of the step never stopped, so its escalation continues at the same level. Who returns a text has read
 * all texts up to it.
 */
function continued({ interrupted, used, unread, readNumber }: Issue, step: "plan" | "proof"): Partial<Issue> {
  const read = { readNumber: unread?.number ?? readNumber, unread: undefined };
  return { nextLevelAt: interrupted?.[step], used: [...used, `${step}-returned`], ...read };
}

/** An inspector who has not read the text before has no more time for both. */
function withUnreadText(
  { unread }: Issue,
  { at, version, readBy }: Pick<IssueEvent, "at" | "version"> & { readBy: Instant },
): Partial<Issue> {
  return { unread: unread ? { ...unread, number: version } : { number: version, since: at, readBy } };
}

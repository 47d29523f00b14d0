import * as fc from "fast-check";
import { expect } from "vitest";
import type { Issue, IssueEvent } from "#functions/issues/issue.ts";
import { evolveIssue, type IssueChange } from "#functions/issues/issue-events.ts";
import {
  finishAnswers,
  movePromise,
  orderAnswers,
  planIssue,
  readTexts,
  reportDone,
  returnText,
  sayRecurred,
  withdrawIssue,
} from "#functions/issues/issue-moves.ts";
import { deadlineAfter } from "#shared/hours/office-clock.ts";
import { openHours } from "#shared/hours/office-hours.ts";
import {
  byAgency,
  byInspector,
  issueCalendar as calendar,
  issueLevels as levels,
  verifiedByVisit,
} from "./an-issue.ts";

const dayMs = 86_400_000;
export const later = (at: string, days: number) => new Date(Date.parse(at) + days * dayMs).toISOString();

/** `text` stands in the event, where it has one. */
type Acting = { now: string; days: number; text: string };
export const steps = {
  plan: (issue, { now, days, text }) =>
    planIssue(issue, { now, actor: byAgency, calendar, what: text, responsible: text, by: later(now, days * 4 - 1) }),
  done: (issue, { now, text }) => reportDone(issue, { now, actor: byAgency, calendar, text }),
  return: (issue, { now, text }) => returnText(issue, { now, actor: byInspector, reason: text }),
  move: (issue, { now, days, text }) =>
    movePromise(issue, { now, actor: byInspector, reason: text, by: later(now, days * 3) }),
  read: (issue, { now }) => readTexts(issue, { now, actor: byInspector, number: issue.unread?.number ?? 1 }),
  visit: (issue, { now, days }) => verifiedByVisit(issue, { now, arrivedAt: later(now, -days / 24) }),
  recur: (issue, { now, text }) => sayRecurred(issue, { now, actor: byInspector, reason: text, calendar, levels }),
  withdraw: (issue, { now, text }) => withdrawIssue(issue, { now, actor: byInspector, reason: text }),
  answer: (issue, { now, text }) =>
    orderAnswers(issue, {
      now,
      actor: byAgency,
      answer: { officer: { name: text }, finding: "founded", cause: "system-down", text, actions: [] },
    }),
  answered: (issue, { now }) => finishAnswers(issue, { now, number: issue.answering ?? 0, answered: 1, skipped: 0 }),
} satisfies Record<string, (issue: Issue, by: Acting) => IssueChange | undefined>;

export type Step = {
  what: keyof typeof steps | "nothing";
  days: number;
  afterHours: number;
  sweeps: boolean;
  twice: boolean;
};
const what = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("plan" as const, "done" as const) },
  { weight: 3, arbitrary: fc.constantFrom("return" as const, "recur" as const, "read" as const, "move" as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("visit" as const, "answer" as const, "answered" as const, "nothing" as const),
  },
  { weight: 1, arbitrary: fc.constantFrom("withdraw" as const, "nothing" as const, "nothing" as const) },
);
const step: fc.Arbitrary<Step> = fc.record({
  what,
  days: fc.integer({ min: 0, max: 48 }),
  afterHours: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 24, max: 24 * 40 })),
  // A sweep that does not come, or an execution that was killed: the next sweep finds the same work.
  sweeps: fc.boolean(),
  // Two executions at once: the second finds what the first has written.
  twice: fc.boolean(),
});
export const history = fc.record({
  several: fc.boolean(),
  outage: fc.boolean(),
  all: fc.array(step, { minLength: 4, maxLength: 25 }),
});

/** The states that a state may lead to. */
const edges: Record<string, readonly string[]> = {
  open: ["planned", "withdrawn"],
  planned: ["done", "open", "recurred", "withdrawn"],
  done: ["verified", "unconfirmed", "recurred", "planned", "withdrawn"],
  verified: ["recurred", "withdrawn"],
  unconfirmed: ["verified", "recurred", "withdrawn"],
  recurred: ["planned", "withdrawn"],
  withdrawn: [],
};

/** The closing time of the fifth day with open hours after this one, counted anew day by day. Tehran is 3.5 hours ahead. */
function fiveOfficeDaysAfter(at: string): string {
  const tehranMs = 3.5 * 3_600_000;
  let day = new Date(Date.parse(at) + tehranMs).toISOString().slice(0, 10);
  for (let counted = 0; ; ) {
    day = later(`${day}T00:00:00.000Z`, 1).slice(0, 10);
    const last = openHours(calendar, day).intervals.at(-1);
    if (last && ++counted === 5) return new Date(Date.parse(`${day}T${last.to}:00.000Z`) - tehranMs).toISOString();
  }
}

type EventOf<T extends IssueEvent["type"]> = IssueEvent & { type: T };
export type Chosen = { several: boolean; outage: boolean };
/** What the checks have counted so far. `round`: the events since the issue was opened or recurred. */
type Counted = {
  chosen: Chosen;
  past: IssueEvent[];
  round: IssueEvent[];
  levels: number[];
  /** When the next level of each step is due, in this round. */
  due: { plan?: string | undefined; proof?: string | undefined };
  unreadSince?: string | undefined;
};

const oncePerRound = (event: IssueEvent, { round }: Counted) =>
  expect(round.filter(({ type }) => type === event.type)).toEqual([]);
const doneAt = ({ past }: Counted) => past.findLast(({ type }) => type === "done")?.at ?? "";

function beginsRound(event: EventOf<"opened" | "recurred">, counted: Counted): void {
  const threeHours = { start: event.at, policy: { clock: "office-hours", duration: "PT3H" }, calendar } as const;
  const plan = counted.chosen.outage ? deadlineAfter(threeHours) : fiveOfficeDaysAfter(event.at);
  expect(event.planBy).toBe(plan);
  Object.assign(counted, { round: [], due: { plan } });
}

function writesText(event: EventOf<"planned" | "done">, counted: Counted): void {
  counted.unreadSince ??= event.at;
  expect(event.readBy).toBe(fiveOfficeDaysAfter(event.at));
}

function escalates(event: EventOf<"escalated">, counted: Counted): void {
  const { past, due, levels: reached, chosen } = counted;
  const before = past.at(-1);
  expect(event.level).toBe(Math.max(chosen.several ? 4 : 2, (reached.at(-1) ?? 0) + 1));
  expect(event.authority).toBe(levels[event.level - 1]?.authority);
  reached.push(event.level);
  if (!event.step) {
    expect(before?.type).toBe("recurred");
    return;
  }
  // Only while late: the agency owes this very step, and its time or the wait after the level before is over.
  const owes = event.step === "plan" ? ["open", "recurred"] : ["planned"];
  expect(owes).toContain(before?.after.status);
  expect(event.dueAt).toBe(due[event.step]);
  expect(event.at >= event.dueAt).toBe(true);
  const after = levels[event.level]?.after;
  due[event.step] = after && deadlineAfter({ start: event.dueAt, policy: after, calendar });
}

/** What must hold of each event, counted from the events before it and not from the issue's own fields. */
const checks: { [T in IssueEvent["type"]]?: (event: EventOf<T>, counted: Counted) => unknown } = {
  opened: beginsRound,
  recurred: beginsRound,
  planned(event, counted) {
    expect(event.promisedBy > event.at && event.promisedBy <= later(event.at, 180)).toBe(true);
    counted.due.proof = event.promisedBy;
    writesText(event, counted);
  },
  done: writesText,
  "promise-moved"(event, counted) {
    oncePerRound(event, counted);
    expect(event.previously > event.at && event.promisedBy > event.previously).toBe(true);
    counted.due.proof = event.promisedBy;
  },
  "plan-returned"(event, counted) {
    oncePerRound(event, counted);
    counted.unreadSince = undefined;
  },
  "proof-returned"(event, counted) {
    oncePerRound(event, counted);
    counted.unreadSince = undefined;
  },
  "texts-read"(_, counted) {
    counted.unreadSince = undefined;
  },
  "reading-overdue": ({ at }, { unreadSince = "" }) => expect(at >= fiveOfficeDaysAfter(unreadSince)).toBe(true),
  unconfirmed: ({ at }, counted) => expect(at >= later(doneAt(counted), 84)).toBe(true),
  verified: ({ at }, counted) => expect(at >= doneAt(counted)).toBe(true),
  escalated: escalates,
};

/** What must hold of all events of an issue, counted anew and not from the fields of the issue. */
export function expectRules(events: readonly IssueEvent[], chosen: Chosen): void {
  const counted: Counted = { chosen, past: [], round: [], levels: [], due: {} };
  for (const event of events) {
    // A recurrence escalates at once, unless everybody knows already.
    if (counted.past.at(-1)?.type === "recurred" && event.type !== "escalated")
      expect(counted.levels.at(-1)).toBe(levels.length);
    (checks[event.type] as ((event: IssueEvent, counted: Counted) => unknown) | undefined)?.(event, counted);
    counted.round.push(event);
    counted.past.push(event);
  }
}

/** Events alone rebuild the issue, number by number, and no state follows another that it may not. `events` begin with the opening. */
export function expectRebuilt(issue: Issue, { first, events }: { first: Issue; events: readonly IssueEvent[] }): void {
  let rebuilt = first;
  for (const event of events.slice(1)) {
    expect(event.version).toBe(rebuilt.version + 1);
    expect(event.at >= rebuilt.lastEventAt).toBe(true);
    const next = evolveIssue(rebuilt, event);
    if (next.status !== rebuilt.status) expect(edges[rebuilt.status]).toContain(next.status);
    expect(event.after.status).toBe(next.status);
    rebuilt = next;
  }
  const { escalationExecution: _, ...known } = issue;
  expect(rebuilt).toEqual(known);
}

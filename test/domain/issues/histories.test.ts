import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "#shared/domain/fault.ts";
import type { Issue, IssueEvent } from "#shared/domain/issues/issue.ts";
import { escalateIssue, nextIssueDue, nextLevelDue, passIssueTime } from "#shared/domain/issues/issue-clock.ts";
import { evolveIssue, type IssueChange } from "#shared/domain/issues/issue-events.ts";
import {
  finishAnswers,
  movePromise,
  orderAnswers,
  planIssue,
  readTexts,
  reportDone,
  returnText,
  sayRecurred,
  verifyByVisit,
  withdrawIssue,
} from "#shared/domain/issues/issue-moves.ts";
import { deadlineAfter } from "#shared/domain/time/office-clock.ts";
import { openHours } from "#shared/domain/time/office-hours.ts";
import {
  anIssue,
  byAgency,
  byInspector,
  issueCalendar as calendar,
  issueLevels as levels,
} from "../../support/an-issue.ts";

const dayMs = 86_400_000;
const histories = 1_000;
const text = "متن";
const later = (at: string, days: number) => new Date(Date.parse(at) + days * dayMs).toISOString();

type Acting = { now: string; days: number };
const steps = {
  plan: (issue, { now, days }) =>
    planIssue(issue, { now, actor: byAgency, calendar, what: text, responsible: text, by: later(now, days * 4 - 1) }),
  done: (issue, { now }) => reportDone(issue, { now, actor: byAgency, calendar, text }),
  return: (issue, { now }) => returnText(issue, { now, actor: byInspector, reason: text }),
  move: (issue, { now, days }) =>
    movePromise(issue, { now, actor: byInspector, reason: text, by: later(now, days * 3) }),
  read: (issue, { now }) => readTexts(issue, { now, actor: byInspector, number: issue.unread?.number ?? 1 }),
  visit: (issue, { now, days }) =>
    verifyByVisit(issue, { now, actor: byInspector, arrivedAt: later(now, -days / 24), text }),
  recur: (issue, { now }) => sayRecurred(issue, { now, actor: byInspector, reason: text, calendar, levels }),
  withdraw: (issue, { now }) => withdrawIssue(issue, { now, actor: byInspector, reason: text }),
  answer: (issue, { now }) =>
    orderAnswers(issue, {
      now,
      actor: byAgency,
      answer: { officer: { name: text }, finding: "founded", cause: "system-down", text, actions: [] },
    }),
  answered: (issue, { now }) => finishAnswers(issue, { now, number: issue.answering ?? 0, answered: 1, skipped: 0 }),
} satisfies Record<string, (issue: Issue, by: Acting) => IssueChange | undefined>;

type Step = { what: keyof typeof steps | "nothing"; days: number; afterHours: number; sweeps: boolean; twice: boolean };
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
const plan = fc.record({
  several: fc.boolean(),
  outage: fc.boolean(),
  all: fc.array(step, { minLength: 4, maxLength: 25 }),
});

/** Does what the sweep and the state machine do, until nothing is due. */
function sweep(issue: Issue, { now, twice }: { now: string; twice: boolean }): IssueChange {
  let change: IssueChange = { issue, events: [] };
  for (let due = nextIssueDue(issue, levels); due && due <= now; due = nextIssueDue(change.issue, levels)) {
    const level = nextLevelDue(change.issue, levels);
    const input = { due: level ?? "", execution: "one", now, levels, calendar };
    const next = level === due ? escalateIssue(change.issue, input) : passIssueTime(change.issue, now);
    if (!next) throw new Error(`due at ${due}, and nothing happens`);
    change = { issue: next.issue, events: [...change.events, ...next.events] };
    if (twice && level === due) expect(escalateIssue(change.issue, input)).toBeUndefined();
  }
  return change;
}

function play({ several, outage, all }: { several: boolean; outage: boolean; all: readonly Step[] }) {
  const first = anIssue({ outage, ...(several && { countyIds: ["qazvin", "takestan"] }) });
  let { issue, events } = first;
  let now = issue.openedAt;
  const take = (change: IssueChange | undefined) => {
    if (!change) return;
    issue = change.issue;
    events = [...events, ...change.events];
  };
  for (const { what, days, afterHours, sweeps, twice } of all) {
    now = later(now, afterHours / 24);
    if (sweeps) take(sweep(issue, { now, twice }));
    try {
      if (what !== "nothing") take(steps[what](issue, { now, days }));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  return { first: first.issue, issue, events, now };
}

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
/** What the checks have counted so far. `round`: the events since the issue was opened or recurred. */
type Counted = {
  chosen: { several: boolean; outage: boolean };
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
  verified: ({ arrivedAt = "" }, counted) => expect(arrivedAt >= doneAt(counted)).toBe(true),
  escalated: escalates,
};

function expectRules(events: readonly IssueEvent[], chosen: Counted["chosen"]): void {
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

test(`in ${histories} random histories each level comes once and only while the agency is late, and nothing restarts a clock`, () => {
  const seen = new Set<string>();
  const parameters = {
    numRuns: histories,
    ...(process.env.FOAD_TEST_SEED && { seed: Number(process.env.FOAD_TEST_SEED) }),
  };
  fc.assert(
    fc.property(plan, (chosen) => {
      const { first, issue, events, now } = play(chosen);
      expectRules(events, chosen);
      // Events alone rebuild the issue, number by number, and no state follows another that it may not.
      let rebuilt = first;
      for (const event of events.slice(1)) {
        expect(event.version).toBe(rebuilt.version + 1);
        expect(event.at >= rebuilt.lastEventAt).toBe(true);
        const next = evolveIssue(rebuilt, event);
        if (next.status !== rebuilt.status) expect(edges[rebuilt.status]).toContain(next.status);
        expect(event.after.status).toBe(next.status);
        rebuilt = next;
        seen.add(event.type);
      }
      const { escalationExecution: _, ...known } = issue;
      expect(rebuilt).toEqual(known);
      // Time in two steps is time in one.
      const [soon, end] = [later(now, 40), later(now, 400)];
      expect(passIssueTime(passIssueTime(issue, soon).issue, end).issue).toEqual(passIssueTime(issue, end).issue);
      // Sweeps catch up, however many were missed: an agency that does nothing reaches every level.
      const final = sweep(issue, { now: end, twice: true }).issue;
      expect(final.status).not.toBe("done");
      if (["open", "recurred", "planned"].includes(final.status)) expect(final.level).toBe(levels.length);
      expect(nextIssueDue(final, levels)).toBeUndefined();
    }),
    parameters,
  );
  expect([...seen].sort()).toEqual(
    [
      "answers-given",
      "answers-ordered",
      "done",
      "escalated",
      "plan-returned",
      "planned",
      "promise-moved",
      "proof-returned",
      "reading-overdue",
      "recurred",
      "texts-read",
      "unconfirmed",
      "verified",
      "withdrawn",
    ].sort(),
  );
});

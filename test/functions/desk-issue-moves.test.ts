import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type AgencyMove, agencyMoves, type InspectorMove, inspectorMoves } from "#functions/desk/issues/moves.ts";
import { Fault } from "#shared/domain/fault.ts";
import { passIssueTime } from "#shared/domain/issues/issue-clock.ts";
import type { IssueChange } from "#shared/domain/issues/issue-events.ts";
import * as domain from "#shared/domain/issues/issue-moves.ts";
import { inspectorIssueView } from "#shared/domain/views/issue-views.ts";
import { anIssue, byAgency, byInspector, issueCalendar, issueLevels, issueOpenedAt } from "../support/an-issue.ts";

const hourMs = 3_600_000;
const later = (instant: string, hours: number) => new Date(Date.parse(instant) + hours * hourMs).toISOString();
const [text, reason] = ["متنی که بیش از بیست نویسه دارد.", "دلیل"];
const answer = {
  officer: { name: "الهام نوری" },
  finding: "founded",
  cause: "system-down",
  text,
  actions: [],
} as const;

type Act = (issue: IssueChange["issue"], now: string) => IssueChange | undefined;
const calendar = issueCalendar;

/** What the desk has a form for. A link is no move of the issue. */
const ofInspector: Record<Exclude<InspectorMove, "link">, Act> = {
  read: (issue, now) =>
    domain.readTexts(issue, { now, actor: byInspector, number: issue.unread?.number ?? issue.version + 1 }),
  verify: (issue, now) => domain.verifyByVisit(issue, { now, actor: byInspector, arrivedAt: now, text }),
  giveBack: (issue, now) => domain.returnText(issue, { now, actor: byInspector, reason }),
  move: (issue, now) =>
    domain.movePromise(issue, { now, actor: byInspector, reason, by: later(issue.promisedBy ?? now, 1) }),
  recur: (issue, now) => domain.sayRecurred(issue, { now, actor: byInspector, reason, calendar, levels: issueLevels }),
  withdraw: (issue, now) => domain.withdrawIssue(issue, { now, actor: byInspector, reason }),
};
const ofAgency: Record<AgencyMove, Act> = {
  plan: (issue, now) =>
    domain.planIssue(issue, { now, actor: byAgency, calendar, what: text, responsible: "فناوری", by: later(now, 72) }),
  done: (issue, now) => domain.reportDone(issue, { now, actor: byAgency, calendar, text }),
  answer: (issue, now) => domain.orderAnswers(issue, { now, actor: byAgency, answer: { ...answer, actions: [] } }),
};
const all: Record<string, Act> = { ...ofInspector, ...ofAgency };

const isAllowed = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
};
const allowedOf = (moves: Record<string, Act>, issue: IssueChange["issue"], now: string) =>
  Object.keys(moves).filter((move) => isAllowed(() => moves[move]?.(issue, now)));

const step = fc.record({
  what: fc.constantFrom(...Object.keys(all), "plan", "plan", "done", "done"),
  hours: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 40 }) }, { weight: 1, arbitrary: fc.nat({ max: 2_500 }) }),
});

test("the desk shows a form exactly where the domain allows the move", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      let { issue, events } = anIssue();
      let now = issueOpenedAt;
      for (const { what, hours } of steps) {
        now = later(now, hours);
        const passed = passIssueTime(issue, now);
        const record = { issue: passed.issue, events: [...events, ...passed.events] };
        const view = inspectorIssueView(record, { now, people: {} });
        const shown = inspectorMoves(view, Date.parse(now)).filter((move) => move !== "link");
        expect(shown.sort()).toEqual(allowedOf(ofInspector, passed.issue, now).sort());
        expect(agencyMoves(view).sort()).toEqual(allowedOf(ofAgency, passed.issue, now).sort());
        for (const move of [...shown, ...agencyMoves(view)]) seen.add(move);
        if (!isAllowed(() => all[what]?.(issue, now))) continue;
        const change = all[what]?.(issue, now);
        if (!change) continue;
        events = [...events, ...change.events];
        issue = change.issue;
      }
    }),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual(Object.keys(all).sort());
});

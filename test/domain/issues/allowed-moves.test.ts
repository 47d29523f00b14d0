import * as fc from "fast-check";
import { expect, test } from "vitest";
import { passIssueTime } from "#functions/issues/issue-clock.ts";
import type { IssueChange } from "#functions/issues/issue-events.ts";
import * as domain from "#functions/issues/issue-moves.ts";
import { type IssueView, inspectorIssueView, issueView } from "#functions/issues/issue-views.ts";
import { Fault } from "#shared/fault.ts";
import {
  anIssue,
  byAgency,
  byInspector,
  issueCalendar,
  issueLevels,
  issueOpenedAt,
  verifiedByVisit,
} from "../../support/an-issue.ts";

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

/** Each move with an acceptable content. A link is no act on the issue. */
const ofInspector: Record<string, Act> = {
  "read-texts": (issue, now) =>
    domain.readTexts(issue, { now, actor: byInspector, number: issue.unread?.number ?? issue.version + 1 }),
  verify: (issue, now) => verifiedByVisit(issue, { now, arrivedAt: now }),
  "return-plan": (issue, now) => returned(issue, now, "planned"),
  "return-proof": (issue, now) => returned(issue, now, "done"),
  "move-promise": (issue, now) =>
    domain.movePromise(issue, { now, actor: byInspector, reason, by: later(issue.promisedBy ?? now, 1) }),
  "report-recurrence": (issue, now) =>
    domain.sayRecurred(issue, { now, actor: byInspector, reason, calendar, levels: issueLevels }),
  withdraw: (issue, now) => domain.withdrawIssue(issue, { now, actor: byInspector, reason }),
};
const ofAgency: Record<string, Act> = {
  plan: (issue, now) =>
    domain.planIssue(issue, { now, actor: byAgency, calendar, what: text, responsible: "فناوری", by: later(now, 72) }),
  "report-done": (issue, now) => domain.reportDone(issue, { now, actor: byAgency, calendar, text }),
  answer: (issue, now) => domain.orderAnswers(issue, { now, actor: byAgency, answer: { ...answer, actions: [] } }),
};
/** One request returns the plan or the proof, by the state of the issue. */
function returned(issue: IssueChange["issue"], now: string, status: "planned" | "done") {
  const isOther = passIssueTime(issue, now).issue.status !== status;
  if (isOther) throw new Fault("issue-state");
  return domain.returnText(issue, { now, actor: byInspector, reason });
}
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
  what: fc.constantFrom(...Object.keys(all), "plan", "plan", "report-done", "report-done"),
  hours: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 40 }) }, { weight: 1, arbitrary: fc.nat({ max: 2_500 }) }),
});

/** All moves of a reader's role: the allowed ones and the others. */
const movesOf = ({ allowedMoves, blockedMoves }: Pick<IssueView, "allowedMoves" | "blockedMoves">) =>
  [...allowedMoves, ...blockedMoves.map(({ move }) => move)].sort();

test("a view allows exactly the moves that the rules allow, and blocks the others of the role", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      let { issue, events } = anIssue();
      let now = issueOpenedAt;
      for (const { what, hours } of steps) {
        now = later(now, hours);
        const passed = passIssueTime(issue, now);
        const record = { issue: passed.issue, events: [...events, ...passed.events] };
        const inspectors = inspectorIssueView(record, { now, people: {}, visits: [] });
        const agencys = issueView(record, { now, viewer: "agency" });
        expect(inspectors.allowedMoves.filter((move) => move !== "link").sort()).toEqual(
          allowedOf(ofInspector, passed.issue, now).sort(),
        );
        expect(agencys.allowedMoves.toSorted()).toEqual(allowedOf(ofAgency, passed.issue, now).sort());
        expect(movesOf(inspectors)).toEqual([...Object.keys(ofInspector), "link"].sort());
        expect(movesOf(agencys)).toEqual(Object.keys(ofAgency).sort());
        expect(movesOf(issueView(record, { now, viewer: "overseer" }))).toEqual([]);
        for (const move of [...inspectors.allowedMoves, ...agencys.allowedMoves]) seen.add(move);
        if (!isAllowed(() => all[what]?.(issue, now))) continue;
        const change = all[what]?.(issue, now);
        if (!change) continue;
        events = [...events, ...change.events];
        issue = change.issue;
      }
    }),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual([...Object.keys(all), "link"].sort());
});

import { describe, expect, test } from "vitest";
import type { Issue } from "#functions/issues/issue.ts";
import type { IssueChange } from "#functions/issues/issue-events.ts";
import { linkToIssue, unlinkFromIssue } from "#functions/issues/issue-links.ts";
import {
  movePromise,
  orderAnswers,
  planIssue,
  readTexts,
  reportDone,
  returnText,
  sayRecurred,
  withdrawIssue,
} from "#functions/issues/issue-moves.ts";
import { openIssue } from "#functions/issues/issue-opening.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { evolve } from "#shared/complaints/event-rules.ts";
import { Fault } from "#shared/fault.ts";
import { aComplaint } from "../../support/a-complaint.ts";
import {
  anIssue,
  byAgency,
  byInspector,
  issueCalendar as calendar,
  issueGround,
  issueOpenedAt,
  issueRequest,
  issueLevels as levels,
  newIssue,
  verifiedByVisit,
} from "../../support/an-issue.ts";

const dayMs = 86_400_000;
const days = (count: number) => new Date(Date.parse(issueOpenedAt) + count * dayMs).toISOString();
const reason = "دلیل";

/** The code, and the reason of a code that has several. */
function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return [error.code, error.reason ?? error.errors[0]?.rule].filter(Boolean).join(" ");
    throw error;
  }
  return "allowed";
}

type Step = (issue: Issue) => IssueChange | undefined;
const issueAfter = (...steps: Step[]) => steps.reduce((issue, step) => step(issue)?.issue ?? issue, anIssue().issue);
const planned =
  (day = 1, until = 30): Step =>
  (issue) =>
    planIssue(issue, {
      now: days(day),
      actor: byAgency,
      calendar,
      what: "تعمیر",
      responsible: "فناوری",
      by: days(until),
    });
const done =
  (day: number): Step =>
  (issue) =>
    reportDone(issue, { now: days(day), actor: byAgency, calendar, text: "درست شد" });
const returned =
  (day: number): Step =>
  (issue) =>
    returnText(issue, { now: days(day), actor: byInspector, reason });
const moved =
  (day: number, until: number): Step =>
  (issue) =>
    movePromise(issue, { now: days(day), actor: byInspector, reason, by: days(until) });
const read =
  (number: number): Step =>
  (issue) =>
    readTexts(issue, { now: days(3), actor: byInspector, number });
const visited =
  (day: number, arrived: number): Step =>
  (issue) =>
    verifiedByVisit(issue, { now: days(day), arrivedAt: days(arrived) });
const recurred =
  (day: number): Step =>
  (issue) =>
    sayRecurred(issue, { now: days(day), actor: byInspector, reason, calendar, levels });
const withdrawn =
  (day: number): Step =>
  (issue) =>
    withdrawIssue(issue, { now: days(day), actor: byInspector, reason });
const answered =
  (day: number): Step =>
  (issue) =>
    orderAnswers(issue, {
      now: days(day),
      actor: byAgency,
      answer: { officer: { name: "مریم" }, finding: "founded", cause: "system-down", text: "درست شد", actions: [] },
    });

describe("an issue is not opened", () => {
  test.each<[string, object, string]>([
    ["on a cause that is the conduct of a person", { cause: "conduct" }, "invalid personal-cause"],
    ["on a cause that the province does not have", { cause: "no-such" }, "invalid unknown-cause"],
    ["against an unknown agency", { agencyId: "no-such" }, "unknown-agency"],
    ["in an unknown county", { countyIds: ["qazvin", "no-such"] }, "unknown-county"],
    ["in an office of another agency", { officeIds: ["education-qazvin-1"] }, "unknown-office"],
    ["in an unknown category", { category: "no-such" }, "unknown-category"],
  ])("%s", (_, changes, refusal) => {
    expect(refusalOf(() => openIssue(issueGround, { ...issueRequest, ...changes, ...newIssue }))).toBe(refusal);
  });

  test("and else it is", () => expect(refusalOf(() => anIssue())).toBe("allowed"));
});

test.each<[string, string, () => unknown]>([
  ["a plan for yesterday", "invalid in-the-past", () => issueAfter(planned(1, 1))],
  ["a plan for more than 180 days ahead", "invalid too-far-ahead", () => issueAfter(planned(1, 182))],
  ["a second plan", "issue-state", () => issueAfter(planned(), planned(2))],
  ["a proof without a plan", "issue-state", () => issueAfter(done(1))],
  [
    "a second return of the plan",
    "issue-state returned-before",
    () => issueAfter(planned(), returned(2), planned(3), returned(4)),
  ],
  [
    "a second return of the proof",
    "issue-state returned-before",
    () => issueAfter(planned(), done(2), returned(3), done(4), returned(5)),
  ],
  ["a return of nothing", "issue-state", () => issueAfter(returned(1))],
  [
    "a second move of the promise",
    "issue-state promise-moved-before",
    () => issueAfter(planned(), moved(2, 40), moved(3, 50)),
  ],
  ["a move of a promise that is over", "issue-state promise-overdue", () => issueAfter(planned(1, 5), moved(6, 40))],
  ["a move to an earlier day", "invalid not-later", () => issueAfter(planned(), moved(2, 20))],
  ["reading what is not there", "invalid no-unread-text", () => issueAfter(planned(), read(3))],
  ["a visit before it was done", "invalid before-done", () => issueAfter(planned(), done(5), visited(6, 4))],
  ["a visit tomorrow", "invalid in-the-future", () => issueAfter(planned(), done(5), visited(6, 7))],
  ["a visit before a proof", "issue-state", () => issueAfter(planned(), visited(6, 5))],
  ["a recurrence of what was never done", "issue-state", () => issueAfter(planned(), recurred(6))],
  ["answers before a plan", "issue-state", () => issueAfter(answered(1))],
  ["answers twice at once", "issue-state answers-under-way", () => issueAfter(planned(), answered(2), answered(3))],
  ["anything after a withdrawal", "issue-state", () => issueAfter(withdrawn(1), planned(2))],
])("an issue does not take %s", (_, refusal, act) => {
  expect(refusalOf(act)).toBe(refusal);
});

test("after a recurrence an inspector may return and move anew", () => {
  const anew = issueAfter(
    planned(),
    moved(2, 40),
    returned(3),
    planned(4),
    done(5),
    recurred(6),
    planned(7, 50),
    moved(8, 60),
  );
  expect(refusalOf(() => returned(9)(anew))).toBe("allowed");
});

test("a repeated reading changes nothing, and a returned text counts as read", () => {
  expect(read(2)(issueAfter(planned(), read(2)))).toBeUndefined();
  expect(issueAfter(planned(), returned(2))).toMatchObject({
    readNumber: 2,
    status: "open",
    planBy: anIssue().issue.planBy,
  });
});

test("a mended issue that nobody verified by the Saturday after twelve weeks is not confirmed, and a visit may still verify it", () => {
  expect(issueAfter(planned(), done(5), withdrawn(90)).status).toBe("withdrawn");
  expect(issueAfter(planned(), done(5), visited(200, 199))).toMatchObject({ status: "verified" });
  expect(refusalOf(() => returned(91)(issueAfter(planned(), done(5))))).toBe("issue-state");
});

describe("a complaint and an issue", () => {
  const inspector = { caller: "inspector", clientId: "desk", person: "inspector-1" } as const;
  const { issue } = anIssue();
  const command = { by: inspector, now: days(2), issue, personalCauses: ["conduct"] };
  const complaint = aComplaint({ agencyId: issue.agencyId, category: issue.category, countyId: "qazvin" });
  const late = { ...complaint, nextLevelAt: days(3), level: 1 };

  test.each([
    ["of another agency", { agencyId: "post" }, "other-agency"],
    ["about something else", { category: "disrespect" }, "other-category"],
    ["of another county", { countyId: "takestan" }, "other-county"],
    ["that reports retaliation", { retaliationFor: "QZ-2222-2222-2" }, "retaliation-report"],
    ["about a person", { cause: "conduct" }, "personal-cause"],
    ["of another issue", { issueId: "IS-2222-2222-2" }, "other-issue"],
    ["of the sandbox", { agencyId: "sandbox" }, "not-found"],
  ])("that is %s: it is not linked", (_, changes, refusal) => {
    expect(linkToIssue({ ...complaint, ...changes }, command)).toBe(refusal);
  });

  test("that fit are linked by an event that moves no clock, once", () => {
    const change = linkToIssue(late, command);
    if (typeof change !== "object") throw new Error(`not linked: ${change}`);
    const { version, lastEventAt, ...rest } = change.complaint;
    expect({ ...rest, version: 1, lastEventAt: late.lastEventAt }).toEqual({
      ...late,
      issueId: issue.id,
      version: 1,
      newMessages: undefined,
      awaitingReplySince: undefined,
      escalationExecution: undefined,
      confirmBy: late.confirmBy,
      reviewBy: late.reviewBy,
    });
    expect([version, lastEventAt]).toEqual([late.version + 1, days(2)]);
    expect(change.events).toMatchObject([{ type: "issue-linked", by: "inspector", after: { nextLevelAt: days(3) } }]);
    expect(linkToIssue(change.complaint, command)).toBeUndefined();
    expect(unlinkFromIssue(late, { ...command, issueId: issue.id })).toBe("not-linked");
    const apart = unlinkFromIssue(change.complaint, { ...command, issueId: issue.id });
    expect(apart).toMatchObject({ complaint: { issueId: undefined }, events: [{ type: "issue-unlinked" }] });
  });

  test("a transfer ends the link", () => {
    const linked = { ...complaint, issueId: issue.id };
    const transfer = {
      type: "transferred",
      version: 2,
      at: days(2),
      by: "agency",
      after: { ...complaint, agencyId: "post" },
    };
    expect(evolve(linked, transfer as unknown as ComplaintEvent)).toMatchObject({
      agencyId: "post",
      issueId: undefined,
    });
  });
});

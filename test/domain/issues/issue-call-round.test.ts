import { describe, expect, test } from "vitest";
import type { Issue } from "#functions/issues/issue.ts";
import { callRound, doAnswersVerify, issueCallOf, verifyByCalls } from "#functions/issues/issue-call-round.ts";
import { planIssue, reportDone, returnText, sayRecurred, withdrawIssue } from "#functions/issues/issue-moves.ts";
import { anIssue, byAgency, byInspector, issueCalendar, issueLevels, verifiedByVisit } from "../../support/an-issue.ts";

/** Tuesday 1 December 2026 in Qazvin. */
const doneAt = "2026-12-01T06:00:00.000Z";
const calendar = issueCalendar;
const acting = { now: doneAt, actor: byAgency, calendar };
const plan = { what: "سرور عوض می‌شود.", responsible: "فناوری", by: "2026-12-20T06:00:00.000Z" };
const mended = reportDone(planIssue(anIssue().issue, { ...acting, ...plan }).issue, {
  ...acting,
  text: "درست شد.",
}).issue;
const { from, before, resultAt } = callRound(doneAt);
const enough = { yes: 7, no: 3 };
const result = (issue: Issue, { now = resultAt, ...answers }: { now?: string; yes?: number; no?: number } = {}) =>
  verifyByCalls(issue, { ...enough, ...answers, doneAt, now });

test("a round lasts two weeks, the ninth and the tenth after the proof; its result comes on the next Saturday at eight in Tehran", () => {
  expect({ from, before, resultAt }).toEqual({
    from: "2027-01-26T06:00:00.000Z",
    before: "2027-02-09T06:00:00.000Z",
    resultAt: "2027-02-13T04:30:00.000Z",
  });
});

test.each([
  // The round ends on a Saturday: before eight the result comes the same morning, after eight a week later.
  ["2026-12-05T04:29:59.000Z", "2027-02-13T04:30:00.000Z"],
  ["2026-12-05T04:30:00.000Z", "2027-02-13T04:30:00.000Z"],
  ["2026-12-05T04:30:00.001Z", "2027-02-20T04:30:00.000Z"],
  // In Tehran it is Saturday already, in UTC still Friday.
  ["2026-12-04T21:00:00.000Z", "2027-02-13T04:30:00.000Z"],
])("after a proof at %s it comes at %s, and always before the issue counts as not confirmed", (at, expected) => {
  expect(callRound(at).resultAt).toBe(expected);
  expect(Date.parse(callRound(at).resultAt)).toBeLessThan(Date.parse(at) + 12 * 7 * 86_400_000);
});

test.each([
  [9, 0, false],
  [10, 0, true],
  [7, 3, true],
  [6, 4, false],
  [13, 6, false],
  [14, 6, true],
  [63, 27, true],
  [62, 28, false],
  [0, 0, false],
])("%i yes and %i no verify: %s", (yes, no, verifies) => {
  expect(doAnswersVerify({ yes, no })).toBe(verifies);
});

describe("the result", () => {
  test("is one word, by the system, on the Saturday morning and not before", () => {
    expect(result(mended, { now: "2027-02-13T04:29:59.999Z" })).toBeUndefined();
    const change = result(mended);
    expect(change?.issue).toMatchObject({ status: "verified", verifiedAt: resultAt });
    const { after: _after, ...event } = change?.events.at(-1) ?? expect.unreachable();
    expect(event).toEqual({
      type: "verified",
      by: "system",
      at: resultAt,
      version: change?.issue.version,
    });
  });

  test("is nothing if too few answered or too few said yes", () => {
    expect(result(mended, { yes: 9, no: 0 })).toBeUndefined();
    expect(result(mended, { yes: 6, no: 4 })).toBeUndefined();
  });

  test("is written once, and not where something else ended the round", () => {
    const verified = result(mended)?.issue ?? expect.unreachable();
    const now = "2027-02-01T06:00:00.000Z";
    const act = { now, actor: byInspector, reason: "سامانه دوباره قطع شد." };
    const visited = verifiedByVisit(mended, { now, arrivedAt: now }).issue;
    const ends = [
      verified,
      visited,
      sayRecurred(mended, { ...act, calendar, levels: issueLevels }).issue,
      withdrawIssue(mended, act).issue,
      returnText(mended, act).issue,
      // Another proof has a round of its own.
      reportDone(returnText(mended, act).issue, { ...acting, now, text: "درست شد." }).issue,
    ];
    for (const issue of ends) {
      expect(result(issue)).toBeUndefined();
      expect(issueCallOf(issue, { doneAt, now: before })).toBeUndefined();
    }
  });

  test("is too late once the issue counts as not confirmed", () => {
    expect(result(mended, { now: "2027-02-27T06:30:00.000Z" })).toBeUndefined();
  });
});

test("answers are taken until the result is due", () => {
  const { issueId, issueTitle } =
    issueCallOf(mended, { doneAt, now: "2027-02-13T04:29:59.999Z" }) ?? expect.unreachable();
  expect({ issueId, issueTitle }).toEqual({ issueId: mended.id, issueTitle: mended.title });
  expect(issueCallOf(mended, { doneAt, now: resultAt })).toBeUndefined();
});

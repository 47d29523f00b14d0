import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Issue } from "#functions/issues/issue.ts";
import { escalateIssue, nextIssueDue, nextLevelDue, passIssueTime } from "#functions/issues/issue-clock.ts";
import type { IssueChange } from "#functions/issues/issue-events.ts";
import { Fault } from "#shared/fault.ts";
import { anIssue, issueCalendar as calendar, issueLevels as levels } from "../../support/an-issue.ts";
import { expectRebuilt, expectRules, history, later, type Step, steps } from "../../support/issue-model.ts";

const histories = 1_000;
const text = "متن";

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
      if (what !== "nothing") take(steps[what](issue, { now, days, text }));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  return { first: first.issue, issue, events, now };
}

test(`in ${histories} random histories each level comes once and only while the agency is late, and nothing restarts a clock`, () => {
  const seen = new Set<string>();
  const parameters = {
    numRuns: histories,
    ...(process.env.FOAD_TEST_SEED && { seed: Number(process.env.FOAD_TEST_SEED) }),
  };
  fc.assert(
    fc.property(history, (chosen) => {
      const { first, issue, events, now } = play(chosen);
      expectRules(events, chosen);
      for (const { type } of events.slice(1)) seen.add(type);
      expectRebuilt(issue, { first, events });
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

import { expect, test } from "vitest";
import { verifyBy } from "#functions/issues/issue-clock.ts";
import { planIssue, reportDone, returnText, sayRecurred, withdrawIssue } from "#functions/issues/issue-moves.ts";
import { publishVisit, reportVisit, visitOf } from "#functions/issues/issue-visits.ts";
import { anIssue, byAgency, byInspector, issueCalendar, issueLevels } from "../../support/an-issue.ts";

/** Tuesday 1 December 2026 in Qazvin. */
const doneAt = "2026-12-01T06:00:00.000Z";
const calendar = issueCalendar;
const acting = { now: doneAt, actor: byAgency, calendar };
const plan = { what: "سرور عوض می‌شود.", responsible: "فناوری", by: "2026-12-20T06:00:00.000Z" };
const text = "درست شد.";
const mended = reportDone(planIssue(anIssue().issue, { ...acting, ...plan }).issue, { ...acting, text }).issue;
const now = "2026-12-03T06:00:00.000Z";
const visit = visitOf(mended, { now, person: "inspector-1", arrivedAt: now, text: "سامانه کار می‌کرد." });
const saturday = "2026-12-05T04:30:00.000Z";

test("a visit changes nothing when it is reported, and is published on the next Saturday at eight in Tehran", () => {
  const { issue, events } = reportVisit(mended, { now, actor: byInspector, arrivedAt: now });
  expect([issue, events]).toEqual([mended, []]);
  expect(visit).toMatchObject({ doneAt, reportedAt: now, publishAt: saturday });
  expect(publishVisit(mended, { ...visit, now: "2026-12-05T04:29:59.999Z" })).toBeUndefined();
  const { issue: verified, events: told } = publishVisit(mended, { ...visit, now: saturday }) ?? expect.unreachable();
  expect(verified).toMatchObject({ status: "verified", verifiedAt: saturday });
  const { after: _after, ...event } = told.at(-1) ?? expect.unreachable();
  expect(event).toEqual({ type: "verified", by: "system", at: saturday, version: verified.version });
});

test("nothing is published once, by Saturday, the proof was returned, the issue came back or was withdrawn, or is verified", () => {
  const act = { now, actor: byInspector, reason: "سامانه دوباره قطع شد." };
  const returned = returnText(mended, act).issue;
  const published = publishVisit(mended, { ...visit, now: saturday })?.issue ?? expect.unreachable();
  for (const issue of [
    returned,
    reportDone(returned, { ...acting, now: "2026-12-04T06:00:00.000Z", text }).issue,
    sayRecurred(mended, { ...act, calendar, levels: issueLevels }).issue,
    withdrawIssue(mended, act).issue,
    published,
  ])
    expect(publishVisit(issue, { ...visit, now: saturday })).toBeUndefined();
});

test.each([
  "2026-12-01T06:00:00.000Z",
  "2026-12-05T04:30:00.000Z",
  "2026-12-05T04:30:00.001Z",
  "2026-12-04T20:31:00.000Z",
])("of a proof at %s each visit within twelve weeks is published before the issue counts as not confirmed", (at) => {
  const inTime = new Date(Date.parse(at) + 12 * 7 * 86_400_000).toISOString();
  const { publishAt } = visitOf({ ...mended, doneAt: at }, { now: inTime, person: "one", arrivedAt: inTime, text });
  const ends = verifyBy({ doneAt: at }) ?? expect.unreachable();
  expect(publishAt < ends).toBe(true);
  expect(Date.parse(ends) - Date.parse(inTime)).toBeLessThanOrEqual(7 * 86_400_000 + 2 * 3_600_000);
});

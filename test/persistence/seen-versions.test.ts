import { beforeAll, expect, test } from "vitest";
import { executeIssueCommand } from "#functions/issues/issue-commands.store.ts";
import { planIssue, reportDone } from "#functions/issues/issue-moves.ts";
import { issueWrites, readIssue } from "#functions/issues/issues.store.ts";
import { executeNoticeCommand } from "#functions/notices/notice-commands.store.ts";
import { answerConsentQuestion, printLetter, recordLeave } from "#functions/notices/notice-moves.ts";
import { noticeRow } from "#functions/notices/notice-views.ts";
import { noticeWrites, readNotice } from "#functions/notices/notices.store.ts";
import { Fault } from "#shared/fault.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aNotice, openingInspector } from "../support/a-notice.ts";
import { anIssue, byAgency, issueCalendar, issueLevels, issueOpenedAt } from "../support/an-issue.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const { issue } = anIssue();
const silent = aNotice();
const refused = { ...aNotice(), notice: { ...silent.notice, id: "QZ-N000-0002" } };
const { openedAt, agreeBy } = silent.notice;

beforeAll(async () => {
  const writes = [...issueWrites(anIssue(), issueLevels), ...noticeWrites(silent), ...noticeWrites(refused)];
  expect(await writeTransaction(writes)).toBeUndefined();
  await executeNoticeCommand({ noticeId: refused.notice.id, now: openedAt }, (found, at) => ({
    change: answerConsentQuestion(found, { now: at, agrees: false }),
  }));
});

const what = { what: "سرور عوض می‌شود.", responsible: "فناوری", by: "2026-12-20T06:30:00.000Z" };
const plan = (ifMatch: string[], agencyId = issue.agencyId) =>
  executeIssueCommand({ issueId: issue.id, agencyId, now: issueOpenedAt, ifMatch }, (found, now) =>
    planIssue(found, { actor: byAgency, calendar: issueCalendar, ...what, now }),
  );

test("a move on an issue that has changed since it was seen is refused, and changes nothing", async () => {
  await expect(plan(["2"])).rejects.toMatchObject({ code: "version-outdated" });
  expect(await readIssue(issue.id)).toMatchObject({ status: "open", version: 1 });
  expect(await plan(["7", "1"])).toMatchObject({ status: "planned", version: 2 });
  // What is refused for its state is refused for its version first.
  await expect(plan(["1"])).rejects.toMatchObject({ code: "version-outdated" });
});

test("the version counts what time alone has done", async () => {
  const report = (ifMatch: string[], now: string) =>
    executeIssueCommand({ issueId: issue.id, now, ifMatch }, (found, at) =>
      reportDone(found, { actor: byAgency, calendar: issueCalendar, text: "کار می‌کند.", now: at }),
    );
  // By then an inspector was to have read the plan: a view has that as its third event.
  const late = "2026-12-15T06:30:00.000Z";
  await expect(report(["2"], late)).rejects.toMatchObject({ code: "version-outdated" });
  expect(await report(["3"], late)).toMatchObject({ status: "done", version: 4 });
});

test.each([["1"], ["9"]])("another agency learns nothing of an issue by the version %s", async (version) => {
  await expect(plan([version], "gas")).rejects.toMatchObject({ code: "not-found" });
});

/** What an inspector is told who tries a move on a notice that looks as if it waited for its citizen. */
const tried = (noticeId: string, { now, ifMatch }: { now: string; ifMatch: string[] }) => {
  const request = { noticeId, now, ifMatch, caller: "inspector" } as const;
  const moves = [
    executeNoticeCommand(request, (found, at) => ({ change: printLetter(found, { now: at, person: "inspector-4" }) })),
    executeNoticeCommand(request, (found, at) => ({
      change: recordLeave(found, { now: at, person: openingInspector, until: agreeBy }),
    })),
  ];
  return Promise.all(moves.map((move) => move.then(() => "done", told)));
};
const told = (error: unknown) => {
  if (!(error instanceof Fault)) throw error;
  const { code, values, moves, reason } = error;
  return { code, values, moves, reason };
};
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();

test.each([
  ["while the citizen may still answer", later(openedAt, 60_000)],
  ["in the last instant", later(agreeBy, -1)],
  ["once the time is over", agreeBy],
])("inspectors cannot tell a no from silence by any version: %s", async (_, now) => {
  for (const ifMatch of [["1"], ["2"], ["3"]])
    expect(await tried(refused.notice.id, { now, ifMatch })).toEqual(await tried(silent.notice.id, { now, ifMatch }));
  const rows = await Promise.all([refused, silent].map(({ notice }) => readNotice(notice.id)));
  const [one, other] = rows.map((notice) => notice && { ...noticeRow(notice, now), id: "" });
  expect(one).toEqual(other);
});

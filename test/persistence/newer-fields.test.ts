import { beforeAll, expect, test } from "vitest";
import { executeIssueCommand } from "#functions/issues/issue-commands.store.ts";
import { planIssue, withdrawIssue } from "#functions/issues/issue-moves.ts";
import { inspectorIssueView, issueView, publicIssueView } from "#functions/issues/issue-views.ts";
import { issueWrites, readIssue, readIssueRecord } from "#functions/issues/issues.store.ts";
import { advanceNotice } from "#functions/notices/notice-clock.store.ts";
import { executeNoticeCommand } from "#functions/notices/notice-commands.store.ts";
import { addNoticeEvent } from "#functions/notices/notice-events.ts";
import { citizenNotice, noticeView } from "#functions/notices/notice-views.ts";
import { noticeWrites, readNotice, readNoticeRecord } from "#functions/notices/notices.store.ts";
import { eventKey, headKey, issueKey, noticeEventKey, noticeKey } from "#shared/runtime/keys.ts";
import { readItem } from "#shared/storage/table.ts";
import { ifNew, putWrite, unchangedSince, type Writes, writeTransaction } from "#shared/storage/transaction.ts";
import { aNotice } from "../support/a-notice.ts";
import { anIssue, byAgency, byInspector, issueCalendar, issueLevels, issueOpenedAt } from "../support/an-issue.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

/** What a newer release would store beside the fields that this one knows. */
const newer = { reviewedBy: "second-look", weights: { place: 3 } };

const [issue, notice] = [anIssue(), aNotice()];
const [issueHead, noticeHead] = [
  { pk: issueKey(issue.issue.id), sk: headKey },
  { pk: noticeKey(notice.notice.id), sk: headKey },
];

/** Stores the writes, with the newer fields in the head. */
async function stored(writes: Writes): Promise<void> {
  const withNewer = writes.map((write) =>
    write.Put?.Item?.sk === headKey ? putWrite({ ...write.Put.Item, ...newer }, ifNew) : write,
  );
  expect(await writeTransaction(withNewer)).toBeUndefined();
}

/** Stores an event of a type that this release does not know, as a newer one does: with the head's next version. */
async function newerEvent(head: { pk: string; sk: string }, eventKeyOf: (version: number) => string, by: string) {
  const stored = await readItem(head);
  const version = Number(stored?.version) + 1;
  const event = { version, at: issueOpenedAt, by, type: "second-look-asked", why: { secret: "words" } };
  const writes = [
    putWrite({ ...stored, version }, unchangedSince(version - 1)),
    putWrite({ ...event, pk: head.pk, sk: eventKeyOf(version) }, ifNew),
  ];
  expect(await writeTransaction(writes)).toBeUndefined();
  return { type: "internal", number: version, at: issueOpenedAt };
}

beforeAll(async () => {
  await stored(issueWrites(issue, issueLevels));
  await stored(noticeWrites(notice));
});

test("an event that only a newer release knows hides its type and words, and nothing else of an issue", async () => {
  const internal = await newerEvent(issueHead, eventKey, "inspector");
  const record = await readIssueRecord(issue.issue.id);
  if (!record) throw new Error("no issue");
  const views = [
    inspectorIssueView(record, { now: issueOpenedAt, people: {}, visits: [] }),
    issueView(record, { now: issueOpenedAt, viewer: "agency" }),
    issueView(record, { now: issueOpenedAt, viewer: "overseer" }),
  ];
  for (const { history } of views) expect(history).toEqual([expect.objectContaining({ type: "opened" }), internal]);
  expect(publicIssueView(record, issueOpenedAt).history.map(({ type }) => type)).toEqual(["opened"]);
  expect(JSON.stringify(views)).not.toContain("second-look-asked");
});

test("nor of a notice; what its citizen did is no step in the history of inspectors", async () => {
  const internal = await newerEvent(noticeHead, noticeEventKey, "inspector");
  await newerEvent(noticeHead, noticeEventKey, "citizen");
  const record = await readNoticeRecord(notice.notice.id);
  if (!record) throw new Error("no notice");
  const now = notice.notice.openedAt;
  const shown = { name: "", people: {}, files: [] };
  const { history } = noticeView(record, { mover: { by: { caller: "inspector" }, now }, ...shown });
  expect(history).toEqual([expect.objectContaining({ type: "opened" }), internal]);
  expect(citizenNotice(record, now)).toMatchObject({ status: "asked", allowedMoves: ["agree", "disagree"] });
});

test("the commands of an issue keep the fields that a newer release stored", async () => {
  const { id: issueId } = issue.issue;
  const plan = { what: "سرور عوض می‌شود.", responsible: "فناوری", by: "2026-12-20T06:30:00.000Z" };
  const acting = { actor: byAgency, calendar: issueCalendar, ...plan };
  const planned = await executeIssueCommand({ issueId, now: issueOpenedAt }, (found, now) =>
    planIssue(found, { ...acting, now }),
  );
  expect(planned.status).toBe("planned");
  expect(await readItem(issueHead)).toMatchObject({ ...newer, status: "planned" });
  await executeIssueCommand({ issueId, now: issueOpenedAt }, (found, now) =>
    withdrawIssue(found, { actor: byInspector, now, reason: "اشتباه بود." }),
  );
  expect(await readItem(issueHead)).toMatchObject({ ...newer, status: "withdrawn" });
  expect((await readIssue(issueId))?.newer).toEqual(newer);
});

test("the commands of a notice, and the clock, keep them too", async () => {
  const { id: noticeId, openedAt } = notice.notice;
  await executeNoticeCommand({ noticeId, now: openedAt }, (found, at) => ({
    change: addNoticeEvent({ notice: found, events: [] }, { by: "citizen", at, payload: { type: "agreed" } }),
  }));
  expect(await readItem(noticeHead)).toMatchObject({ ...newer, status: "open" });
  expect(await advanceNotice(noticeId, "2027-06-01T08:00:00.000Z")).toBe(true);
  expect(await readItem(noticeHead)).toMatchObject({ ...newer, status: "lapsed" });
  expect((await readNotice(noticeId))?.newer).toEqual(newer);
});

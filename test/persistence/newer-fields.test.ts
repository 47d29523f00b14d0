import { beforeAll, expect, test } from "vitest";
import { planIssue, withdrawIssue } from "#shared/domain/issues/issue-moves.ts";
import { addNoticeEvent } from "#shared/domain/notices/notice-events.ts";
import { executeIssueCommand } from "#shared/persistence/issues/commands.ts";
import { issueWrites, readIssue } from "#shared/persistence/issues/issues.ts";
import { advanceNotice } from "#shared/persistence/notices/clock.ts";
import { executeNoticeCommand } from "#shared/persistence/notices/commands.ts";
import { noticeWrites, readNotice } from "#shared/persistence/notices/notices.ts";
import { readItem } from "#shared/persistence/table.ts";
import { ifNew, putWrite, type Writes, writeTransaction } from "#shared/persistence/transaction.ts";
import { headKey, issueKey, noticeKey } from "#shared/runtime/keys.ts";
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

beforeAll(async () => {
  await stored(issueWrites(issue, issueLevels));
  await stored(noticeWrites(notice));
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

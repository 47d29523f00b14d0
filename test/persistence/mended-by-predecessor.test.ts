import { rmSync } from "node:fs";
import { afterAll, expect, test, vi } from "vitest";
import { planIssue, reportDone } from "#functions/issues/issue-moves.ts";
import { openIssue } from "#functions/issues/issue-opening.ts";
import { issueWrites } from "#functions/issues/issues.store.ts";
import { readProposals } from "#functions/proposals/proposals.store.ts";
import { proposeIssues } from "#functions/proposals/propose-issues.function.ts";
import { headWrite } from "#shared/complaints/complaints.store.ts";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { cohortKey, cohortShard, complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { putWrite, writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds, hourMs } from "#shared/time/duration.ts";
import { addDays, iranianMonth } from "#shared/time/period.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { byAgency, issueCalendar, issueGround, issueLevels, issueRequest } from "../support/an-issue.ts";
import { withRealTables } from "../support/real-tables.ts";

// The file is read when the code is loaded: here social security was replaced by the post three weeks ago.
const folder = await vi.hoisted(async () => {
  const [{ cpSync, mkdtempSync, readFileSync, writeFileSync }, { tmpdir }, { dirname, join }] = await Promise.all([
    import("node:fs"),
    import("node:os"),
    import("node:path"),
  ]);
  const path = process.env.FOAD_PROVINCE_FILE ?? "";
  const file = JSON.parse(readFileSync(path, "utf8"));
  for (const agency of file.agencies)
    if (agency.id === "social-security") Object.assign(agency, { retiredFrom: "2026-11-04", successorId: "post" });
  const made = mkdtempSync(join(tmpdir(), "foad-successor-"));
  cpSync(join(dirname(path), "calendar"), join(made, "calendar"), { recursive: true });
  process.env.FOAD_PROVINCE_FILE = join(made, "qazvin.json");
  writeFileSync(process.env.FOAD_PROVINCE_FILE, JSON.stringify(file));
  return made;
});
afterAll(() => rmSync(folder, { recursive: true }));

withRealTables();

const today = "2026-11-24";
const daysAgo = (days: number) => addMilliseconds(startOfDay(addDays(today, -days)), 9 * hourMs);
const [predecessor, successor] = [issueRequest.agencyId, "post"];
async function mended(id: string): Promise<void> {
  const text = "سامانه درست شد و نوبت‌ها داده می‌شود.";
  const request = { ...issueRequest, cause: undefined, id, clientId: "desk", inspector: "one" };
  const opened = openIssue(issueGround, { ...request, now: daysAgo(73) });
  const acting = { actor: byAgency, calendar: issueCalendar };
  const planned = planIssue(opened.issue, {
    ...acting,
    now: daysAgo(72),
    what: text,
    responsible: text,
    by: daysAgo(60),
  });
  const done = reportDone(planned.issue, { ...acting, now: daysAgo(70), text });
  for (const change of [opened, planned, done]) await writeTransaction(issueWrites(change, issueLevels));
}

let count = 0;
async function filed(days: number, agencyId: string): Promise<void> {
  const filedAt = daysAgo(days);
  const id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  const complaint = aComplaint({ id, filedAt, agencyId, category: issueRequest.category });
  const cohort = cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) });
  await writeTransaction([
    headWrite({ complaint, condition: undefined }),
    putWrite({ pk: complaintKey(id), sk: eventKey(1), cohort, cohortAt: filedAt }),
  ]);
}

test("what a replaced agency mended may have come back at its successor", async () => {
  await mended("IS-0000-0001-1");
  for (let days = 95; days < 150; days += 5) await filed(days, predecessor);
  for (let n = 0; n < 8; n++) await filed(2, successor);
  await proposeIssues({ now: daysAgo(0), until: Number.POSITIVE_INFINITY });
  const { proposals } = (await readProposals()) ?? expect.unreachable();
  expect(proposals).toMatchObject([
    { agencyId: successor, category: issueRequest.category, issueId: "IS-0000-0001-1", count: 8, expected: 0.4 },
  ]);
});

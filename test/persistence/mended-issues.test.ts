import { expect, test } from "vitest";
import type { Issue } from "#functions/issues/issue.ts";
import type { IssueChange } from "#functions/issues/issue-events.ts";
import { readDoneIssues } from "#functions/issues/issue-lists.store.ts";
import { planIssue, reportDone, sayRecurred, withdrawIssue } from "#functions/issues/issue-moves.ts";
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
import {
  byAgency,
  byInspector,
  issueCalendar,
  issueGround,
  issueLevels,
  issueRequest,
  verifiedByVisit,
} from "../support/an-issue.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const today = "2026-11-24";
const daysAgo = (days: number, hours = 9) => addMilliseconds(startOfDay(addDays(today, -days)), hours * hourMs);
const text = "سامانه درست شد و نوبت‌ها داده می‌شود.";
const ofIssue = { calendar: issueCalendar, levels: issueLevels };
const { agencyId } = issueRequest;

/** How far an issue has come; each step follows the one before it. `doneAgo`: the days since the agency said that it is mended. */
type Ending = "planned" | "done" | "verified" | "recurred" | "withdrawn";
type Stored = { id: string; countyId: string; ending: Ending; doneAgo?: number };

async function stored({ id, countyId, ending, doneAgo = 70 }: Stored): Promise<void> {
  const request = { ...issueRequest, cause: undefined, countyIds: [countyId] };
  const opened = openIssue(issueGround, {
    ...request,
    id,
    now: daysAgo(doneAgo + 3),
    clientId: "desk",
    inspector: "one",
  });
  const plan = { what: text, responsible: text, by: daysAgo(doneAgo - 3) };
  const steps: Record<Ending, (issue: Issue) => IssueChange> = {
    planned: (issue) => planIssue(issue, { now: daysAgo(doneAgo + 2), actor: byAgency, ...ofIssue, ...plan }),
    done: (issue) => reportDone(issue, { now: daysAgo(doneAgo), actor: byAgency, ...ofIssue, text }),
    verified: (issue) => verifiedByVisit(issue, { now: daysAgo(60), arrivedAt: daysAgo(60) }),
    recurred: (issue) => sayRecurred(issue, { now: daysAgo(40), actor: byInspector, ...ofIssue, reason: text }),
    withdrawn: (issue) => withdrawIssue(issue, { now: daysAgo(39), actor: byInspector, reason: text }),
  };
  const order: Ending[] = ["planned", "done", "verified", "recurred", "withdrawn"];
  const taken = order.slice(0, order.indexOf(ending) + 1);
  await writeTransaction(issueWrites(opened, issueLevels));
  let { issue } = opened;
  for (const step of taken) {
    const change = steps[step](issue);
    await writeTransaction(issueWrites(change, issueLevels));
    ({ issue } = change);
  }
}

let count = 0;
async function filed(days: number, countyId: string): Promise<void> {
  const filedAt = daysAgo(days);
  const id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  const complaint = aComplaint({ id, filedAt, agencyId, countyId, category: issueRequest.category });
  const cohort = cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) });
  await writeTransaction([
    headWrite({ complaint, condition: undefined }),
    putWrite({ pk: complaintKey(id), sk: eventKey(1), cohort, cohortAt: filedAt }),
  ]);
}

/** In each county as many complaints: some until three months ago, and then eight in the last days. */
const counties = ["qazvin", "takestan", "abyek", "avaj", "buin-zahra", "alborz"];

test("of what agencies say is mended, inspectors read that it may have come back", async () => {
  await stored({ id: "IS-0000-0001-1", countyId: "qazvin", ending: "done" });
  await stored({ id: "IS-0000-0002-2", countyId: "takestan", ending: "verified" });
  // Nobody verified it within twelve weeks: it is unconfirmed by now, though no event says so yet.
  await stored({ id: "IS-0000-0003-3", countyId: "abyek", ending: "done", doneAgo: 90 });
  await stored({ id: "IS-0000-0004-4", countyId: "avaj", ending: "recurred" });
  await stored({ id: "IS-0000-0005-5", countyId: "buin-zahra", ending: "planned" });
  await stored({ id: "IS-0000-0006-6", countyId: "alborz", ending: "withdrawn" });
  // The same was mended before and once more.
  await stored({ id: "IS-0000-0007-7", countyId: "qazvin", ending: "done", doneAgo: 75 });
  const mended = await readDoneIssues(daysAgo(0));
  expect(mended.map(({ id, status }) => [id, status]).sort()).toEqual([
    ["IS-0000-0001-1", "done"],
    ["IS-0000-0002-2", "verified"],
    ["IS-0000-0003-3", "unconfirmed"],
    ["IS-0000-0007-7", "done"],
  ]);
  for (const countyId of counties) {
    for (let days = 95; days < 150; days += 5) await filed(days, countyId);
    for (let n = 0; n < 8; n++) await filed(2, countyId);
  }
  await proposeIssues({ now: daysAgo(0), until: Number.POSITIVE_INFINITY });
  const { proposals } = (await readProposals()) ?? expect.unreachable();
  const named = proposals.map(({ countyId, issueId, expected }) => [countyId, { issueId, expected }]);
  // Where it is mended, the bad weeks before do not count.
  expect(Object.fromEntries(named)).toMatchObject({
    qazvin: { issueId: "IS-0000-0001-1", expected: 0.4 },
    takestan: { issueId: "IS-0000-0002-2", expected: 0.4 },
    abyek: { issueId: "IS-0000-0003-3", expected: 0.4 },
    avaj: { issueId: undefined, expected: 1.2 },
    "buin-zahra": { issueId: undefined, expected: 1.2 },
    alborz: { issueId: undefined, expected: 1.2 },
  });
});

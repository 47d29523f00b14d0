import { expect, test } from "vitest";
import { readDayCounts, readLastCountedDay, readProposals } from "#functions/proposals/proposals.store.ts";
import { proposeIssues } from "#functions/proposals/propose-issues.function.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { headWrite } from "#shared/complaints/complaints.store.ts";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { cohortKey, cohortShard, complaintKey, eventKey, partitions } from "#shared/runtime/keys.ts";
import { readPartition } from "#shared/storage/table.ts";
import { putWrite, writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds, hourMs } from "#shared/time/duration.ts";
import { addDays, iranianMonth } from "#shared/time/period.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { failTableCallsAfter } from "../support/stored-complaints.ts";

withRealTables();

const today = "2026-11-24";
const on = (day: string, hours = 9) => addMilliseconds(startOfDay(day), hours * hourMs);
const forEver = Number.POSITIVE_INFINITY;
const run = (now: string, until = forEver) => proposeIssues({ now, until });
const settledUntil = addDays(today, -7);
const kept = () => readDayCounts({ from: "2026-01-01", until: "2027-12-31" });

let count = 0;
/** Stores what the job reads of a complaint that was filed so many days before. */
async function filed(daysBefore: number, fields: Partial<Complaint> = {}): Promise<Complaint> {
  const filedAt = on(addDays(today, -daysBefore));
  const id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  const complaint = aComplaint({ id, filedAt, agencyId: "post", ...fields });
  const cohort = cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) });
  await writeTransaction([
    headWrite({ complaint, condition: undefined }),
    putWrite({ pk: complaintKey(id), sk: eventKey(1), cohort, cohortAt: filedAt }),
  ]);
  return complaint;
}
const change = (complaint: Complaint, fields: Partial<Complaint>) =>
  writeTransaction([headWrite({ complaint: { ...complaint, ...fields }, condition: undefined })]);

test("before the first filing nothing is kept, and the list is empty", async () => {
  expect(await run(on("2026-06-01"))).toBe(on("2026-06-02", 6));
  expect(await readProposals()).toEqual({ morning: "2026-06-01", proposals: [] });
  expect(await readLastCountedDay()).toBeUndefined();
});

test("runs that are killed anywhere end with what one run makes, each day written once", async () => {
  await filed(80, { agencyId: "gas" });
  for (const days of [1, 2, 2, 5, 8, 9, 13]) await filed(days, { cause: "capacity" });
  await filed(3, { closure: "withdrawn" });
  await filed(3, { retaliationFor: "QZ-2222-2222-2" });
  await filed(3, { cause: "conduct" });
  for (let calls = 0; ; calls += 7) {
    const restore = failTableCallsAfter(calls);
    const next = await run(on(today), performance.now()).catch(() => undefined);
    restore();
    if (next === on(addDays(today, 1), 6)) break;
    expect((await readProposals())?.morning).toBe("2026-06-01");
  }
  const { morning, proposals } = (await readProposals()) ?? expect.unreachable();
  expect(morning).toBe(today);
  const days = { from: "2026-11-10", to: "2026-11-23", since: today, oneSource: "call-centre-128" };
  expect(proposals).toEqual([
    { agencyId: "post", category: "postponed-without-reason", countyId: "qazvin", count: 8, expected: 0.4, ...days },
    { agencyId: "post", cause: "capacity", count: 7, expected: 0.4, ...days },
  ]);
  const settled = await kept();
  expect(settled.at(-1)?.day).toBe(addDays(settledUntil, -1));
  expect(new Set(settled.map(({ day }) => day)).size).toBe(settled.length);
  expect(settled.flatMap(({ day, counts }) => counts.map(({ agencyId, count: n }) => [day, agencyId, n]))).toEqual([
    [addDays(today, -80), "gas", 1],
    ...[13, 9, 8].flatMap((days_) => [1, 2].map(() => [addDays(today, -days_), "post", 1])),
  ]);
});

test("the same morning is made once, and not before six o'clock", async () => {
  const before = await readProposals();
  await filed(1);
  expect(await run(on(today, 23))).toBe(on(addDays(today, 1), 6));
  expect(await run(on(addDays(today, 1), 5))).toBe(on(addDays(today, 1), 6));
  expect(await readProposals()).toEqual(before);
});

test("a young day is counted anew each morning, and a kept day never", async () => {
  const [young, old] = [
    await filed(2, { cause: "rule-unclear" }),
    await filed(30, { agencyId: "water-and-wastewater" }),
  ];
  const before = await kept();
  await change(young, { closure: "withdrawn" });
  await change(old, { closure: "withdrawn" });
  await run(on(addDays(today, 1)));
  const { proposals } = (await readProposals()) ?? expect.unreachable();
  // One more was filed meanwhile, and the withdrawn one does not count.
  expect(proposals.map(({ category, cause, count: n, since }) => [category ?? cause, n, since])).toEqual([
    ["postponed-without-reason", 9, today],
    ["capacity", 7, today],
  ]);
  expect(await kept()).toEqual([...before, { day: settledUntil, counts: [] }]);
});

test("after an interruption of a month the missing days are counted, and what is over is gone", async () => {
  await run(on(addDays(today, 31)));
  expect(await readProposals()).toEqual({ morning: addDays(today, 31), proposals: [] });
  const days = (await kept()).map(({ day }) => day);
  expect(days.at(-1)).toBe(addDays(today, 23));
  expect(days).toHaveLength(new Set(days).size);
  const items = await readPartition(partitions.dayCounts);
  expect(items.every(({ sk, expiresAt }) => Number(expiresAt) * 1_000 > Date.parse(String(sk)))).toBe(true);
});

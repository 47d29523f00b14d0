import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { withdraw } from "#shared/domain/complaint/citizen-move.ts";
import { lastClosedQuarter } from "#shared/domain/statistics/closed-quarter.ts";
import { callKey, filedCountKey, filedCountsKey, privateKey } from "#shared/runtime/keys.ts";
import { listCalls, placeCall, putCall, readCall } from "#shared/store/complaints/calls.ts";
import { writesOfChange } from "#shared/store/complaints/complaints.ts";
import { readFiledCount } from "#shared/store/complaints/filed-counts.ts";
import { table } from "#shared/store/table.ts";
import { writeTogether } from "#shared/store/transaction.ts";
import { aNewComplaint, theCitizen } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { written } from "../support/written.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
const monthLater = "2026-12-24T07:00:00.000Z";
let id = "";
let count = 0;
let fresh: ReturnType<typeof aNewComplaint>;

beforeEach(async () => {
  id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  fresh = aNewComplaint({ citizen: { phone: "09122002580", mayBeCalled: true } }, id);
  await written(fresh);
});

const put = (Item: Record<string, unknown>) =>
  table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));
async function stored() {
  const Key = { pk: privateKey(id), sk: callKey };
  return (await table.send(new GetCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }))).Item;
}
const listedAt = async (instant: string) => (await listCalls({ now: instant, limit: 100, from: undefined })).ids;
const close = () =>
  writeTogether(writesOfChange(withdraw(fresh.complaint, { by: { ...theCitizen, complaintId: id }, now })));

describe("a drawn complaint", () => {
  beforeEach(() => writeTogether([putCall({ id, probability: 0.25, newer: { later: "kept" } })]));

  test("is listed once there is something to ask, until that is over; to place it again changes nothing", async () => {
    await placeCall(id);
    expect(await listedAt(now)).not.toContain(id);
    await close();
    await placeCall(id);
    const placed = await stored();
    await placeCall(id);
    expect(await stored()).toEqual(placed);
    expect(placed).toMatchObject({ probability: 0.25, callFrom: now, deskAt: monthLater, later: "kept" });
    expect(await listedAt(now)).toContain(id);
    expect(await listedAt(monthLater)).not.toContain(id);
  });

  test("stays where a later version of it was placed", async () => {
    await close();
    const later = { ...(await stored()), placedBy: 9, desk: "callbacks", deskAt: "2027-01-01T00:00:00.000Z" };
    await put(later);
    await placeCall(id);
    expect(await stored()).toEqual(later);
  });

  test("is placed anew after it was drawn off the list", async () => {
    await close();
    await placeCall(id);
    const call = await readCall(id);
    if (call) await writeTogether([putCall(call)]);
    expect(await listedAt(now)).not.toContain(id);
    await placeCall(id);
    expect(await listedAt(now)).toContain(id);
  });
});

test("one that was not drawn is never listed", async () => {
  await close();
  await placeCall(id);
  expect(await stored()).toBeUndefined();
});

describe("how many were filed", () => {
  beforeEach(async () => {
    const counts = { gas: { "1404-Q4": 10, "1405-Q2": 30, "1405-Q4": 50 }, "gas-2": { "1405-Q2": 99 } };
    for (const [agencyId, quarters] of Object.entries(counts))
      for (const [quarter, n] of Object.entries(quarters))
        await put({ pk: filedCountsKey, sk: filedCountKey({ agencyId, quarter }), n });
  });

  test.each([
    ["gas", "2026-11-24T07:00:00.000Z", 30],
    ["gas", "2026-10-06T20:29:00.000Z", 10],
    ["gas", "2026-10-06T20:31:00.000Z", 30],
    ["gas", "2026-03-01T07:00:00.000Z", undefined],
    ["water", "2026-11-24T07:00:00.000Z", undefined],
  ])(
    "at %s, of what is filed at %s, is as of the last quarter that was closed then: %s",
    async (agencyId, filedAt, n) => {
      expect(await readFiledCount({ agencyId, filedAt })).toBe(n);
    },
  );

  test.each([
    ["2026-10-06T20:29:00.000Z", "1405-Q1"],
    ["2026-10-06T20:31:00.000Z", "1405-Q2"],
    ["2026-11-24T07:00:00.000Z", "1405-Q2"],
  ])("on %s the last quarter that was closed is %s", (instant, quarter) => {
    expect(lastClosedQuarter(instant)).toBe(quarter);
  });
});

import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { endCalls } from "#shared/domain/complaint/call-consent.ts";
import { withdraw } from "#shared/domain/complaint/citizen-move.ts";
import { closesAt } from "#shared/domain/statistics/closing.ts";
import { callKey, privateKey } from "#shared/runtime/keys.ts";
import { listCalls, placeCall, putCall, readCall } from "#shared/store/complaints/calls.ts";
import { writesOfChange } from "#shared/store/complaints/complaints.ts";
import { readConfidence, writesOfNotes } from "#shared/store/complaints/private-series.ts";
import { close as closeMonth } from "#shared/store/statistics/closed.ts";
import { readAgencyCount, readTable, writePeriod } from "#shared/store/statistics/editions.ts";
import { table } from "#shared/store/table.ts";
import { writeTogether } from "#shared/store/transaction.ts";
import { aNewComplaint, theCitizen } from "../support/a-complaint.ts";
import { closedQuarter } from "../support/closed-quarter.ts";
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

  test("stays where a later version of it was placed, and whoever is overtaken again and again says so", async () => {
    await close();
    const later = { ...(await stored()), placedBy: 9, desk: "callbacks", deskAt: "2027-01-01T00:00:00.000Z" };
    await put(later);
    await expect(placeCall(id)).rejects.toMatchObject({ code: "unavailable" });
    expect(await stored()).toEqual(later);
  });

  test("stays where it was placed after more was noted", async () => {
    await close();
    await placeCall(id);
    const later = { ...(await stored()), placedAfter: 9, deskAt: "2027-01-01T00:00:00.000Z" };
    await put(later);
    await expect(placeCall(id)).rejects.toMatchObject({ code: "unavailable" });
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

test("the next page of the list goes on where the first one ended, also once the time to call that one is over", async () => {
  const listed = [];
  for (const deskAt of ["2031-01-01T09:00:00.000Z", "2031-01-01T11:00:00.000Z"]) {
    id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
    const keys = { pk: privateKey(id), sk: callKey, desk: "callbacks", deskAt };
    await put({ id, probability: 1, callFrom: "2031-01-01T08:00:00.000Z", ...keys });
    listed.push(id);
  }
  const first = await listCalls({ now: "2031-01-01T08:30:00.000Z", limit: 1, from: undefined });
  expect(first.ids).toEqual(listed.slice(0, 1));
  for (const now of ["2031-01-01T08:45:00.000Z", "2031-01-01T09:00:00.000Z", "2031-01-01T09:30:00.000Z"])
    expect((await listCalls({ now, limit: 1, from: first.next })).ids).toEqual(listed.slice(1));
  expect((await listCalls({ now: "2031-01-01T11:00:00.000Z", limit: 1, from: first.next })).ids).toEqual([]);
});

test("one whose citizen may be called no more is on no list, whatever happens to it", async () => {
  await writeTogether([putCall({ id, probability: 0.25 })]);
  await close();
  await placeCall(id);
  expect(await stored()).toHaveProperty("desk");
  const { series, noted } = await readConfidence(id);
  const ended = endCalls(fresh.complaint, { by: { ...theCitizen, complaintId: id }, now, series });
  await writeTogether(writesOfNotes({ id, notes: ended ? [ended] : [], after: noted }));
  await placeCall(id);
  expect(await stored()).not.toHaveProperty("desk");
});

test("one that was not drawn is never listed", async () => {
  await close();
  await placeCall(id);
  expect(await stored()).toBeUndefined();
});

describe("an agency's published count", () => {
  beforeEach(async () => {
    for (const item of closedQuarter("1405-Q2", { gas: 30, "gas-2": 95 })) await put(item);
  });

  test.each([
    ["gas", "1405-Q2", 30],
    ["water", "1405-Q2", 0],
    ["gas", "1405-Q1", undefined],
  ])("of %s in %s is read where the quarter is closed: %s", async (agencyId, quarter, count) => {
    expect(await readAgencyCount({ agencyId, quarter })).toBe(count);
  });

  test("is the count in the quarter's table of agencies, as it was published", async () => {
    const period = { kind: "quarter", name: "1405-Q3" } as const;
    const agency = [{ cell: "gas", count: 365 }];
    await writePeriod({ period, tables: { agency } }, "an edition");
    expect(await readAgencyCount({ agencyId: "gas", quarter: period.name })).toBeUndefined();
    const at = closesAt("1405-09");
    await closeMonth({ month: "1405-09", periods: [period], edition: "an edition", asOf: at, closedAt: at });
    expect(await readTable({ period, edition: "an edition", table: "agency" })).toEqual(agency);
    expect(await readAgencyCount({ agencyId: "gas", quarter: period.name })).toBe(365);
  });
});

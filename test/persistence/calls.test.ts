import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import {
  callListEntryWrite,
  listCallsDue,
  readCallListEntry,
  updateCallList,
} from "#functions/calls/call-list.store.ts";
import { closesAt } from "#functions/figures/publication.ts";
import {
  saveClosedMonth as closeMonth,
  readAgencyCount,
  readTable,
  writePeriod,
} from "#functions/figures/published.store.ts";
import { endCalls } from "#shared/complaints/call-consent.ts";
import { callListPlace } from "#shared/complaints/call-list-place.ts";
import { changeWrites } from "#shared/complaints/complaints.store.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { withdraw } from "#shared/complaints/moves.ts";
import { callKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { type Position, table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aNewComplaint, citizenPrincipal } from "../support/a-complaint.ts";
import { closedQuarter } from "../support/closed-quarter.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writeComplaint } from "../support/stored-complaints.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
const monthLater = "2026-12-24T07:00:00.000Z";
let id = "";
let count = 0;
let fresh: ReturnType<typeof aNewComplaint>;

beforeEach(async () => {
  id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  fresh = aNewComplaint({ citizen: { phone: "09122002580", mayBeCalled: true } }, id);
  await writeComplaint(fresh);
});

const put = (Item: Record<string, unknown>) =>
  table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));
async function stored() {
  const Key = { pk: confidentialLogKey(id), sk: callKey };
  return (await table.send(new GetCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }))).Item;
}
const listedAt = async (instant: string) => idsOf(await listCallsDue({ now: instant, limit: 100, from: undefined }));
const idsOf = ({ calls }: { calls: { id: string }[] }) => calls.map((one) => one.id);
const close = () =>
  writeTransaction(changeWrites(withdraw(fresh.complaint, { by: { ...citizenPrincipal, complaintId: id }, now })));

describe("a drawn complaint", () => {
  beforeEach(() => writeTransaction([callListEntryWrite({ id, probability: 0.25, newer: { later: "kept" } })]));

  test("is listed once there is something to ask, until that is over; to place it again changes nothing", async () => {
    await updateCallList(id, now);
    expect(await listedAt(now)).not.toContain(id);
    await close();
    await updateCallList(id, now);
    const placed = await stored();
    await updateCallList(id, now);
    expect(await stored()).toEqual(placed);
    expect(placed).toMatchObject({
      probability: 0.25,
      callFrom: now,
      workQueueAt: monthLater.slice(0, 10),
      later: "kept",
    });
    expect(await listedAt(now)).toContain(id);
    expect(await listedAt(monthLater)).not.toContain(id);
  });

  test("stays where a later version of it was placed, and whoever is overtaken again and again says so", async () => {
    await close();
    const later = {
      ...(await stored()),
      listedAtVersion: 9,
      workQueue: "calls",
      workQueueAt: "2027-01-01T00:00:00.000Z",
    };
    await put(later);
    await expect(updateCallList(id, now)).rejects.toMatchObject({ code: "unavailable" });
    expect(await stored()).toEqual(later);
  });

  test("stays where it was placed after more was entryCount", async () => {
    await close();
    await updateCallList(id, now);
    const later = { ...(await stored()), listedAtEntry: 9, workQueueAt: "2027-01-01T00:00:00.000Z" };
    await put(later);
    await expect(updateCallList(id, now)).rejects.toMatchObject({ code: "unavailable" });
    expect(await stored()).toEqual(later);
  });

  test("is placed anew after it was drawn off the list", async () => {
    await close();
    await updateCallList(id, now);
    const call = await readCallListEntry(id);
    if (call) await writeTransaction([callListEntryWrite(call)]);
    expect(await listedAt(now)).not.toContain(id);
    await updateCallList(id, now);
    expect(await listedAt(now)).toContain(id);
  });
});

describe("the pages of the list", () => {
  const dueUntil = async (before: string) => {
    id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
    const place = callListPlace({ from: before.replace(/T.*/, "T08:00:00.000Z"), before });
    await put({ id, probability: 1, pk: confidentialLogKey(id), sk: callKey, ...place });
    return id;
  };
  const pageAt = (now: string, from?: Position) => listCallsDue({ now, limit: 1, from });

  test("go on where the first one ended, also once the time to call that one is over", async () => {
    const first = await dueUntil("2031-01-01T09:00:00.000Z");
    await dueUntil("2031-01-02T11:00:00.000Z");
    await put({ ...(await stored()), callFrom: "2031-01-01T08:00:00.000Z" });
    const page = await pageAt("2031-01-01T08:30:00.000Z");
    const { next } = page;
    expect(page.calls).toEqual([{ id: first, isAboutIssue: false }]);
    for (const now of ["2031-01-01T08:45:00.000Z", "2031-01-01T09:00:00.000Z", "2031-01-02T10:59:59.999Z"])
      expect(idsOf(await pageAt(now, next))).toEqual([id]);
    expect((await pageAt("2031-01-02T11:00:00.000Z", next)).calls).toEqual([]);
  });

  test("have one complaint each if asked for one, and each complaint once, also where periods end at the same instant", async () => {
    const due: string[] = [];
    for (const hour of ["09", "10", "10", "11"]) due.push(await dueUntil(`2032-01-01T${hour}:00:00.000Z`));
    await dueUntil("2032-01-02T09:00:00.000Z");
    const found: string[] = [];
    let next: Position | undefined;
    do {
      const page = await pageAt("2032-01-01T08:30:00.000Z", next);
      expect(page.calls.length).toBeLessThanOrEqual(1);
      found.push(...idsOf(page));
      next = page.next;
    } while (next);
    expect(found.sort()).toEqual(due.sort());
  });
});

test("one whose citizen may be called no more is on no list, whatever happens to it", async () => {
  await writeTransaction([callListEntryWrite({ id, probability: 0.25 })]);
  await close();
  await updateCallList(id, now);
  expect(await stored()).toHaveProperty("workQueue");
  const { confidentialLog, entryCount } = await readConfidentialRecord(id);
  const ended = endCalls(fresh.complaint, {
    by: { ...citizenPrincipal, complaintId: id },
    now,
    confidentialLog: confidentialLog,
  });
  await writeTransaction(confidentialEntryWrites({ id, entries: ended ? [ended] : [], after: entryCount }));
  await updateCallList(id, now);
  expect(await stored()).not.toHaveProperty("workQueue");
});

test("one that was not drawn, and has no answer to tell of, is never listed", async () => {
  await close();
  await updateCallList(id, now);
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

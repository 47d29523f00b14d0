import { beforeEach, expect, test } from "vitest";
import { handler } from "#functions/escalation/escalate-complaint.function.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { headWrite, readHead } from "#shared/complaints/complaints.store.ts";
import { readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { listDue } from "#shared/complaints/due-complaints.store.ts";
import { hoursKey, partitions, pendingHoursKey } from "#shared/runtime/keys.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aComplaint } from "../../support/a-complaint.ts";
import { aContext } from "../../support/api-event.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();

const due = "2026-11-24T09:10:00.000Z";
let id = "";
let count = 0;

beforeEach(() => {
  id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
});

const write = (fields: Partial<Complaint> = {}) =>
  writeTransaction([headWrite({ complaint: aComplaint({ id, ...fields }), condition: undefined })]);
const step = (execution: string, at = due) =>
  handler({ subject: { kind: "complaint", id }, dueAt: at, execution }, aContext);

test("two executions at the same instant raise it once, and the one that did not ends", async () => {
  await write();
  const both = await Promise.allSettled([step("one"), step("two")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { name: "NoLongerLate" } });
  expect(await readHead(id)).toMatchObject({ level: 1, version: 2 });
});

test("a step that raised and died before it could say so waits for the next level when it is tried again", async () => {
  await write();
  const first = await step("one");
  expect(await step("one")).toEqual(first);
  expect(await readHead(id)).toMatchObject({ level: 1, version: 2 });
});

test("the level that orders a visit writes the order and the visit", async () => {
  await write({ level: 2, nextLevelAt: due });
  await step("one");
  const { confidentialLog, visits } = await readConfidentialRecord(id);
  expect(confidentialLog).toMatchObject([{ type: "visit-ordered", by: "system" }]);
  expect(visits).toMatchObject([{ visitId: expect.any(String) }]);
});

test("an execution that is no longer needed ends, and changes nothing", async () => {
  await write({ status: "acknowledged", version: 3 });
  await expect(step("one")).rejects.toMatchObject({ name: "NoLongerLate" });
  expect(await readHead(id)).toMatchObject({ level: 0, version: 3 });
});

test("one that wakes before its time waits again", async () => {
  await write();
  const early = new Date(Date.now() + 60 * 60_000 + 1).toISOString();
  expect(await step("one", early)).toMatchObject({ subject: { kind: "complaint", id }, dueAt: early });
  expect(await readHead(id)).toMatchObject({ level: 0 });
});

test("a step that cannot write leaves the complaint in the sweep's sight", async () => {
  await write();
  const stranded = process.env.COMPLAINTS_TABLE;
  process.env.COMPLAINTS_TABLE = "a-table-that-is-not-there";
  await expect(step("one")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  process.env.COMPLAINTS_TABLE = stranded;
  const found: string[] = [];
  for await (const { due } of listDue(new Date().toISOString())) found.push(...due.map((complaint) => complaint.id));
  expect(found).toContain(id);
});

test("a change of hours that cannot be read keeps nobody from escalation", async () => {
  const Item = {
    pk: partitions.hours,
    sk: hoursKey({ date: "2020-01-01" }),
    due: pendingHoursKey,
    dueAt: due,
    of: "another age",
  };
  await writeTransaction([{ Put: { TableName: process.env.COMPLAINTS_TABLE, Item } }]);
  await write();
  await step("one");
  expect(await readHead(id)).toMatchObject({ level: 1 });
});

test("one that is raised a quarter of an hour late says so, and one that is raised in time does not", async () => {
  const log = captureLog();
  await write();
  await step("one");
  const late = log.text();
  id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  const justNow = new Date(Date.now() - 14 * 60_000).toISOString();
  await write({ acknowledgeBy: justNow });
  await step("two", justNow);
  log.release();
  expect(late).toContain('"escalation late"');
  expect(log.text().slice(late.length)).toContain('"complaint escalated"');
  expect(log.text().slice(late.length)).not.toContain("raised late");
});

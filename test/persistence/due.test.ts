import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { headWrite } from "#shared/complaints/complaints.store.ts";
import { listDue } from "#shared/complaints/due-complaints.store.ts";
import { dueKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { captureLog } from "../support/written-log.ts";

withRealTables();
let log: ReturnType<typeof captureLog>;
beforeEach(() => {
  log = captureLog();
});
afterEach(() => log.release());

const at = (minute: number) => new Date(Date.parse("2026-11-24T09:00:00Z") + minute * 60_000).toISOString();
/** All of one shard, since their symbols add up to the same. */
const idOf = (n: number) => `QZ-${n % 10}${9 - (n % 10)}${Math.floor(n / 10)}${9 - Math.floor(n / 10)}-0000-0`;
const late = Array.from({ length: 60 }, (_, n) => idOf(n));

async function listed(now: string) {
  const [due, nexts]: [string[], string[]] = [[], []];
  for await (const page of listDue(now)) {
    due.push(...page.due.map(({ id }) => id));
    if (page.next) nexts.push(page.next);
  }
  return { due, nexts };
}

test("all that are due come once, the longest overdue first, however many a shard has, and then who is next", async () => {
  expect(new Set(late.map(dueKey)).size).toBe(1);
  for (const [n, id] of late.entries())
    await writeTransaction([headWrite({ complaint: aComplaint({ id, acknowledgeBy: at(n) }), condition: undefined })]);
  expect(await listed(at(39))).toEqual({ due: late.slice(0, 40), nexts: [at(40)] });
  // A page ends with the last that is due: who is next begins another.
  expect(await listed(at(24))).toEqual({ due: late.slice(0, 25), nexts: [at(25)] });
  expect(await listed(at(100))).toEqual({ due: late, nexts: [] });
});

test("one that cannot be read hides nobody, and is told of once it is due, not before", async () => {
  const Item = { pk: "COMPLAINT#unread", sk: "HEAD", due: dueKey(late[0] ?? ""), dueAt: at(45), id: 1 };
  await table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));
  expect((await listed(at(44))).nexts).toEqual([at(45)]);
  expect(log.text()).not.toContain(logEvents.dueUnreadable);
  expect(await listed(at(45))).toEqual({ due: late.slice(0, 46), nexts: [at(46)] });
  expect(log.text()).toContain(logEvents.dueUnreadable);
});

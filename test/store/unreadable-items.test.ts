import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, expect, test } from "vitest";
import { partitions, pendingHoursKey, undeliveredDeskKey } from "#shared/runtime/keys.ts";
import { countReads, listIdentityLimits } from "#shared/store/complaints/identity-limits.ts";
import { listUndelivered, readUndelivered } from "#shared/store/events/undelivered.ts";
import { readCalendars } from "#shared/store/hours/office-hours.ts";
import { listPendingHours } from "#shared/store/hours/pending-hours.ts";
import { table } from "#shared/store/table.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writtenLog } from "../support/written-log.ts";

/** What a newer version wrote: it hides nothing else, and is not taken for something that is not there. */

withRealTables();
const log = writtenLog();
afterAll(log.release);

const now = "2026-11-24T07:00:00.000Z";
const put = (Item: Record<string, unknown>) =>
  table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));

test("an undelivered event whose note cannot be read is listed by its id, and the log names it", async () => {
  const place = { pk: "C#QZ-1111-0000-0", sk: "E#000001" };
  for (const [n, agencyIds] of [["gas"], "gas", ["post"]].entries()) {
    const eventId = `QZ-1111-0000-0/${n}`;
    const desk = { desk: undeliveredDeskKey, deskAt: `${now}#${eventId}` };
    await put({ pk: partitions.undelivered, sk: eventId, eventId, place, agencyIds, parkedAt: now, ...desk });
  }
  const ids = ["QZ-1111-0000-0/0", "QZ-1111-0000-0/1", "QZ-1111-0000-0/2"];
  const { items } = await listUndelivered({ limit: 10 });
  expect(items.map(({ eventId }) => eventId)).toEqual(ids);
  expect(items[1]).toEqual({ eventId: ids[1], agencyIds: [], parkedAt: now });
  const before = log.text().split("item unreadable").length;
  const read = await readUndelivered(ids);
  expect(read.map(({ eventId }) => eventId).sort()).toEqual(ids);
  expect(log.text().split("item unreadable").length).toBe(before + 1);
});

test("who reads no more and cannot be read is told of in the log, and reads no more", async () => {
  const counted = { pk: partitions.identityReads, sub: "inspector-1", day: "2026-11-24", turn: 3 };
  await put({ ...counted, sk: "inspector-1", reads: "many", blockedAt: now });
  await put({ ...counted, sk: "inspector-2", sub: "inspector-2", reads: 4 });
  const before = log.text().split("item unreadable").length;
  expect(await listIdentityLimits()).toEqual([]);
  expect(log.text().split("item unreadable").length).toBe(before + 1);
  const counting = { sub: "inspector-1", now, name: "identities", most: 100 } as const;
  await expect(countReads(counting)).rejects.toMatchObject({ code: "unavailable" });
});

test("all changes of hours that wait are listed, also those beyond the megabyte that one answer holds", async () => {
  const days = Array.from({ length: 30 }, (_, n) =>
    new Date(Date.parse(now) + n * 86_400_000).toISOString().slice(0, 10),
  );
  const pending = { since: now, dueAt: now, turn: 0 };
  const change = { reason: "x".repeat(50_000), version: 1, setAt: now, client: "admins", person: "admin", pending };
  const due = { pk: partitions.hours, due: pendingHoursKey, dueAt: now };
  for (const date of days) await put({ ...change, ...due, sk: `${date}#*`, date });
  expect((await listPendingHours()).map(({ date }) => date).sort()).toEqual(days);
});

test("nothing is counted by hours that cannot be read: whoever needs them is told to come back", async () => {
  await put({ pk: partitions.hours, sk: "2027-11-24#*", date: "2027-11-24", shifts: 2 });
  await expect(readCalendars({ from: "2027-11-24T07:00:00.000Z" })).rejects.toMatchObject({ code: "unavailable" });
});

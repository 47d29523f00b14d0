import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { AgencyFeedEvent, readFeed } from "#functions/deliveries/feeds.store.ts";
import { listUndelivered, readUndelivered, recordUndelivered } from "#functions/deliveries/undelivered-events.store.ts";
import { executeMove } from "#shared/complaints/commands.store.ts";
import {
  eventWrites,
  headWrite,
  narrativeWrite,
  readComplaintRecord,
  readHead,
} from "#shared/complaints/complaints.store.ts";
import { compareHead, repairHead } from "#shared/complaints/heads.store.ts";
import { listOfAgency, pageOfList } from "#shared/complaints/lists.store.ts";
import { postMessage } from "#shared/complaints/remarks.ts";
import { withSandboxExpiry } from "#shared/complaints/sandbox-expiry.store.ts";
import type { Fault } from "#shared/fault.ts";
import { sandboxAgency } from "#shared/province/directory.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { aNewComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const dayMs = 24 * 60 * 60_000;
const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1_000);

/** Files it in the sandbox so many days ago, with the parts that are named. */
async function filed(id: string, { daysAgo, parts }: { daysAgo: number; parts: ("head" | "narrative")[] }) {
  const { complaint, event, narrative } = aNewComplaint({}, id);
  const filedAt = addMilliseconds(new Date().toISOString(), -daysAgo * dayMs);
  const inSandbox = { ...complaint, agencyId: sandboxAgency, filedAt };
  const told = { ...event, at: filedAt, after: { ...event.after, agencyId: sandboxAgency } };
  const writes = [
    ...(parts.includes("head") ? [headWrite({ complaint: inSandbox, condition: undefined })] : []),
    ...(parts.includes("narrative") ? [narrativeWrite({ id, narrative })] : []),
    ...eventWrites({ complaint: inSandbox, event: told }),
  ];
  await writeTransaction(withSandboxExpiry(inSandbox, writes));
  return filedAt;
}

async function itemOf(Key: Record<string, string>) {
  return (await table.send(new GetCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }))).Item;
}

test("a complaint of which the table has deleted a part already is not found", async () => {
  await filed("QZ-0001-0000-0", { daysAgo: 15, parts: ["head"] });
  expect(await readHead("QZ-0001-0000-0")).toBeUndefined();
  await expect(readComplaintRecord("QZ-0001-0000-0")).rejects.toMatchObject({ code: "not-found" });
});

test("one that has not lapsed is", async () => {
  await filed("QZ-0002-0000-0", { daysAgo: 13, parts: ["head", "narrative"] });
  expect(await readHead("QZ-0002-0000-0")).toMatchObject({ agencyId: sandboxAgency });
  expect((await readComplaintRecord("QZ-0002-0000-0")).events).toHaveLength(1);
});

const sandboxAgencys = { caller: "agency", agencyId: sandboxAgency, clientId: "trial", person: "p-1" } as const;
/** Whether the sandbox may move a complaint, finds it in its list, and reads its event. */
async function foundBy(id: string): Promise<boolean[]> {
  const now = new Date().toISOString();
  const moved = executeMove({ path: { id }, principal: sandboxAgencys, now }, (complaint, { by, now: at }) =>
    postMessage(complaint, { by, now: at, text: "هنوز هست؟" }),
  );
  const [moves, inbox, feed] = [
    await moved.then(
      () => true,
      (fault: Fault) => fault.code !== "not-found",
    ),
    await pageOfList(listOfAgency(sandboxAgencys, { filter: {}, now }), 10),
    await readFeed(AgencyFeedEvent, { feed: { agencyId: sandboxAgency }, limit: 10, now }),
  ];
  return [
    moves,
    inbox.items.some(({ complaint }) => complaint.id === id),
    feed.events.some((event) => "complaintId" in event && event.complaintId === id),
  ];
}

test("one that has lapsed and is still in the table is not moved, listed or told of", async () => {
  await filed("QZ-0005-0000-0", { daysAgo: 13, parts: ["head", "narrative"] });
  await filed("QZ-0006-0000-0", { daysAgo: 15, parts: ["head", "narrative"] });
  expect(await foundBy("QZ-0005-0000-0")).toEqual([true, true, true]);
  expect(await foundBy("QZ-0006-0000-0")).toEqual([false, false, false]);
  const feed = { agencyId: sandboxAgency };
  const after = readFeed(AgencyFeedEvent, {
    feed,
    after: "QZ-0006-0000-0/1",
    limit: 10,
    now: new Date().toISOString(),
  });
  await expect(after).rejects.toMatchObject({ code: "cursor-invalid" });
});

test("a sandbox event that has lapsed is not even read with the sandbox's feed", async () => {
  await filed("QZ-0007-0000-0", { daysAgo: 13, parts: ["head"] });
  await filed("QZ-0008-0000-0", { daysAgo: 15, parts: ["head"] });
  const read: unknown[] = [];
  const name = "keep-items";
  table.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if ("Items" in result.output) read.push(...Object(result.output).Items);
      return result;
    },
    { step: "initialize", name },
  );
  await readFeed(AgencyFeedEvent, { feed: { agencyId: sandboxAgency }, limit: 10, now: new Date().toISOString() });
  table.middlewareStack.remove(name);
  const ids = read.map((item) => Object(item).complaintId);
  expect(ids).toContain("QZ-0007-0000-0");
  expect(ids).not.toContain("QZ-0008-0000-0");
});

test("a head that was lost lapses with its other items once it is mended", async () => {
  const filedAt = await filed("QZ-0003-0000-0", { daysAgo: 1, parts: ["narrative"] });
  const head = await compareHead("QZ-0003-0000-0");
  expect(await repairHead(head)).toBe(true);
  expect((await readComplaintRecord("QZ-0003-0000-0")).complaint.filedAt).toBe(filedAt);
  const place = headWrite({ complaint: aNewComplaint({}, "QZ-0003-0000-0").complaint, condition: undefined }).Put?.Item;
  const stored = await itemOf({ pk: place?.pk, sk: place?.sk });
  expect(stored?.expiresAt).toBe(seconds(addMilliseconds(filedAt, 14 * dayMs)));
});

test.each([
  [[sandboxAgency], true],
  [["gas"], false],
  [[sandboxAgency, "gas"], false],
  [[], false],
])("an undelivered event of the agencies %j lapses: %s", async (agencyIds, lapses) => {
  const [time, failedAt] = ["2026-11-23T10:00:00.000Z", "2026-11-24T10:00:00.000Z"];
  const eventId = `QZ-0004-0000-0/${agencyIds.join("-") || "none"}`;
  await recordUndelivered({ eventId, itemKey: { pk: "a", sk: "b" }, agencyIds, time, failedAt });
  const stored = await itemOf({ pk: partitions.undelivered, sk: eventId });
  expect(stored?.expiresAt).toBe(lapses ? seconds(addMilliseconds(time, 14 * dayMs)) : undefined);
  const [before, after] = [13, 14].map((days) => addMilliseconds(time, days * dayMs));
  const isFound = async (now = "") => {
    const { items } = await listUndelivered({ limit: 10, now });
    const read = await readUndelivered([eventId], now);
    return [items, read].map((records) => records.some((record) => record.eventId === eventId));
  };
  expect(await isFound(before)).toEqual([true, true]);
  expect(await isFound(after)).toEqual([!lapses, !lapses]);
});

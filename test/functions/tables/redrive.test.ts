import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { RedriveSelection } from "#functions/audit/redrive-selection.ts";
import { processRedriveOrders } from "#functions/deliveries/redrive-events.function.ts";
import { createRedriveOrder, readRedriveOrder } from "#functions/deliveries/redrives.store.ts";
import {
  listUndelivered,
  recordUndelivered,
  undeliveredEvent,
} from "#functions/deliveries/undelivered-events.store.ts";
import { nothingPending } from "#functions/triggers/schedule.ts";
import { eventWrites } from "#shared/complaints/complaints.store.ts";
import { eventId } from "#shared/complaints/event.ts";
import { file } from "#shared/complaints/filing.ts";
import { complaintKey, eventKey, partitions } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds, secondsOf } from "#shared/time/duration.ts";
import { adminPrincipal, aFiling, callCentrePrincipal, morning } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { failTableCallsAfter, writeComplaint } from "../../support/stored-complaints.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();
const log = captureLog();
const sqs = mockClient(SQSClient);
const queue = "https://sqs.us-east-1.amazonaws.com/000000000000/";
Object.assign(process.env, { AGENCY_QUEUE_PREFIX: `${queue}agency-`, NOTIFICATION_QUEUE: `${queue}notifications` });
beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(SendMessageBatchCommand).resolves({});
});
afterAll(log.release);

const now = "2026-11-24T10:00:00.000Z";
const until = Number.POSITIVE_INFINITY;
let count = 0;

type Filed = { agencyId?: string; at?: string; retaliation?: { retaliationFor: string; reviewBy: string } };

async function fileOne({ agencyId = "gas", at = morning, retaliation }: Filed = {}) {
  const id = `QZ-${String(count++).padStart(4, "0")}-0000-0`;
  const deadlines = { acknowledgeBy: addMilliseconds(at, 1), answerBy: addMilliseconds(at, 2) };
  const filed = file(aFiling({ agencyId }), {
    id,
    by: callCentrePrincipal,
    now: at,
    deadlines,
    retaliation,
    identityDigest: String,
    digitsMac: String,
    mayMail: true,
  });
  await writeComplaint(filed);
  return { ...filed, id };
}

/** Eight at a time: the engine takes no hundred connections at once. */
async function fileMany(how: number, { at = morning }: Filed = {}) {
  const numbers = Array.from({ length: how }, (_, n) => n).values();
  const filed: Awaited<ReturnType<typeof fileOne>>[] = [];
  const clerk = async () => {
    for (const n of numbers) filed.push(await fileOne({ at: addMilliseconds(at, n) }));
  };
  await Promise.all(Array.from({ length: 8 }, clerk));
  return filed;
}
const idsOf = (filed: { id: string }[]) => filed.map(({ id }) => eventId(id, 1));

async function park(how: number): Promise<string[]> {
  const filed = await fileMany(how);
  for (const { id, event } of filed) await recordUndelivered(undeliveredEvent({ ...event, complaintId: id }, now));
  return idsOf(filed);
}

let orders = 0;
async function order(what: RedriveSelection): Promise<string> {
  const { clientId, person } = adminPrincipal;
  const id = `order-${orders++}`;
  await createRedriveOrder({
    id,
    order: what,
    orderedAt: now,
    clientId,
    person,
    version: 1,
    progress: { sent: 0, failed: 0 },
    dueAt: now,
  });
  return id;
}
const isPending = async (id: string) => (await readRedriveOrder(id))?.dueAt !== undefined;

const sentTo = (agencyId: string) =>
  sqs
    .commandCalls(SendMessageCommand)
    .map(({ args: [{ input }] }) => input)
    .filter(({ QueueUrl }) => QueueUrl === `${queue}agency-${agencyId}.fifo`)
    .map(({ MessageDeduplicationId = "" }) => MessageDeduplicationId);
const mailedAbout = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args: [{ input }] }) => input.Entries ?? [])
    .map(({ MessageBody = "" }) => JSON.parse(MessageBody))
    .map(({ complaintId, version }) => eventId(complaintId, version));
const undelivered = async () => (await listUndelivered({ limit: 1000, now })).items.map((one) => one.eventId);

test("with time for one page only, run after run, all that is undelivered is sent once and leaves the list", async () => {
  const ids = await park(104);
  const id = await order({});
  let runs = 0;
  for (; await isPending(id); runs++) await processRedriveOrders({ now, until: 0 });
  expect(runs).toBeGreaterThan(1);
  expect(sentTo("gas").toSorted()).toEqual(ids.toSorted());
  expect(await undelivered()).toEqual([]);
});

test.each<[string, (ids: string[]) => RedriveSelection]>([
  ["all that is undelivered", () => ({})],
  ["some of what is undelivered", (ids) => ({ eventIds: ids })],
])("ended at one call after another, %s is sent, none of it never", async (_, what) => {
  const ids = await park(60);
  const id = await order(what(ids));
  for (let calls = 1; await isPending(id); calls += 7) {
    const revive = failTableCallsAfter(calls);
    await processRedriveOrders({ now, until }).catch(() => undefined);
    revive();
  }
  await order({});
  await processRedriveOrders({ now, until });
  expect(new Set(sentTo("gas"))).toEqual(new Set(ids));
  expect(await undelivered()).toEqual([]);
});

test("ended at one call after another, a past period is sent whole, and what is not of it is not", async () => {
  const period = { since: "2026-11-20T08:00:00.000Z", until: "2026-11-20T09:00:00.000Z" };
  await fileOne({ at: "2026-11-20T07:59:59.999Z" });
  const ids = idsOf(await fileMany(70, { at: period.since }));
  await fileOne({ at: period.until });
  const id = await order(period);
  for (let calls = 1; await isPending(id); calls += 7) {
    const revive = failTableCallsAfter(calls);
    await processRedriveOrders({ now, until }).catch(() => undefined);
    revive();
  }
  expect(new Set(sentTo("gas"))).toEqual(new Set(ids));
  expect(new Set(mailedAbout())).toEqual(new Set(ids));
});

test("each event of a period is sent once: a retaliation report by mail alone, a statement though no front end hears of it", async () => {
  const at = "2026-11-21T08:00:00.000Z";
  const { id, event, complaint } = await fileOne({ at });
  const said = { employee: { name: "مریم رستمی" }, text: "متن" };
  const { version: _, type: __, ...rest } = event;
  const statement = { ...rest, version: 2, type: "statement-added" as const, ...said };
  await writeTransaction(eventWrites({ complaint, event: statement }));
  const report = await fileOne({ at: addMilliseconds(at, 1), retaliation: { retaliationFor: id, reviewBy: now } });
  await order({ since: at, until: addMilliseconds(at, 1_000) });
  await processRedriveOrders({ now, until });
  expect(sentTo("gas")).toEqual([eventId(id, 1), eventId(id, 2)]);
  expect(mailedAbout()).toEqual([eventId(id, 1), eventId(report.id, 1)]);
});

test("what of a period an agency's queue does not take is undelivered from then on, also if it was sent before", async () => {
  const at = "2026-11-22T08:00:00.000Z";
  const [first, second] = idsOf(await fileMany(2, { at }));
  const period = { since: at, until: addMilliseconds(at, 1_000), agencyId: "gas" };
  sqs.on(SendMessageCommand, { MessageDeduplicationId: second }).rejects(new Error("gone"));
  await order(period);
  await processRedriveOrders({ now, until });
  expect(await undelivered()).toEqual([second]);
  sqs.on(SendMessageCommand).resolves({});
  await order(period);
  await processRedriveOrders({ now: addMilliseconds(now, 1), until });
  expect(await undelivered()).toEqual([]);
  sqs.on(SendMessageCommand, { MessageDeduplicationId: first }).rejects(new Error("gone"));
  sqs.on(SendMessageCommand, { MessageDeduplicationId: second }).rejects(new Error("gone"));
  await order(period);
  await processRedriveOrders({ now: addMilliseconds(now, 2), until });
  expect((await undelivered()).toSorted()).toEqual([first, second].toSorted());
});

test("an object that S3 tells of again brings nothing back that was sent since", async () => {
  await order({});
  await processRedriveOrders({ now, until });
  const { id, event } = await fileOne();
  const parked = undeliveredEvent({ ...event, complaintId: id }, now);
  expect(await recordUndelivered(parked)).toBe("noted");
  await order({});
  await processRedriveOrders({ now: addMilliseconds(now, 1), until });
  expect(await recordUndelivered(parked)).toBe("noted before");
  expect(await undelivered()).toEqual([]);
});

test.each([
  ["time for one page", 0],
  ["all the time", until],
])("with %s it says that an order has been carried out", async (_, end) => {
  const id = await order({ eventIds: idsOf([await fileOne()]) });
  await processRedriveOrders({ now, until: end });
  expect(log.text()).toMatch(new RegExp(`"redrive finished".*"id":"${id}"`));
});

test("an order that cannot be read keeps no other from being carried out", async () => {
  const Item = { pk: "REDRIVE", sk: "of another age", due: "DUE#redrive", dueAt: morning };
  await writeTransaction([{ Put: { TableName: process.env.COMPLAINTS_TABLE, Item } }]);
  const id = await order({});
  await processRedriveOrders({ now, until });
  expect(await isPending(id)).toBe(false);
});

test.each<[string, (ids: string[]) => RedriveSelection]>([
  ["all that is undelivered", () => ({})],
  ["named events", (ids) => ({ eventIds: ids })],
])("of %s, an event whose note cannot be read counts as failed and stays on the list", async (_, what) => {
  const [lost = "", sent = ""] = await park(2);
  const TableName = process.env.COMPLAINTS_TABLE;
  const Key = { pk: partitions.undelivered, sk: lost };
  const change = { UpdateExpression: "SET agencyIds = :junk", ExpressionAttributeValues: { ":junk": "gas" } };
  await table.send(new UpdateCommand({ TableName, Key, ...change }));
  const id = await order(what([lost, sent]));
  await processRedriveOrders({ now, until });
  expect(await isPending(id)).toBe(false);
  expect(log.text()).toMatch(new RegExp(`"event redrive failed".*"eventId":"${lost}"`));
  expect(log.text()).toMatch(new RegExp(`"redrive finished".*"id":"${id}".*"sent":1,"failed":1`));
  expect(sentTo("gas")).toEqual([sent]);
  expect(await undelivered()).toEqual([lost]);
  await table.send(new DeleteCommand({ TableName, Key }));
});

test("an event that has expired with its sandbox complaint is not sent", async () => {
  const [lapsed = ""] = await park(1);
  const TableName = process.env.COMPLAINTS_TABLE;
  const [id = ""] = lapsed.split("/");
  const change = { UpdateExpression: "SET expiresAt = :now", ExpressionAttributeValues: { ":now": secondsOf(now) } };
  await table.send(new UpdateCommand({ TableName, Key: { pk: complaintKey(id), sk: eventKey(1) }, ...change }));
  await order({ eventIds: [lapsed] });
  await processRedriveOrders({ now, until });
  expect(sentTo("gas")).toEqual([]);
  await table.send(new DeleteCommand({ TableName, Key: { pk: partitions.undelivered, sk: lapsed } }));
});

test("with nothing ordered it need not be asked until something happens", async () => {
  expect(await processRedriveOrders({ now, until })).toBe(nothingPending);
});

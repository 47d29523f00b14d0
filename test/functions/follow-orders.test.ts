import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { eraseComplaints } from "#functions/retention/apply-retention.function.ts";
import { deleteIdentity } from "#functions/retention/forgetting.store.ts";
import { reapplyRetentionOrders } from "#functions/retention/restored-tables.store.ts";
import { systemErasureEntry } from "#shared/complaints/forgetting.ts";
import {
  cohortKey,
  complaintKey,
  confidentialEntryKey,
  confidentialLogKey,
  eventKey,
  partitions,
  retentionKeys,
} from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { aComplaint, aConfidentialLog } from "../support/a-complaint.ts";
import { captureLog } from "../support/written-log.ts";

const names = { complaints: "Complaints", identities: "Identities" };
const now = "2026-12-01T08:00:00.000Z";
const tables = mockClient(table);
const files = mockClient(S3Client);
afterAll(() => {
  tables.restore();
  files.restore();
  vi.unstubAllEnvs();
});

beforeEach(() => {
  vi.stubEnv("COMPLAINTS_TABLE", names.complaints);
  vi.stubEnv("IDENTITIES_TABLE", names.identities);
  vi.stubEnv("ATTACHMENTS_BUCKET", "files");
  tables.reset();
  files.reset();
  tables.on(GetCommand).resolves({ Item: names });
  tables.on(QueryCommand).resolves({ Items: [{ month: "1405-01", kind: "identity", shard: 8, hasMore: false }] });
  tables.on(PutCommand).resolves({});
  files.on(ListObjectsV2Command).resolves({ Contents: [] });
});

test("tables of known names follow orders only if it is known that they were restored", async () => {
  await reapplyRetentionOrders(now);
  expect(files.commandCalls(ListObjectsV2Command)).toEqual([]);
  await reapplyRetentionOrders(now, { areRestored: true });
  expect(files.commandCalls(ListObjectsV2Command).length).toBe(1);
  const [scan] = tables.commandCalls(PutCommand);
  expect(scan?.args[0].input.Item).toMatchObject({ month: "1405-01", shard: 0, repeatsErasure: true });
});

test("more orders than fit into a run are gone on with by the next, from where it stopped", async () => {
  const ids = ["QZ-0001-0000-0", "QZ-0002-0000-0", "QZ-0003-0000-0"];
  const Contents = ids.map((id) => ({ Key: `retention-orders/${now}/${id}/hold-set` }));
  files.on(ListObjectsV2Command).resolves({ Contents });
  let Item: Record<string, unknown> | undefined;
  const asked: unknown[] = [];
  tables.on(GetCommand).callsFake(({ Key: { pk, sk } }) => {
    if (sk === retentionKeys.orders) return { Item };
    asked.push(pk);
    return {};
  });
  tables.on(PutCommand).callsFake((input) => {
    Item = input.Item;
    return {};
  });
  const until = performance.now();
  for (const isDone of [false, false, false, true]) {
    expect(await reapplyRetentionOrders(now, { until })).toEqual({ followed: 0, isDone });
    if (isDone) expect(Item).toMatchObject(names);
    else expect(Item).toMatchObject({ following: names });
  }
  expect(asked).toEqual(ids.map((id) => `COMPLAINT#${id}`));
});

const id = "QZ-7K3M-9XPT-Q";
const CancellationReasons = [{ Code: "TransactionConflict" }];
const inTheWay = new TransactionCanceledException({ message: "cancelled", CancellationReasons, $metadata: {} });

test("an identity that others were in the way of is not taken for deleted", async () => {
  tables.on(TransactWriteCommand).rejects(inTheWay);
  await expect(deleteIdentity(id, [])).rejects.toMatchObject({ code: "unavailable" });
});

/** A month that is scanned again after a restore, with one complaint, whose identity is recorded as erased. */
function oneToDeleteAgain() {
  const complaint = aComplaint({ id, closedAt: "2026-04-20T08:00:00.000Z", identityDigests: ["n"] });
  const entries = aConfidentialLog(
    systemErasureEntry(complaint, { kind: "identity", now: "2028-05-01T08:00:00.000Z" }),
  );
  const asOf = "2026-11-01T08:00:00.000Z";
  const closed = { month: "1405-07", firstMonth: "1405-01", periods: [], edition: "1", asOf, closedAt: asOf };
  const answers: Record<string, object[]> = {
    [cohortKey({ month: "1405-01", shard: 0 })]: [{ pk: complaintKey(id), sk: eventKey(1) }],
    [confidentialLogKey(id)]: entries.map((entry) => ({ ...entry, sk: confidentialEntryKey(entry.entryNumber) })),
    [partitions.closed]: [closed],
  };
  const scan = { month: "1405-01", kind: "identity", shard: 0, hasMore: false, repeatsErasure: true };
  const scans = new Map<string, object>([[retentionKeys.scan(scan), scan]]);
  tables.on(GetCommand, { Key: { pk: complaintKey(id) } }).resolves({ Item: complaint });
  tables.on(QueryCommand).callsFake(async ({ ExpressionAttributeValues: asked }) => {
    const [whose] = Object.values<string>(asked);
    return { Items: whose === partitions.erasure ? [...scans.values()] : (answers[whose ?? ""] ?? []) };
  });
  tables.on(PutCommand).callsFake(({ Item }) => scans.set(Item.sk, Item));
}

test("an identity that a restore brought back is tried again a day later if it could not be deleted, and left alone once it was", async () => {
  oneToDeleteAgain();
  tables.on(TransactWriteCommand).rejectsOnce(inTheWay).resolves({});
  const log = captureLog();
  const tried: number[] = [];
  for (const day of ["2028-06-01", "2028-06-02", "2028-06-03", "2028-08-01"]) {
    await eraseComplaints({ now: `${day}T08:00:00.000Z`, until: Number.POSITIVE_INFINITY });
    tried.push(tables.commandCalls(TransactWriteCommand).length);
  }
  log.release();
  expect(tried).toEqual([1, 2, 2, 2]);
});

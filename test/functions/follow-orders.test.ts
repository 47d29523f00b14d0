import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { deleteIdentity } from "#shared/store/retention/identity.ts";
import { followOrders } from "#shared/store/retention/restored.ts";
import { table } from "#shared/store/table.ts";

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
  tables.on(QueryCommand).resolves({ Items: [{ month: "1405-01", kind: "identity", shard: 8, isMoreLeft: false }] });
  tables.on(PutCommand).resolves({});
  files.on(ListObjectsV2Command).resolves({ Contents: [] });
});

test("tables of known names follow orders only where it is known that they were restored", async () => {
  await followOrders(now);
  expect(files.commandCalls(ListObjectsV2Command)).toEqual([]);
  await followOrders(now, { areRestored: true });
  expect(files.commandCalls(ListObjectsV2Command).length).toBe(1);
  const [walk] = tables.commandCalls(PutCommand);
  expect(walk?.args[0].input.Item).toMatchObject({ month: "1405-01", shard: 0, isRepeated: true });
});

test("an identity that others were in the way of is not taken for deleted", async () => {
  const CancellationReasons = [{ Code: "TransactionConflict" }];
  const error = new TransactionCanceledException({ message: "cancelled", CancellationReasons, $metadata: {} });
  tables.on(TransactWriteCommand).rejects(error);
  await expect(deleteIdentity("QZ-7K3M-9XPT-Q", [])).rejects.toMatchObject({ code: "unavailable" });
});

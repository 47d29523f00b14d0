import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { callDynamodb } from "../../infra/local/services/dynamodb-call.ts";
import { startDynamodbEngine } from "../../infra/local/services/dynamodb-engine.ts";
import { openStateFolder, type StateFolder } from "../../infra/local/state-folder.ts";

const TableName = "ends";
const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
const engineOf = (state: StateFolder) => startDynamodbEngine({ state, inMemory: false, say: () => {} });
const tableAt = (endpoint: string) => new DynamoDBClient({ ...identity, endpoint });

async function makeTable(endpoint: string): Promise<void> {
  const body = {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
  };
  await callDynamodb({ endpoint, target: "DynamoDB_20120810.CreateTable", body });
}

test("a transaction that was answered an instant before the engine ends is not lost", async () => {
  const folder = await mkdtemp(join(tmpdir(), "foad-engine-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const state = openStateFolder(folder);
  const first = await engineOf(state);
  await makeTable(first.endpoint);
  await first.stop();
  for (const pk of ["one", "two", "three"]) {
    const engine = await engineOf(state);
    const put = { TableName, Item: { pk: { S: pk } } };
    await tableAt(engine.endpoint).send(new TransactWriteItemsCommand({ TransactItems: [{ Put: put }] }));
    await engine.stop();
  }
  const last = await engineOf(state);
  const read = async (pk: string) =>
    (await tableAt(last.endpoint).send(new GetItemCommand({ TableName, Key: { pk: { S: pk } } }))).Item?.pk?.S;
  const found = await Promise.all(["one", "two", "three"].map(read));
  await last.stop();
  expect(found).toEqual(["one", "two", "three"]);
}, 120_000);

import { existsSync } from "node:fs";
import {
  DescribeTableCommand,
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { assertUsableProvince } from "#infra/provinces/province-files.ts";
import { type IndexName, indexes, keysOnlyIndexes, sortAttributeOf } from "#shared/runtime/keys.ts";
import { commandLine, localVariables, printAndReturn, run } from "./program.ts";

/**
 * Returns whether every index of a complaints table is active. Starts the creation of one missing index, since no stack
 * creates indexes of a restored table. DynamoDB creates one index at a time, and fills it from the table.
 */
async function areAllIndexesActive(client: DynamoDBClient, TableName: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const statuses = new Map(
    Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => [IndexName, IndexStatus]),
  );
  const inactive = indexes.filter((index) => statuses.get(index) !== "ACTIVE");
  const [missing] = inactive.filter((index) => !statuses.has(index));
  const isBusy = [...statuses.values()].some((status) => status !== "ACTIVE");
  if (missing && !isBusy) await createIndex(client, { TableName, index: missing });
  for (const index of inactive) {
    const isBeingMade = statuses.has(index) || (index === missing && !isBusy);
    printAndReturn(
      `index ${index} of ${TableName}: ${isBeingMade ? "is being made" : "is missing, and made after that"}`,
      0,
    );
  }
  return inactive.length === 0;
}

async function createIndex(client: DynamoDBClient, { TableName, index }: { TableName: string; index: IndexName }) {
  const [partition, sort] = [index, sortAttributeOf(index)];
  const Create = {
    IndexName: index,
    KeySchema: [
      { AttributeName: partition, KeyType: "HASH" as const },
      { AttributeName: sort, KeyType: "RANGE" as const },
    ],
    Projection: { ProjectionType: keysOnlyIndexes.includes(index) ? ("KEYS_ONLY" as const) : ("ALL" as const) },
  };
  const AttributeDefinitions = [partition, sort].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S" as const,
  }));
  const GlobalSecondaryIndexUpdates = [{ Create }];
  await client.send(new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates }));
}

const program = { usage: "npm run restore -- COMPLAINTS IDENTITIES", undone: "The tables are not ready" };
/** Determined before the local cloud's variables are loaded, which set ATTACHMENTS_BUCKET too. */
const isDeployed = Boolean(process.env.ATTACHMENTS_BUCKET);
const expiry = { TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true } };

/**
 * `npm run restore -- COMPLAINTS IDENTITIES`: prepares tables that were restored from a backup, before they are used. Always
 * restore both tables to the same instant. Otherwise an identity may belong to a complaint that the other table does not have,
 * and would never be erased.
 *
 * The program switches on settings that a restored table lacks. It applies retention orders that were given after that instant
 * (holds, erasures, withdrawn consent). It creates missing indexes, and prints the lines for the province file. It may be
 * repeated. It uses the local cloud of `FOAD_STATE_FOLDER`, unless ATTACHMENTS_BUCKET names a deployed bucket.
 */
await run(program, main);

async function main(): Promise<number> {
  const { positionals } = commandLine(program, {});
  const [complaints, identities] = positionals;
  if (!complaints || !identities || positionals.length > 2) return printAndReturn(`Which tables? ${program.usage}`, 2);
  if (!isDeployed && existsSync(localVariables)) process.loadEnvFile(localVariables);
  const unset = ["ATTACHMENTS_BUCKET", ...(isDeployed ? ["FOAD_PROVINCE"] : [])].filter((name) => !process.env[name]);
  if (unset.length > 0) return printAndReturn(`Start the local cloud, or set ${unset.join(", ")}.`, 2);
  // Checked before anything is changed: without a usable province file no order could be applied.
  assertUsableProvince(process.env.FOAD_PROVINCE_FILE ?? "");
  Object.assign(process.env, { COMPLAINTS_TABLE: complaints, IDENTITIES_TABLE: identities });
  const client = new DynamoDBClient({});
  const streamLabel = await streamLabelOf(client, complaints);
  for (const TableName of [complaints, identities]) await protect(client, TableName);
  // Imported only now: the module reads the environment variables when it is loaded.
  const { reapplyRetentionOrders } = await import("#functions/retention/restored-tables.store.ts");
  const { followed } = await reapplyRetentionOrders(new Date().toISOString(), { areRestored: true });
  printAndReturn(`Orders given since: ${followed} were missing, and are followed.`, 0);
  if (!(await areAllIndexesActive(client, complaints)))
    return printAndReturn(
      "Deploy nothing yet. Run this again until every index serves; filling one may take hours.",
      1,
    );
  const tables = { complaints: { name: complaints, streamLabel }, identities };
  return printAndReturn(
    `Into the province's file, with the instant that was restored under "restorePoints", in UTC like 2026-11-27T06:00:00.000Z:\n"tables": ${JSON.stringify(tables)}`,
    0,
  );
}

/** Returns the label of the table's stream. Switches the stream on if it is off; it then has all later writes. */
async function streamLabelOf(client: DynamoDBClient, TableName: string): Promise<string> {
  const describe = async () => (await client.send(new DescribeTableCommand({ TableName }))).Table;
  if (!(await describe())?.StreamSpecification?.StreamEnabled) {
    const StreamSpecification = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } as const;
    await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
    await waitUntilTableExists({ client, maxWaitTime: 600 }, { TableName });
  }
  const label = (await describe())?.LatestStreamLabel;
  if (!label) throw new Error(`${TableName} has no stream`);
  return label;
}

async function protect(client: DynamoDBClient, TableName: string): Promise<void> {
  const update = new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true });
  await switchOn(`protection of ${TableName}`, client.send(update));
  await waitUntilTableExists({ client, maxWaitTime: 600 }, { TableName });
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  const backups = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification });
  await switchOn(`point-in-time recovery of ${TableName}`, client.send(backups));
  const expiring = new UpdateTimeToLiveCommand({ TableName, ...expiry });
  await switchOn(`expiry of items of ${TableName}`, client.send(expiring));
}

/**
 * Waits for a request that switches a setting on, and prints the result. It is no failure if the setting was on already, or
 * if the local cloud does not know it.
 */
async function switchOn(setting: string, sent: Promise<unknown>): Promise<void> {
  const { name, message } = await sent.then(
    () => ({ name: "", message: "" }),
    (error: Error) => error,
  );
  if (name === "") printAndReturn(`${setting}: on`, 0);
  else if (/already enabled/.test(message)) printAndReturn(`${setting}: was on`, 0);
  // Only DynamoDB Local may lack a setting.
  else if (name === "UnknownOperationException" && !isDeployed) printAndReturn(`${setting}: not known here`, 0);
  else throw new Error(`${setting}: ${message}`);
}

import { existsSync } from "node:fs";
import {
  DescribeTableCommand,
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { type IndexName, indexes, keysOnlyIndexes, sortAttributeOf } from "#shared/runtime/keys.ts";
import { assertUsableProvince } from "../province-files.ts";
import { commandLine, localVariables, printAndReturn, run } from "./program.ts";

/**
 * Whether every index of a table of complaints serves. One that is missing is made, since no stack makes any of a table
 * that was restored: one at a time, as DynamoDB takes them, and it fills each from the table.
 */
export async function areAllIndexesActive(client: DynamoDBClient, TableName: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const made = new Map(Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => [IndexName, IndexStatus]));
  const lacking = indexes.filter((index) => made.get(index) !== "ACTIVE");
  const [missing] = lacking.filter((index) => !made.has(index));
  const isBusy = [...made.values()].some((status) => status !== "ACTIVE");
  if (missing && !isBusy) await make(client, { TableName, index: missing });
  for (const index of lacking) {
    const isMade = made.has(index) || (index === missing && !isBusy);
    printAndReturn(
      `index ${index} of ${TableName}: ${isMade ? "is being made" : "is missing, and made after that"}`,
      0,
    );
  }
  return lacking.length === 0;
}

async function make(client: DynamoDBClient, { TableName, index }: { TableName: string; index: IndexName }) {
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
/** Before the local cloud's own variables are read. */
const isDeployed = Boolean(process.env.ATTACHMENTS_BUCKET);
const expiry = { TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true } };

/**
 * `npm run restore -- COMPLAINTS IDENTITIES`: makes tables ready that were restored from a backup, before they serve.
 * Always both, of the same instant: who complained in a case that one of them does not know would never be forgotten.
 * Switches on what a restored table comes without, has the orders followed that were given since (holds, erasures,
 * consent taken back), makes indexes that are missing, and prints what belongs into the province's file. May be repeated. It works on the local cloud of
 * `FOAD_STATE`, unless ATTACHMENTS_BUCKET names what a province has deployed.
 */
await run(program, main);

async function main(): Promise<number> {
  const { positionals } = commandLine(program, {});
  const [complaints, identities] = positionals;
  if (!complaints || !identities || positionals.length > 2) return printAndReturn(`Which tables? ${program.usage}`, 2);
  if (!isDeployed && existsSync(localVariables)) process.loadEnvFile(localVariables);
  const unset = ["ATTACHMENTS_BUCKET", ...(isDeployed ? ["FOAD_PROVINCE"] : [])].filter((name) => !process.env[name]);
  if (unset.length > 0) return printAndReturn(`Start the local cloud, or set ${unset.join(", ")}.`, 2);
  // Before anything is switched on: without the province no order could be followed.
  assertUsableProvince(process.env.FOAD_PROVINCE_FILE ?? "");
  Object.assign(process.env, { COMPLAINTS_TABLE: complaints, IDENTITIES_TABLE: identities });
  const client = new DynamoDBClient({});
  const stream = await streamOf(client, complaints);
  for (const TableName of [complaints, identities]) await protect(client, TableName);
  // Only now, since the store reads the environment.
  const { reapplyRetentionOrders } = await import("#shared/persistence/retention/restored-tables.ts");
  const { followed } = await reapplyRetentionOrders(new Date().toISOString(), { areRestored: true });
  printAndReturn(`Orders given since: ${followed} were missing, and are followed.`, 0);
  if (!(await areAllIndexesActive(client, complaints)))
    return printAndReturn(
      "Deploy nothing yet. Run this again until every index serves; filling one may take hours.",
      1,
    );
  const tables = { complaints: { name: complaints, stream }, identities };
  return printAndReturn(
    `Into the province's file, with the instant that was restored under "restores", in UTC like 2026-11-27T06:00:00.000Z:\n"tables": ${JSON.stringify(tables)}`,
    0,
  );
}

/** The label of the table's stream, which is switched on where it is not. It tells of what is written from then on. */
async function streamOf(client: DynamoDBClient, TableName: string): Promise<string> {
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

/** Switches one thing on. That it is on already, or that an engine on this machine does not know it, is said and no failure. */
async function switchOn(what: string, sent: Promise<unknown>): Promise<void> {
  const { name, message } = await sent.then(
    () => ({ name: "", message: "" }),
    (error: Error) => error,
  );
  if (name === "") printAndReturn(`${what}: on`, 0);
  else if (/already enabled/.test(message)) printAndReturn(`${what}: was on`, 0);
  // Only an engine on this machine may lack it.
  else if (name === "UnknownOperationException" && !isDeployed) printAndReturn(`${what}: not known here`, 0);
  else throw new Error(`${what}: ${message}`);
}

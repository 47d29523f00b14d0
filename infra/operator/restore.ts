import { existsSync } from "node:fs";
import {
  DescribeTableCommand,
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { refuseUnusable } from "#infra/settings.ts";
import { commandLine, localVariables, run, say } from "./program.ts";
import { everyIndexServes } from "./restored-indexes.ts";

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
  if (!complaints || !identities || positionals.length > 2) return say(`Which tables? ${program.usage}`, 2);
  if (!isDeployed && existsSync(localVariables)) process.loadEnvFile(localVariables);
  const unset = ["ATTACHMENTS_BUCKET", ...(isDeployed ? ["FOAD_PROVINCE"] : [])].filter((name) => !process.env[name]);
  if (unset.length > 0) return say(`Start the local cloud, or set ${unset.join(", ")}.`, 2);
  // Before anything is switched on: without the province no order could be followed.
  refuseUnusable(process.env.FOAD_PROVINCE_FILE ?? "");
  Object.assign(process.env, { COMPLAINTS_TABLE: complaints, IDENTITIES_TABLE: identities });
  const client = new DynamoDBClient({});
  const stream = await streamOf(client, complaints);
  for (const TableName of [complaints, identities]) await protect(client, TableName);
  // Only now, since the store reads the environment.
  const { followOrders } = await import("#shared/store/retention/restored.ts");
  const { followed } = await followOrders(new Date().toISOString(), { areRestored: true });
  say(`Orders given since: ${followed} were missing, and are followed.`, 0);
  if (!(await everyIndexServes(client, complaints)))
    return say("Deploy nothing yet. Run this again until every index serves; filling one may take hours.", 1);
  const tables = { complaints: { name: complaints, stream }, identities };
  return say(
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
  await turn(`protection of ${TableName}`, client.send(update));
  await waitUntilTableExists({ client, maxWaitTime: 600 }, { TableName });
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  const backups = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification });
  await turn(`point-in-time recovery of ${TableName}`, client.send(backups));
  const expiring = new UpdateTimeToLiveCommand({ TableName, ...expiry });
  await turn(`expiry of items of ${TableName}`, client.send(expiring));
}

/** Switches one thing on. That it is on already, or that an engine on this machine does not know it, is said and no failure. */
async function turn(what: string, sent: Promise<unknown>): Promise<void> {
  const { name, message } = await sent.then(
    () => ({ name: "", message: "" }),
    (error: Error) => error,
  );
  if (name === "") say(`${what}: on`, 0);
  else if (/already enabled/.test(message)) say(`${what}: was on`, 0);
  // Only an engine on this machine may lack it.
  else if (name === "UnknownOperationException" && !isDeployed) say(`${what}: not known here`, 0);
  else throw new Error(`${what}: ${message}`);
}

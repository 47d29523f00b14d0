import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { startDynamodb } from "#infra/programs/local-cloud/dynamodb/dynamodb.ts";
import { accessKeyId } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { templateOf } from "./synthesized.ts";
import { sharedTableEngine } from "./table-engine.ts";

/** The tables of the synthesized Data stack on the real engine, for the tests of one file; stores find them by their environment. */
export function withRealTables(): void {
  let stop = async () => {};
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "foad-tables-"));
    const state = openStateFolder(folder);
    const engine = await startDynamodb({ state, inMemory: true, engine: sharedTableEngine(), say: () => {} });
    stop = async () => rmSync(folder, { recursive: true, force: true });
    Object.assign(process.env, engine.environment, await makeTables(engine.creators["AWS::DynamoDB::Table"]), {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: "local",
    });
  });
  afterAll(() => stop());
}

type Maker = Awaited<ReturnType<typeof startDynamodb>>["creators"][string];

async function makeTables(make: Maker | undefined): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const [logicalId, table] of Object.entries(templateOf("qazvin", "Data").findResources("AWS::DynamoDB::Table"))) {
    const made = await make?.({
      type: "AWS::DynamoDB::Table",
      stack: "Data",
      logicalId,
      properties: table.Properties,
      asset: String,
    });
    names[logicalId.startsWith("Complaints") ? "COMPLAINTS_TABLE" : "IDENTITIES_TABLE"] = made?.ref ?? "";
  }
  return names;
}

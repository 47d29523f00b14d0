import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { startDynamodb } from "#infra/programs/local-cloud/dynamodb/dynamodb.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import type { Index } from "./capacity.ts";

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});
const Table = z.object({
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: z.array(z.object({ AttributeName: z.string() })),
        Projection: z.object({ ProjectionType: z.enum(["ALL", "KEYS_ONLY"]) }),
      }),
    )
    .default([]),
});
const Deployed = z.object({
  // The price of a second is that of arm64.
  Architectures: z.tuple([z.literal("arm64")]),
  MemorySize: z.number(),
  LoggingConfig: z.object({ SystemLogLevel: z.string().default("INFO") }),
  Environment: z.object({ Variables: z.looseObject({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
});
const Stage = z.object({ AccessLogSettings: z.object({ Format: z.string() }) });

/** What the stacks say of a function: its memory, how many secrets it reads, and whether Lambda logs what goes well. */
type FunctionFacts = { gb: number; secrets: number; isEveryRunLogged: boolean };

/** The tables of the synthesized province on the real engine, found by the environment, and what else its stacks say. */
export async function startDeployed() {
  const folder = mkdtempSync(join(tmpdir(), "foad-life-"));
  execFileSync(process.execPath, ["infra/app.ts"], {
    env: { ...process.env, FOAD_PROVINCE: "qazvin", CDK_OUTDIR: folder },
    stdio: "ignore",
  });
  const engine = await startDynamodb({ state: openStateFolder(join(folder, "state")), inMemory: true, say: () => {} });
  Object.assign(process.env, engine.environment, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    PEPPER_SECRET: "pepper",
    MASK_KEY_SECRET: "mask-key",
    ADDRESS_KEY_SECRET: "address-key",
    STATISTICS_KEY_SECRET: "statistics-key",
    SMS_SECRET: "sms-keys",
    POWERTOOLS_SERVICE_NAME: "some-function",
    AGENCY_QUEUE_PREFIX: "https://sqs.us-east-1.amazonaws.com/000000000000/foad-qazvin-agency-",
    PUBLIC_URL: "https://foad.example",
    MAIL_SENDER: "foad@foad.example",
    MAIL_CONFIGURATION_SET: "mails",
    ATTACHMENTS_BUCKET: "attachments",
    NOTIFICATION_QUEUE: "https://sqs.us-east-1.amazonaws.com/000000000000/notifications",
  });
  const [accessLog = ""] = resourcesOf(folder, { stack: "Api", type: "AWS::ApiGatewayV2::Stage" }).map(
    ([, properties]) => Stage.parse(properties).AccessLogSettings.Format,
  );
  return {
    /** Where the assembly lies, until `stop`. */
    folder,
    resources: allResources(folder),
    indexes: await makeTables(folder, engine.creators["AWS::DynamoDB::Table"]),
    functions: Object.fromEntries([...functionsOf(folder, "Api"), ...functionsOf(folder, "Processing")]),
    accessLog,
    async stop() {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Maker = Awaited<ReturnType<typeof startDynamodb>>["creators"][string];

async function makeTables(folder: string, make: Maker | undefined): Promise<Index[]> {
  const indexes: Index[] = [];
  for (const [logicalId, properties] of resourcesOf(folder, { stack: "Data", type: "AWS::DynamoDB::Table" })) {
    const made = await make?.({ type: "AWS::DynamoDB::Table", stack: "Data", logicalId, properties, asset: String });
    const table = made?.ref ?? "";
    process.env[logicalId.startsWith("Complaints") ? "COMPLAINTS_TABLE" : "IDENTITIES_TABLE"] = table;
    for (const { KeySchema, Projection } of Table.parse(properties).GlobalSecondaryIndexes)
      indexes.push({
        table,
        keys: KeySchema.map(({ AttributeName }) => AttributeName),
        isWhole: Projection.ProjectionType === "ALL",
      });
  }
  return indexes;
}

function functionsOf(folder: string, stack: string): [string, FunctionFacts][] {
  return resourcesOf(folder, { stack, type: "AWS::Lambda::Function" }).flatMap(([, properties]) => {
    const { data } = Deployed.safeParse(properties);
    if (!data) return [];
    const { POWERTOOLS_SERVICE_NAME: name, ...variables } = data.Environment.Variables;
    const secrets = Object.keys(variables).filter((variable) => variable.endsWith("_SECRET")).length;
    const isEveryRunLogged = data.LoggingConfig.SystemLogLevel !== "WARN";
    return [[name, { gb: data.MemorySize / 1_024, secrets, isEveryRunLogged }]];
  });
}

/** Every resource of every stack of the province. */
export function allResources(folder: string): { type: string; properties: Record<string, unknown> }[] {
  return globSync("*.template.json", { cwd: folder }).flatMap((name) => {
    const { Resources } = Template.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
    return Object.values(Resources).map(({ Type, Properties = {} }) => ({ type: Type, properties: Properties }));
  });
}

function resourcesOf(folder: string, { stack, type }: { stack: string; type: string }) {
  const file = join(folder, `Foad-qazvin-${stack}.template.json`);
  const { Resources } = Template.parse(JSON.parse(readFileSync(file, "utf8")));
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([logicalId, { Properties = {} }]) => [logicalId, Properties] as const);
}

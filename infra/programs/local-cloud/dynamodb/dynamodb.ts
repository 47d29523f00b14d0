import * as z from "zod";
import {
  type CreatedResource,
  type DeclaredResource,
  physicalName,
  type Service,
} from "../cloudformation/resources.ts";
import type { PermissionGate } from "../iam/gate.ts";
import { arnOf, region } from "../machine/aws-account.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import { callDynamodb, type DynamodbEngine, startDynamodbEngine } from "./engine.ts";
import { serveTables, type TableKeys } from "./permissions.ts";

const Key = z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) });
const Index = z.object({ IndexName: z.string(), KeySchema: z.array(Key), Projection: z.unknown() });

/** The properties of a table that have an effect here. Billing, recovery and protection have none on one machine. */
const Table = z.object({
  TableName: z.string().optional(),
  KeySchema: z.array(Key),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
});
type Table = z.infer<typeof Table>;

const Description = z.object({
  Table: z.object({
    KeySchema: z.array(Key),
    GlobalSecondaryIndexes: z.array(Index).optional(),
    LatestStreamArn: z.string().optional(),
    TableId: z.string().optional(),
  }),
});
type Description = z.infer<typeof Description>["Table"];

export type Dynamodb = Service &
  DynamodbEngine & {
    /** Time of the last write, by `performance.now()`. Without a gate writes are not seen, and it is always the present. */
    writtenAt(): number;
  };

type Options = Parameters<typeof startDynamodbEngine>[0] & {
  /** An engine that runs already; without it one is started. */
  engine?: DynamodbEngine | undefined;
  /** Checks the permissions of every call; without it every call is allowed. */
  gate?: PermissionGate;
};

export async function startDynamodb(options: Options): Promise<Dynamodb> {
  const engine = options.engine ?? (await startDynamodbEngine(options));
  const { gate, state } = options;
  const { endpoint } = engine;
  // Includes tables that no stack creates, such as a restored table.
  const tables = await tablesOf(endpoint);
  const front = gate ? await serveTables({ endpoint, gate, tables }) : undefined;
  const make = async (declared: DeclaredResource) => {
    const made = await makeTable({ declared, endpoint, state });
    tables.set(made.ref, keysOf(made, Table.parse(declared.properties)));
    return made;
  };
  return {
    ...engine,
    writtenAt: front?.writtenAt ?? (() => performance.now()),
    environment: { AWS_ENDPOINT_URL_DYNAMODB: front?.url ?? endpoint },
    stop: async () => {
      await front?.stop();
      await engine.stop();
    },
    creators: { "AWS::DynamoDB::Table": make, "AWS::DynamoDB::GlobalTable": make },
  };
}

type TableWithKeys = Pick<Table, "KeySchema"> & {
  [K in "Global" | "Local" as `${K}SecondaryIndexes`]?:
    | Pick<z.infer<typeof Index>, "IndexName" | "KeySchema">[]
    | undefined;
};

function keysOf(
  { attributes }: CreatedResource,
  { KeySchema, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: TableWithKeys,
) {
  const partitionOf = (keys: z.infer<typeof Key>[]) =>
    keys.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "";
  const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes];
  return {
    arn: attributes?.Arn ?? "",
    partitionKey: partitionOf(KeySchema),
    indexes: Object.fromEntries(indexes.map((index) => [index.IndexName, partitionOf(index.KeySchema)])),
  };
}

const Names = z.object({ TableNames: z.array(z.string()) });

async function tablesOf(endpoint: string): Promise<Map<string, TableKeys>> {
  const answer = await callDynamodb({ endpoint, target: "DynamoDB_20120810.ListTables", body: {} });
  if (!answer.ok) throw new Error(`DynamoDB Local, asked for its tables: ${answer.error}`);
  const tables = new Map<string, TableKeys>();
  for (const name of Names.parse(answer.value).TableNames) {
    const description = await describe(endpoint, name);
    if (description) tables.set(name, keysOf({ ref: name, attributes: { Arn: arnOfTable(name) } }, description));
  }
  return tables;
}

const arnOfTable = (name: string) => arnOf({ service: "dynamodb", resource: `table/${name}` });

type Making = { declared: DeclaredResource; endpoint: string; state: StateFolder };

async function makeTable({ declared, endpoint, state }: Making): Promise<CreatedResource> {
  const table = Table.parse(declared.properties);
  const TableName = table.TableName ?? physicalName({ ...declared, longest: 255 });
  const description = (await describe(endpoint, TableName)) ?? (await create({ endpoint, table, TableName }));
  if (shapeOf(table) !== shapeOf(description))
    throw state.corrupt(`its table ${TableName} has other keys or indexes than the stacks now say`, undefined);
  const Arn = arnOfTable(TableName);
  const { LatestStreamArn, TableId = TableName } = description;
  return { ref: TableName, attributes: { Arn, TableId, ...(LatestStreamArn ? { StreamArn: LatestStreamArn } : {}) } };
}

async function describe(endpoint: string, TableName: string): Promise<Description | undefined> {
  const answer = await callDynamodb({ endpoint, target: "DynamoDB_20120810.DescribeTable", body: { TableName } });
  if (answer.ok) return Description.parse(answer.value).Table;
  if (answer.error.includes("ResourceNotFoundException")) return undefined;
  throw new Error(`DynamoDB Local, asked for ${TableName} in ${region}: ${answer.error}`);
}

type Creation = { endpoint: string; table: Table; TableName: string };

async function create({ endpoint, table, TableName }: Creation): Promise<Description> {
  const stream = table.StreamSpecification ? { StreamEnabled: true, ...table.StreamSpecification } : undefined;
  const body = { ...table, TableName, BillingMode: "PAY_PER_REQUEST", StreamSpecification: stream };
  const answer = await callDynamodb({ endpoint, target: "DynamoDB_20120810.CreateTable", body });
  if (!answer.ok) throw new Error(`DynamoDB Local refused to make ${TableName}: ${answer.error}`);
  const description = await describe(endpoint, TableName);
  if (!description) throw new Error(`DynamoDB Local made no ${TableName}.`);
  return description;
}

function shapeOf({
  KeySchema,
  GlobalSecondaryIndexes = [],
}: Pick<Description, "KeySchema" | "GlobalSecondaryIndexes">): string {
  const keys = (schema: z.infer<typeof Key>[]) =>
    schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).sort();
  const indexes = GlobalSecondaryIndexes.map((index) => [index.IndexName, keys(index.KeySchema)].join());
  return JSON.stringify([keys(KeySchema), indexes.sort()]);
}

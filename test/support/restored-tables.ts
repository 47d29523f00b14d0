import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { LocalCloud } from "../../infra/local/local-cloud.ts";
import { clientSettings } from "../../infra/local/machine/aws-account.ts";

type Environment = LocalCloud["environment"];
type Copy = { description: TableDescription; items: Record<string, unknown>[] }[];

const open = ({ AWS_ENDPOINT_URL_DYNAMODB = "" }: Environment) =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ ...clientSettings, endpoint: AWS_ENDPOINT_URL_DYNAMODB }));

/** All tables as a backup would have them at this instant. */
export async function copyOf(environment: Environment): Promise<Copy> {
  const documents = open(environment);
  const { TableNames = [] } = await documents.send(new ListTablesCommand({}));
  const copies = TableNames.map(async (TableName) => {
    const { Table = {} } = await documents.send(new DescribeTableCommand({ TableName }));
    const items: Record<string, unknown>[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      items.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return { description: Table, items };
  });
  return Promise.all(copies).finally(() => documents.destroy());
}

/** Loses every table, and makes one of each copy under another name, without stream and expiry as AWS does. */
export async function restored(environment: Environment, copy: Copy): Promise<void> {
  const documents = open(environment);
  for (const { description, items } of copy) {
    const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = description;
    await documents.send(new DeleteTableCommand({ TableName }));
    const name = TableName?.includes("Complaints") ? "Restored-Complaints" : "Restored-Identities";
    const indexes = GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    const keys = { KeySchema, AttributeDefinitions, ...(indexes && { GlobalSecondaryIndexes: indexes }) };
    await documents.send(new CreateTableCommand({ TableName: name, BillingMode: "PAY_PER_REQUEST", ...keys }));
    for (let from = 0; from < items.length; from += 25) {
      const requests = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
    }
  }
  documents.destroy();
}

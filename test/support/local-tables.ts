import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from "@aws-sdk/lib-dynamodb";
import type { LocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { complaintKey, indexes } from "#shared/runtime/keys.ts";

type Item = Record<string, unknown>;

/** The tables of a running local cloud, past the API. */
export function localTables({ AWS_ENDPOINT_URL_DYNAMODB }: LocalCloud["environment"]) {
  const client = new DynamoDBClient({ ...clientSettings, endpoint: AWS_ENDPOINT_URL_DYNAMODB ?? "" });
  const documents = DynamoDBDocumentClient.from(client);
  const names = async () => (await client.send(new ListTablesCommand({}))).TableNames ?? [];

  /** What stores find the table of complaints by, in this process. */
  async function environment(): Promise<Record<string, string>> {
    const complaints = (await names()).find((name) => name.includes("Complaints")) ?? "";
    const { accessKeyId, secretAccessKey } = clientSettings.credentials;
    return {
      COMPLAINTS_TABLE: complaints,
      AWS_ENDPOINT_URL_DYNAMODB: AWS_ENDPOINT_URL_DYNAMODB ?? "",
      AWS_REGION: clientSettings.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
  }

  /** Every item of every table, in one comparable text. */
  async function everything(): Promise<string> {
    const items = (await Promise.all((await names()).map((name) => scanned(name)))).flat();
    return JSON.stringify(items.map((item) => JSON.stringify(item)).sort());
  }

  /** Every item of the tables, and of every index, in the order of their keys. */
  async function allItems() {
    const all = await names();
    const nameOf = (part: string) => all.find((name) => name.includes(part)) ?? "";
    const items = await scanned(nameOf("Complaints"));
    const indexed = (await Promise.all(indexes.map((index) => scanned(nameOf("Complaints"), index)))).flat();
    return { items, indexed, identities: await scanned(nameOf("Identities")) };
  }

  async function scanned(TableName: string, IndexName?: string): Promise<Item[]> {
    const found: Item[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await documents.send(new ScanCommand({ TableName, IndexName, ExclusiveStartKey }));
      found.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    const placeIn = (item: Item) => `${item.pk} ${item.sk}`;
    return found.sort((a, b) => (placeIn(a) < placeIn(b) ? -1 : 1));
  }

  /** Puts an item into the table of complaints as no code of ours would. */
  async function putComplaintItem(Item: Item): Promise<void> {
    const TableName = (await names()).find((name) => name.includes("Complaints"));
    await documents.send(new PutCommand({ TableName, Item }));
  }

  /** Takes an item from the table of complaints, which no code of ours may. */
  async function loseComplaintItem(pk: string, sk: string): Promise<void> {
    const TableName = (await names()).find((name) => name.includes("Complaints"));
    await documents.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  }

  /** An item of the table of complaints as it stands there. */
  async function complaintItem(pk: string, sk: string): Promise<Item> {
    const TableName = (await names()).find((name) => name.includes("Complaints"));
    const { Item } = await documents.send(new GetCommand({ TableName, Key: { pk, sk } }));
    return Item ?? {};
  }

  /** All that stands under one complaint's key, in the order of the sort keys. */
  async function itemsOf(id: string): Promise<Item[]> {
    const TableName = (await names()).find((name) => name.includes("Complaints"));
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": complaintKey(id) },
        ConsistentRead: true,
      }),
    );
    return Items;
  }

  /** Puts many items into the table of complaints, 25 at a time. */
  async function putComplaintItems(items: Item[]): Promise<void> {
    const name = (await names()).find((one) => one.includes("Complaints")) ?? "";
    for (let from = 0; from < items.length; from += 25) {
      const requests = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
    }
  }

  const close = () => client.destroy();
  return {
    environment,
    everything,
    allItems,
    itemsOf,
    loseComplaintItem,
    putComplaintItem,
    putComplaintItems,
    complaintItem,
    close,
  };
}

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
export async function restoreTables(environment: Environment, copy: Copy): Promise<void> {
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

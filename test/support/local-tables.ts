import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { complaintKey } from "#shared/runtime/keys.ts";

type Item = Record<string, unknown>;

const Engine = z.object({ command: z.string().regex(/^-port \d+$/) });
const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

/** The tables of a running local cloud, past the API; only the cloud's own record says where the engine listens. */
export function localTables(state: string) {
  const { command } = Engine.parse(JSON.parse(readFileSync(join(state, "dynamodb-process.json"), "utf8")));
  const client = new DynamoDBClient({ ...identity, endpoint: `http://127.0.0.1:${command.split(" ")[1]}` });
  const documents = DynamoDBDocumentClient.from(client);
  const names = async () => (await client.send(new ListTablesCommand({}))).TableNames ?? [];

  /** Every item of every table, in one comparable text. */
  async function everything(): Promise<string> {
    const pages = (await names()).map((TableName) => documents.send(new ScanCommand({ TableName })));
    const items = (await Promise.all(pages)).flatMap(({ Items = [] }) => Items);
    return JSON.stringify(items.map((item) => JSON.stringify(item)).sort());
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
  return { everything, itemsOf, loseComplaintItem, putComplaintItem, putComplaintItems, complaintItem, close };
}

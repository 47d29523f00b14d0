import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { complaintKey, eventKey, eventPrefix, headKey } from "#shared/runtime/keys.ts";

const Engine = z.object({ command: z.string().regex(/^-port \d+$/) });
const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

const Item = z.looseObject({ pk: z.string(), sk: z.string() });
type Item = z.infer<typeof Item>;

/** A complaint as the table holds it. */
export type Stored = { id: string; version: number; events: number[]; keyMac: string; hasText: boolean };

/** Every complaint in the table of a running local cloud, past the API. */
export async function storedComplaints(state: string): Promise<Stored[]> {
  const partitions = Map.groupBy(await complaintItems(state), ({ pk }) => pk);
  return [...partitions].flatMap(([pk, items]) =>
    pk.startsWith(complaintKey("")) ? [storedComplaint(pk, items)] : [],
  );
}

function storedComplaint(pk: string, items: Item[]): Stored {
  const of = (sk: string) => items.find((item) => item.sk === sk);
  const events = items
    .filter(({ sk }) => sk.startsWith(eventPrefix))
    .map(({ sk }) => Number(sk.slice(eventPrefix.length)));
  return {
    id: pk.slice(2),
    version: z.int().catch(0).parse(of(headKey)?.version),
    events: events.sort((a, b) => a - b),
    keyMac: z
      .string()
      .catch(`none of ${pk}`)
      .parse(of(eventKey(1))?.keyMac),
    hasText: of("TEXT") !== undefined,
  };
}

async function complaintItems(state: string): Promise<Item[]> {
  const { command } = Engine.parse(JSON.parse(readFileSync(join(state, "dynamodb-process.json"), "utf8")));
  const client = new DynamoDBClient({ ...identity, endpoint: `http://127.0.0.1:${command.split(" ")[1]}` });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes("Complaints"));
  const items: Item[] = [];
  for await (const page of paginateScan(
    { client: DynamoDBDocumentClient.from(client) },
    { TableName, ConsistentRead: true },
  ))
    items.push(...z.array(Item).parse(page.Items ?? []));
  client.destroy();
  return items;
}

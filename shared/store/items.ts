import { BatchGetCommand, GetCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../domain/fault.ts";
import { env } from "../runtime/env.ts";
import { table } from "./table.ts";

/** An item of the complaints table. */
export type Item = Record<string, unknown>;

type Key = { pk: string; sk: string };
type Projection = { ProjectionExpression: string; ExpressionAttributeNames: Record<string, string> };

/** An item as it is now, or, at half the price, as it was a moment ago; undefined where there is none. */
export async function readItem(Key: Key, { ConsistentRead = true } = {}): Promise<Item | undefined> {
  return (await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key, ConsistentRead }))).Item;
}

/** Those of up to a hundred items that exist, as they are now, in no order; `unavailable` where some stay unread. */
export async function readTogether(Keys: Key[], projection?: Projection): Promise<Item[]> {
  if (Keys.length === 0) return [];
  const name = env("COMPLAINTS_TABLE");
  const { Responses, UnprocessedKeys } = await table.send(
    new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true, ...projection } } }),
  );
  if (UnprocessedKeys?.[name]) throw new Fault("unavailable");
  return Responses?.[name] ?? [];
}

/** All items under one key, in the order of their sort keys; those whose sort key begins so, where that is given. */
export function readPartition(pk: string, prefix?: string, { ConsistentRead = true } = {}): Promise<Item[]> {
  const beginning = prefix === undefined ? "" : " AND begins_with(sk, :prefix)";
  return readAll({
    KeyConditionExpression: `pk = :pk${beginning}`,
    ExpressionAttributeValues: { ":pk": pk, ...(prefix !== undefined && { ":prefix": prefix }) },
    ConsistentRead,
  });
}

/** All items that a query finds, page after page; consistently from the table itself, unless the query says otherwise. */
export async function readAll(query: Omit<QueryCommandInput, "TableName">): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        ConsistentRead: true,
        ...query,
        TableName: env("COMPLAINTS_TABLE"),
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

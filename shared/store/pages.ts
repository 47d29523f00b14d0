import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../domain/fault.ts";
import { env } from "../runtime/env.ts";
import { table } from "./table.ts";

export type Position = Record<string, unknown>;
export type Item = Record<string, unknown>;

/** Indexes of the table; each has a partition of its own name and a place named after it (`inbox`, `inboxAt`). */
type Index = "inbox" | "desk";

type PageQuery = {
  index: Index;
  partition: string;
  limit: number;
  from?: Position | undefined;
  /** Up to which place; left out for all. */
  until?: string | undefined;
  /** A condition on what is read, with the names and values it speaks of. */
  filter?: { condition: string; names: Record<string, string>; values: Record<string, unknown> } | undefined;
};

/** With a filter most of what is read may be left out, so more is read at a time. */
const readAhead = 300;

/** One page of a list in the order of its index; `next` is where the following page starts. */
export async function readPage({ limit, ...query }: PageQuery): Promise<{ items: Item[]; next: Position | undefined }> {
  const found: Item[] = [];
  let next = query.from;
  do {
    const page = await send({ ...query, from: next, limit: query.filter ? readAhead : limit + 1 });
    found.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next && found.length <= limit);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? positionOf(query.index, items.at(-1)) : undefined };
}

function send({ index, partition, limit, from, until, filter }: PageQuery) {
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    IndexName: index,
    KeyConditionExpression: `#partition = :partition${until ? " AND #place < :until" : ""}`,
    ...(filter && { FilterExpression: filter.condition }),
    ExpressionAttributeNames: { "#partition": index, ...(until && { "#place": `${index}At` }), ...filter?.names },
    ExpressionAttributeValues: { ":partition": partition, ...(until && { ":until": until }), ...filter?.values },
    ExclusiveStartKey: from,
    Limit: limit,
  });
  return table.send(query).catch((cause: Error) => {
    // A position that somebody made up is no key of this list, and only the table can tell.
    throw from && cause.name === "ValidationException" ? new Fault("cursor-invalid", { cause }) : cause;
  });
}

/** All that a query finds in the table of complaints as it is now, page after page. */
export async function readAll(query: Omit<QueryCommandInput, "TableName">): Promise<Item[]> {
  const items: Item[] = [];
  let start: Position | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        ...query,
        TableName: env("COMPLAINTS_TABLE"),
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** Where an item stands in an index, as the table wants to be told to go on after it. */
export function positionOf(index: Index, item: Item | undefined): Position | undefined {
  const place = `${index}At`;
  return item && { pk: item.pk, sk: item.sk, [index]: item[index], [place]: item[place] };
}

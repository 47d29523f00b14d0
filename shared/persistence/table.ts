import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { Fault } from "../domain/fault.ts";
import { clientTimeouts, env } from "../runtime/environment.ts";
import { sortAttributeOf } from "../runtime/keys.ts";

/** Four attempts of two seconds each fit into a function's timeout of ten seconds. */
const client = new DynamoDBClient({ requestHandler: clientTimeouts(2_000), maxAttempts: 4 });

export const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** An item of the complaints table. */
export type Item = Record<string, unknown>;

type Key = { pk: string; sk: string };
type Projection = { ProjectionExpression: string; ExpressionAttributeNames: Record<string, string> };

/**
 * Reads one item; undefined if there is none. A read with `ConsistentRead: false` costs half as much, and may return the item
 * as it was a moment ago.
 */
export async function readItem(Key: Key, { ConsistentRead = true } = {}): Promise<Item | undefined> {
  return (await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key, ConsistentRead }))).Item;
}

/**
 * Reads up to a hundred items by their keys, consistently. Returns those that exist, in no order. Throws `unavailable` if
 * DynamoDB leaves some unread.
 */
export async function readItems(Keys: Key[], projection?: Projection): Promise<Item[]> {
  if (Keys.length === 0) return [];
  const name = env("COMPLAINTS_TABLE");
  const { Responses, UnprocessedKeys } = await table.send(
    new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true, ...projection } } }),
  );
  if (UnprocessedKeys?.[name]) throw new Fault("unavailable");
  return Responses?.[name] ?? [];
}

/** All items of one partition, ordered by sort key; with `prefix`, only those whose sort key begins with it. */
export function readPartition(pk: string, prefix?: string, { ConsistentRead = true } = {}): Promise<Item[]> {
  const prefixCondition = prefix === undefined ? "" : " AND begins_with(sk, :prefix)";
  return readAll({
    KeyConditionExpression: `pk = :pk${prefixCondition}`,
    ExpressionAttributeValues: { ":pk": pk, ...(prefix !== undefined && { ":prefix": prefix }) },
    ConsistentRead,
  });
}

/** All items that a query finds, page by page. The read is consistent unless the query says otherwise. */
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

export type Position = Record<string, unknown>;

/** The indexes that hold lists. Their key attributes are named after them (`inbox`, `inboxAt`). */
type Index = "inbox" | "workQueue";

/** A filter expression with its names and values. */
type Filter = { condition: string; names: Record<string, string>; values: Record<string, unknown> };

type PageQuery = {
  index: Index;
  partition: string;
  limit: number;
  from?: Position | undefined;
  /** Only items whose sort key is above this; all items without it. */
  since?: string | undefined;
  newestFirst?: boolean | undefined;
  filter?: Filter | undefined;
  /** Only items for which this returns true. The other items are read and paid for too. */
  keep?: ((item: Item) => boolean) | undefined;
  /** How many items may be read. More are read only if they all have the same sort key. */
  most?: number;
};

/** How many items one query reads if a filter may drop most of them. */
const filteredPageSize = 300;
/** How many items one request reads if a filter drops most of them: ten queries, about a second. */
export const mostRead = 3_000;

/** `next`: where the following page starts. `read`: how many items were read, dropped ones included. */
type Page = { items: Item[]; next: Position | undefined; read: number };

/**
 * One page of a list, in the order of its index. If `most` items were read before the page was full, the page has fewer
 * items than `limit`, perhaps none, and `next` is set. Such a page ends between two sort keys of the index. `next` then
 * holds only the sort key and no item's id: the caller may have no right to know that item.
 */
export async function readPage({ limit, keep, most = mostRead, ...query }: PageQuery): Promise<Page> {
  const { index, partition, from } = query;
  const place = sortAttributeOf(index);
  const found: Item[] = [];
  let read = 0;
  let next = startOf(query);
  do {
    const page = await send({ ...query, start: next, limit: query.filter || keep ? filteredPageSize : limit + 1 });
    found.push(...(page.Items ?? []).filter((item) => keep?.(item) ?? true));
    read += page.ScannedCount ?? 0;
    next = page.LastEvaluatedKey;
  } while (next && found.length <= limit && (read < most || next[place] === from?.[place]));
  const items = found.slice(0, limit);
  if (found.length > limit) return { items, next: positionOf(index, items.at(-1)), read };
  if (!next) return { items, next, read };
  const reached = next[place];
  return {
    items: items.filter((item) => item[place] !== reached),
    next: { [index]: partition, [place]: reached },
    read,
  };
}

/** Whether a position names an item. Other positions name a sort key of the index, or only the partition. */
const namesItem = (position: Position | undefined) => position?.pk !== undefined;

/**
 * The position after which the query starts; undefined for the start of its range. Throws `cursor-invalid` for a position
 * in another list. `since` may have moved past the position since the page before: all items up to `since` are then
 * listed, DynamoDB refuses a position outside the range, and the query starts at `since`.
 */
function startOf({ index, partition, from, since }: Omit<PageQuery, "limit">): Position | undefined {
  if (from && from[index] !== partition) throw new Fault("cursor-invalid");
  const isPassed = since !== undefined && String(from?.[sortAttributeOf(index)]) <= since;
  return isPassed || !namesItem(from) ? undefined : from;
}

/** The range of sort keys to read: from the sort key that the page before reached, or above `since`. */
function rangeOf({ index, from, since, newestFirst }: Omit<PageQuery, "limit">) {
  const reached = namesItem(from) ? undefined : from?.[sortAttributeOf(index)];
  if (typeof reached === "string" && reached > (since ?? ""))
    return { condition: ` AND #place ${newestFirst ? "<=" : ">="} :place`, place: reached };
  return since === undefined ? undefined : { condition: " AND #place > :place", place: since };
}

/** Joins the given filters by AND; undefined if there are none. */
export function combineFilters(filters: (Filter | undefined)[]): Filter | undefined {
  const defined = filters.filter((one) => one !== undefined);
  if (defined.length === 0) return undefined;
  return {
    condition: defined.map(({ condition }) => condition).join(" AND "),
    names: Object.assign({}, ...defined.map(({ names }) => names)),
    values: Object.assign({}, ...defined.map(({ values }) => values)),
  };
}

/** Sends one query. `start`: the position after which it starts. */
function send({ start, ...pageQuery }: PageQuery & { start: Position | undefined }) {
  const { index, partition, limit, newestFirst, filter } = pageQuery;
  const range = rangeOf(pageQuery);
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    IndexName: index,
    KeyConditionExpression: `#partition = :partition${range?.condition ?? ""}`,
    ...(filter && { FilterExpression: filter.condition }),
    ExpressionAttributeNames: {
      "#partition": index,
      ...(range && { "#place": sortAttributeOf(index) }),
      ...filter?.names,
    },
    ExpressionAttributeValues: { ":partition": partition, ...(range && { ":place": range.place }), ...filter?.values },
    ScanIndexForward: !newestFirst,
    ExclusiveStartKey: start,
    Limit: limit,
  });
  return table.send(query).catch((cause: Error) => refuseForgedCursor(pageQuery.from, cause));
}

/**
 * Throws `cursor-invalid` if DynamoDB refused the position of a page, which the caller then made up. Throws any other
 * error as it is.
 */
export function refuseForgedCursor(from: Position | undefined, cause: Error): never {
  throw from && cause.name === "ValidationException" ? new Fault("cursor-invalid", { cause }) : cause;
}

/** An item's position in an index, in the form of `ExclusiveStartKey`. */
export function positionOf(index: Index, item: Item | undefined): Position | undefined {
  const place = sortAttributeOf(index);
  return item && { pk: item.pk, sk: item.sk, [index]: item[index], [place]: item[place] };
}

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { Fault } from "../fault.ts";
import { clientTimeouts, env } from "../runtime/environment.ts";
import { type IndexName, sortAttributeOf } from "../runtime/keys.ts";

/** Four attempts of two seconds each fit into a function's timeout of ten seconds. */
const client = new DynamoDBClient({ requestHandler: clientTimeouts(2_000), maxAttempts: 4 });

export const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** An item of the complaints table. */
export type Item = Record<string, unknown>;

type Key = { pk: string; sk: string };
type Projection = {
  ProjectionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ConsistentRead?: boolean;
};

/**
 * Reads one item; undefined if there is none. A read with `ConsistentRead: false` costs half as much, and may return the item
 * as it was a moment ago.
 */
export async function readItem(Key: Key, projection?: Partial<Projection>): Promise<Item | undefined> {
  const options = { TableName: env("COMPLAINTS_TABLE"), Key, ConsistentRead: true, ...projection };
  return (await table.send(new GetCommand(options))).Item;
}

/**
 * Reads up to a hundred items by their keys, consistently unless `projection` says otherwise. Returns those that exist, in no
 * order. Throws `unavailable` if DynamoDB leaves some unread.
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

/** Which items a list has, and in which order. */
type ListQuery = {
  index: IndexName;
  /** The items of all these partitions are one list, in the order of the index. */
  partitions: readonly string[];
  from?: Position | undefined;
  /** Only items whose sort key is above this; all items without it. */
  since?: string | undefined;
  newestFirst?: boolean | undefined;
};

/** How many items one request examines if most of them are left out. With those that are read ahead it reads at most 2,000. */
export const mostRead = 1_900;
/** How many items are read at a time if some of them may be left out. */
export const readAhead = 100;

/** An item of a list, and what the list shows of it; `shown` is undefined if the list leaves the item out. */
export type Entry<T> = {
  index: IndexName;
  item: Item;
  shown: T | undefined;
  /**
   * The caller must not learn that this item exists. It counts for nothing: where a page ends would otherwise depend on it.
   */
  isSecret?: boolean;
};

/** `next`: where the following page starts. `read`: how many items were examined, without secret ones. */
export type Page<T> = { items: T[]; next: Position | undefined; read: number };

/**
 * One page of a list. If `most` items were examined before the page was full, the page has fewer items than `limit`, perhaps
 * none, and `next` is set. Such a page ends between two sort keys of the index. `next` then holds only the sort key and no
 * item's id: the caller may have no right to know that item.
 */
export async function collectPage<T>(
  entries: AsyncIterable<Entry<T>>,
  { limit, most = mostRead }: { limit: number; most?: number },
): Promise<Page<T>> {
  const items: T[] = [];
  let last: Position | undefined;
  let read = 0;
  let reached: unknown;
  for await (const { index, item, shown, isSecret } of entries) {
    const place = sortAttributeOf(index);
    if (!isSecret && read >= most && item[place] !== reached)
      return { items, next: { [index]: item[index], [place]: item[place] }, read };
    if (!isSecret) [read, reached] = [read + 1, item[place]];
    if (shown === undefined) continue;
    if (items.length === limit) return { items, next: last, read };
    items.push(shown);
    last = positionOf(index, item);
  }
  return { items, next: undefined, read };
}

/** `keep`: only items for which this returns true. The other items are read and paid for too. */
type PageQuery = Omit<ListQuery, "partitions"> & {
  partition: string;
  limit: number;
  keep?: ((item: Item) => boolean) | undefined;
};

/** One page of the items in one partition. */
export function readPage({ partition, limit, keep, ...query }: PageQuery): Promise<Page<Item>> {
  const items = itemsInOrder({ ...query, partitions: [partition], pageSize: keep ? readAhead : limit + 1 });
  const { index } = query;
  return collectPage(
    mapItems(items, (item) => ({ index, item, shown: (keep?.(item) ?? true) ? item : undefined })),
    { limit },
  );
}

export async function* mapItems<T, U>(items: AsyncIterable<T>, map: (item: T) => U): AsyncGenerator<U> {
  for await (const item of items) yield map(item);
}

/** The items of a list, read as they are needed. `pageSize`: how many items of a partition are read at a time. */
export async function* itemsInOrder({
  partitions,
  pageSize = Math.floor(readAhead / partitions.length),
  ...query
}: ListQuery & { pageSize?: number }): AsyncGenerator<Item> {
  const place = sortAttributeOf(query.index);
  const isBefore = (one: Item, other: Item) =>
    query.newestFirst ? String(one[place]) > String(other[place]) : String(one[place]) < String(other[place]);
  const sources = partitions.map((partition) =>
    itemsOfPartition({ ...query, pageSize, partition, ...startIn(partition, { partitions, ...query }) }),
  );
  const nexts = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    const left = nexts.flatMap(({ done, value }, n) => (done ? [] : [{ n, item: value }]));
    const [first, ...others] = left;
    if (!first) return;
    // Of items with the same sort key, those of the first partition come first.
    const next = others.reduce((best, one) => (isBefore(one.item, best.item) ? one : best), first);
    yield next.item;
    nexts[next.n] = (await sources[next.n]?.next()) ?? { done: true, value: undefined };
  }
}

/** Whether a position names an item. Other positions name a sort key of the index. */
const namesItem = (position: Position) => position.pk !== undefined;

/** Where the items of one partition start: after an item, or at a range of sort keys. */
type Start = { after?: Position | undefined; range?: { condition: string; place: string } | undefined };

/**
 * Where a partition of a list is continued. After an item, its own partition continues after it, and the others at the sort key:
 * items with the same sort key stand in the order of the partitions. Throws `cursor-invalid` for a position in another list.
 * `since` may have moved past the position since the page before; the list then starts at `since`.
 */
function startIn(partition: string, { index, partitions, from, since, newestFirst }: ListQuery): Start {
  const aboveSince = since === undefined ? undefined : { condition: ">", place: since };
  if (!from) return { range: aboveSince };
  const fromPartition = partitions.indexOf(String(from[index]));
  if (fromPartition < 0) throw new Fault("cursor-invalid");
  const place = from[sortAttributeOf(index)];
  if (typeof place !== "string") throw new Fault("cursor-invalid");
  if (since !== undefined && place <= since) return { range: aboveSince };
  const isPassed = namesItem(from) && partitions.indexOf(partition) < fromPartition;
  if (namesItem(from) && from[index] === partition) return { after: from, range: aboveSince };
  const comparison = newestFirst ? "<" : ">";
  return { range: { condition: isPassed ? comparison : `${comparison}=`, place } };
}

type PartitionQuery = Pick<ListQuery, "index" | "from" | "newestFirst"> &
  Start & { partition: string; pageSize: number };

async function* itemsOfPartition({ after, ...query }: PartitionQuery): AsyncGenerator<Item> {
  let start = after;
  do {
    const page = await send(query, start);
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

/** Sends one query. `start`: the position after which it starts. */
function send({ index, partition, range, newestFirst, pageSize, from }: PartitionQuery, start: Position | undefined) {
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    IndexName: index,
    KeyConditionExpression: `#partition = :partition${range ? ` AND #place ${range.condition} :place` : ""}`,
    ExpressionAttributeNames: { "#partition": index, ...(range && { "#place": sortAttributeOf(index) }) },
    ExpressionAttributeValues: { ":partition": partition, ...(range && { ":place": range.place }) },
    ScanIndexForward: !newestFirst,
    ExclusiveStartKey: start,
    Limit: pageSize,
  });
  return table.send(query).catch((cause: Error) => refuseForgedCursor(from, cause));
}

/**
 * Throws `cursor-invalid` if DynamoDB refused the position of a page, which the caller then made up. Throws any other
 * error as it is.
 */
export function refuseForgedCursor(from: Position | undefined, cause: Error): never {
  throw from && cause.name === "ValidationException" ? new Fault("cursor-invalid", { cause }) : cause;
}

/** An item's position in an index, in the form of `ExclusiveStartKey`. */
export function positionOf(index: IndexName, item: Item | undefined): Position | undefined {
  const place = sortAttributeOf(index);
  return item && { pk: item.pk, sk: item.sk, [index]: item[index], [place]: item[place] };
}

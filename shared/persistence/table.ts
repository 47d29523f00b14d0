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

/** Four tries of two seconds end before a function's ten seconds do. */
const client = new DynamoDBClient({ requestHandler: clientTimeouts(2_000), maxAttempts: 4 });

export const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** An item of the complaints table. */
export type Item = Record<string, unknown>;

type Key = { pk: string; sk: string };
type Projection = { ProjectionExpression: string; ExpressionAttributeNames: Record<string, string> };

/** An item as it is now, or, at half the price, as it was a moment ago; undefined where there is none. */
export async function readItem(Key: Key, { ConsistentRead = true } = {}): Promise<Item | undefined> {
  return (await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key, ConsistentRead }))).Item;
}

/** Those of up to a hundred items that exist, as they are now, in no order; `unavailable` where some stay unread. */
export async function readItems(Keys: Key[], projection?: Projection): Promise<Item[]> {
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

export type Position = Record<string, unknown>;

/** The indexes that lists are read from; their keys are named after them (`inbox`, `inboxAt`). */
type Index = "inbox" | "desk";

/** A filter expression with its names and values. */
type Filter = { condition: string; names: Record<string, string>; values: Record<string, unknown> };

type PageQuery = {
  index: Index;
  partition: string;
  limit: number;
  from?: Position | undefined;
  /** Only items whose sort key is above this; left out for all. */
  since?: string | undefined;
  newestFirst?: boolean | undefined;
  filter?: Filter | undefined;
  /** Only items for which this is true; the table reads the others too. */
  keep?: ((item: Item) => boolean) | undefined;
  /** How many items may be read; more only where they all stand at one place. */
  most?: number;
};

/** How many items to read at a time with a filter, which may leave out most of them. */
const filteredPageSize = 300;
/** How many items one request reads where a filter leaves out most of them: ten queries, about a second. */
export const mostRead = 3_000;

/** `next`: where the following page starts; `read`: how many items were read, also those that are not on the page. */
type Page = { items: Item[]; next: Position | undefined; read: number };

/**
 * One page of a list in the order of its index. It has fewer items than `limit`, even none, and a following page where `most`
 * items were read before it was full. Such a page ends between two places of the index, and `next` tells the place alone:
 * of the item there the caller may not be allowed to know.
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

/** Whether a position is that of an item, after which a query goes on; others name a place, or the partition alone. */
const isOfItem = (position: Position | undefined) => position?.pk !== undefined;

/**
 * The position after which reading begins; throws `cursor-invalid` for one of another list. Time goes on between two pages:
 * what stood before `since` was listed, and the table takes no position that is not above it, so the rest begins there.
 */
function startOf({ index, partition, from, since }: Omit<PageQuery, "limit">): Position | undefined {
  if (from && from[index] !== partition) throw new Fault("cursor-invalid");
  const isOver = since !== undefined && String(from?.[sortAttributeOf(index)]) <= since;
  return isOver || !isOfItem(from) ? undefined : from;
}

/** The part of the index that is read: from the place on that the page before reached, or above `since`. */
function rangeOf({ index, from, since, newestFirst }: Omit<PageQuery, "limit">) {
  const reached = isOfItem(from) ? undefined : from?.[sortAttributeOf(index)];
  if (typeof reached === "string" && reached > (since ?? ""))
    return { condition: ` AND #place ${newestFirst ? "<=" : ">="} :place`, place: reached };
  return since === undefined ? undefined : { condition: " AND #place > :place", place: since };
}

/** One filter of those that are given; undefined where none is. */
export function combineFilters(filters: (Filter | undefined)[]): Filter | undefined {
  const given = filters.filter((one) => one !== undefined);
  if (given.length === 0) return undefined;
  return {
    condition: given.map(({ condition }) => condition).join(" AND "),
    names: Object.assign({}, ...given.map(({ names }) => names)),
    values: Object.assign({}, ...given.map(({ values }) => values)),
  };
}

/** `start`: the position after which the query goes on. */
function send({ start, ...asked }: PageQuery & { start: Position | undefined }) {
  const { index, partition, limit, newestFirst, filter } = asked;
  const range = rangeOf(asked);
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
  return table.send(query).catch((cause: Error) => refuseForgedCursor(start, cause));
}

/** A made-up position is no key of a list; only the table can tell. Throws any other cause as it is. */
export function refuseForgedCursor(from: Position | undefined, cause: Error): never {
  throw from && cause.name === "ValidationException" ? new Fault("cursor-invalid", { cause }) : cause;
}

/** An item's position in an index, in the form of `ExclusiveStartKey`: a query goes on after it. */
export function positionOf(index: Index, item: Item | undefined): Position | undefined {
  const place = sortAttributeOf(index);
  return item && { pk: item.pk, sk: item.sk, [index]: item[index], [place]: item[place] };
}

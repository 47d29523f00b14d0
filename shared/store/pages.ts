import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { placeIn } from "#shared/runtime/keys.ts";
import { Fault } from "../domain/fault.ts";
import { env } from "../runtime/env.ts";
import type { Item } from "./items.ts";
import { table } from "./table.ts";

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
};

/** How many items to read at a time with a filter, which may leave out most of them. */
const readAhead = 300;

/** One page of a list in the order of its index; `next` is where the following page starts. */
export async function readPage({
  limit,
  keep,
  ...query
}: PageQuery): Promise<{ items: Item[]; next: Position | undefined }> {
  const found: Item[] = [];
  let next = startOf(query);
  do {
    const page = await send({ ...query, from: next, limit: query.filter || keep ? readAhead : limit + 1 });
    found.push(...(page.Items ?? []).filter((item) => keep?.(item) ?? true));
    next = page.LastEvaluatedKey;
  } while (next && found.length <= limit);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? positionOf(query.index, items.at(-1)) : undefined };
}

/**
 * Time goes on between two pages. What stood before `since` was listed, and the table takes no position that is not above
 * it: the rest begins there.
 */
function startOf({ index, partition, from, since }: Omit<PageQuery, "limit">): Position | undefined {
  const isOver = since !== undefined && from?.[index] === partition && String(from[placeIn(index)]) <= since;
  return isOver ? undefined : from;
}

/** One filter of those that are given; undefined where none is. */
export function allOf(filters: (Filter | undefined)[]): Filter | undefined {
  const given = filters.filter((one) => one !== undefined);
  if (given.length === 0) return undefined;
  return {
    condition: given.map(({ condition }) => condition).join(" AND "),
    names: Object.assign({}, ...given.map(({ names }) => names)),
    values: Object.assign({}, ...given.map(({ values }) => values)),
  };
}

function send({ index, partition, limit, from, since, newestFirst, filter }: PageQuery) {
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    IndexName: index,
    KeyConditionExpression: `#partition = :partition${since ? " AND #place > :since" : ""}`,
    ...(filter && { FilterExpression: filter.condition }),
    ExpressionAttributeNames: { "#partition": index, ...(since && { "#place": placeIn(index) }), ...filter?.names },
    ExpressionAttributeValues: { ":partition": partition, ...(since && { ":since": since }), ...filter?.values },
    ScanIndexForward: !newestFirst,
    ExclusiveStartKey: from,
    Limit: limit,
  });
  return table.send(query).catch((cause: Error) => refuseMadeUp(from, cause));
}

/** A made-up position is no key of a list; only the table can tell. Throws any other cause as it is. */
export function refuseMadeUp(from: Position | undefined, cause: Error): never {
  throw from && cause.name === "ValidationException" ? new Fault("cursor-invalid", { cause }) : cause;
}

/** An item's position in an index, in the form of `ExclusiveStartKey`: a query goes on after it. */
export function positionOf(index: Index, item: Item | undefined): Position | undefined {
  const place = placeIn(index);
  return item && { pk: item.pk, sk: item.sk, [index]: item[index], [place]: item[place] };
}

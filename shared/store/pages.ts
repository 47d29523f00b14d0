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
  /** How many items may be read; more only where they all stand at one place. */
  most?: number;
};

/** How many items to read at a time with a filter, which may leave out most of them. */
const readAhead = 300;
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
  const place = placeIn(index);
  const found: Item[] = [];
  let read = 0;
  let next = startOf(query);
  do {
    const page = await send({ ...query, start: next, limit: query.filter || keep ? readAhead : limit + 1 });
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
  const isOver = since !== undefined && String(from?.[placeIn(index)]) <= since;
  return isOver || !isOfItem(from) ? undefined : from;
}

/** The part of the index that is read: from the place on that the page before reached, or above `since`. */
function rangeOf({ index, from, since, newestFirst }: Omit<PageQuery, "limit">) {
  const reached = isOfItem(from) ? undefined : from?.[placeIn(index)];
  if (typeof reached === "string" && reached > (since ?? ""))
    return { condition: ` AND #place ${newestFirst ? "<=" : ">="} :place`, place: reached };
  return since === undefined ? undefined : { condition: " AND #place > :place", place: since };
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

/** `start`: the position after which the query goes on. */
function send({ start, ...asked }: PageQuery & { start: Position | undefined }) {
  const { index, partition, limit, newestFirst, filter } = asked;
  const range = rangeOf(asked);
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    IndexName: index,
    KeyConditionExpression: `#partition = :partition${range?.condition ?? ""}`,
    ...(filter && { FilterExpression: filter.condition }),
    ExpressionAttributeNames: { "#partition": index, ...(range && { "#place": placeIn(index) }), ...filter?.names },
    ExpressionAttributeValues: { ":partition": partition, ...(range && { ":place": range.place }), ...filter?.values },
    ScanIndexForward: !newestFirst,
    ExclusiveStartKey: start,
    Limit: limit,
  });
  return table.send(query).catch((cause: Error) => refuseMadeUp(start, cause));
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

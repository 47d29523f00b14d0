import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";

const Item = z.record(z.string(), z.unknown());
export type Item = z.infer<typeof Item>;

/** An index of the items that have its keys: whole, or their keys alone. */
export type Index = { table: string; keys: string[]; isWhole: boolean };

const Put = z.object({ TableName: z.string(), Item });
const Delete = z.object({ TableName: z.string(), Key: Item });
const Update = z.object({ Key: Item, ExpressionAttributeValues: Item });
const Transaction = z.object({
  TransactItems: z.array(
    z.union([
      z.strictObject({ Put: z.looseObject(Put.shape) }),
      z.strictObject({ Delete: z.looseObject(Delete.shape) }),
      z.strictObject({ Update: z.looseObject(Update.shape) }),
    ]),
  ),
});
// What is left out is charged for all the same, and would not be seen here.
const Read = z.object({ ConsistentRead: z.boolean().optional(), FilterExpression: z.undefined().optional() });
const Whole = Read.extend({ ProjectionExpression: z.undefined().optional() });
const Batch = z.object({ RequestItems: z.record(z.string(), Read.extend({ Keys: z.array(Item) })) });
const ProjectedGet = Read.extend({ TableName: z.string(), Key: Item, ProjectionExpression: z.string() });
const ProjectedQuery = Read.extend({
  TableName: z.string(),
  IndexName: z.undefined().optional(),
  KeyConditionExpression: z.string().optional(),
  ProjectionExpression: z.string(),
  ExpressionAttributeValues: Item,
});
/** A query of a feed for some attributes of some of its events: whole items are charged, also those that are filtered out. */
const FilteredFeed = z.object({
  TableName: z.string(),
  ConsistentRead: z.literal(false),
  IndexName: z.literal("workQueue"),
  KeyConditionExpression: z.literal("#queue = :queue AND #queueAt BETWEEN :since AND :to"),
  ExpressionAttributeValues: z.looseObject({ ":queue": z.string(), ":since": z.string(), ":to": z.string() }),
});
const Found = z.object({ Item: Item.optional() });
const FoundInOrder = z.object({ Items: z.array(Item) });

type Exchange = { input: unknown; output: unknown };
type Use = { reads: number; writes: number };

/**
 * Counts the capacity of every command that a client sends, by DynamoDB's rules from the items' sizes: the local engine's
 * own figures are wrong for transactions. A command or an expression that it does not know is an error, so that none goes
 * uncounted. It must see every write since the tables were empty.
 */
export function meter({ client, indexes }: { client: DynamoDBDocumentClient; indexes: Index[] }) {
  const stored = new Map<string, Item>();
  let used: Use = { reads: 0, writes: 0 };
  let written: Item[] = [];
  const indexesOf = (TableName: string) => indexes.filter(({ table }) => table === TableName);
  const placeOf = (TableName: string, { pk, sk }: Item) => JSON.stringify([TableName, pk, sk]);

  /** The index entries are written by the table itself, after the transaction, and so count once. */
  function put({ TableName, Item }: z.infer<typeof Put>, times: 1 | 2): number {
    const place = placeOf(TableName, Item);
    const before = stored.get(place);
    stored.set(place, Item);
    written.push(Item);
    return (
      times * kilobytes(Math.max(sizeOf(before), sizeOf(Item))) + writesOfEntries(TableName, { before, after: Item })
    );
  }

  /** What is not there costs as much as a small item. */
  function remove({ TableName, Key }: z.infer<typeof Delete>, times: 1 | 2): number {
    const place = placeOf(TableName, Key);
    const before = stored.get(place);
    stored.delete(place);
    return times * kilobytes(sizeOf(before)) + writesOfEntries(TableName, { before, after: undefined });
  }

  function writesOfEntries(TableName: string, change: Change): number {
    return indexesOf(TableName).reduce((all, index) => all + entryWrites(index, change), 0);
  }

  /** Only counters are updated: small items that stand in no index. */
  function update({ Key, ExpressionAttributeValues }: z.infer<typeof Update>, times: 1 | 2): number {
    return times * kilobytes(sizeOf({ ...Key, ...ExpressionAttributeValues }));
  }

  /** A projection is charged as whole items: all that stand under the partition it asks for. */
  function wholeOf({
    TableName,
    KeyConditionExpression,
    ExpressionAttributeValues,
  }: z.infer<typeof ProjectedQuery>): Item[] {
    const asked = Object.values(ExpressionAttributeValues);
    const isSingle = KeyConditionExpression === "pk = :pk AND sk = :sk";
    return [...stored]
      .filter(([place, { pk }]) => JSON.parse(place)[0] === TableName && asked.includes(pk))
      .map(([, item]) => item)
      .filter(({ sk }) => !isSingle || asked.includes(sk));
  }

  function wholeFeed({ TableName, ExpressionAttributeValues }: z.infer<typeof FilteredFeed>): Item[] {
    const { ":queue": queue, ":since": since, ":to": to } = ExpressionAttributeValues;
    const isAsked = ({ workQueue, workQueueAt }: Item) =>
      workQueue === queue && String(workQueueAt) >= since && String(workQueueAt) <= to;
    return [...stored]
      .filter(([place]) => JSON.parse(place)[0] === TableName)
      .flatMap(([, item]) => (isAsked(item) ? [item] : []));
  }

  function batchUnits(input: unknown): number {
    return Object.entries(Batch.parse(input).RequestItems)
      .flatMap(([table, { Keys, ...how }]) =>
        Keys.map(({ pk, sk }) => readUnits([stored.get(JSON.stringify([table, pk, sk])) ?? {}], how)),
      )
      .reduce((sum, units) => sum + units, 0);
  }

  const rules: Record<string, (exchange: Exchange) => Partial<Use>> = {
    TransactWriteItemsCommand: ({ input }) => ({
      writes: Transaction.parse(input).TransactItems.reduce((all, one) => {
        if ("Put" in one) return all + put(one.Put, 2);
        return all + ("Delete" in one ? remove(one.Delete, 2) : update(one.Update, 2));
      }, 0),
    }),
    PutItemCommand: ({ input }) => ({ writes: put(Put.parse(input), 1) }),
    DeleteItemCommand: ({ input }) => ({ writes: remove(Delete.parse(input), 1) }),
    UpdateItemCommand: ({ input }) => ({ writes: update(Update.parse(input), 1) }),
    GetItemCommand: ({ input, output }) => {
      const { data } = ProjectedGet.safeParse(input);
      if (data) return { reads: readUnits([stored.get(placeOf(data.TableName, data.Key)) ?? {}], data) };
      return { reads: readUnits([Found.parse(output).Item ?? {}], Whole.parse(input)) };
    },
    QueryCommand: ({ input, output }) => {
      const feed = FilteredFeed.safeParse(input).data;
      if (feed) return { reads: readUnits(wholeFeed(feed), feed) };
      const { data } = ProjectedQuery.safeParse(input);
      if (data) return { reads: readUnits(wholeOf(data), data) };
      return { reads: readUnits(FoundInOrder.parse(output).Items, Whole.parse(input)) };
    },
    BatchGetItemCommand: ({ input }) => ({ reads: batchUnits(input) }),
  };

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      const rule = rules[String(context.commandName)];
      if (!rule) throw new Error(`nobody counts a ${context.commandName}`);
      const { reads = 0, writes = 0 } = rule({ input: args.input, output: result.output });
      used = { reads: used.reads + reads, writes: used.writes + writes };
      return result;
    },
    { step: "initialize", name: "meter" },
  );

  return {
    /** What was used and written since it was last asked. */
    take() {
      const taken = { used, written };
      used = { reads: 0, writes: 0 };
      written = [];
      return taken;
    },
    /** Bytes of all that is stored now, in the tables and in every index. */
    storedBytes() {
      return [...stored].reduce((all, [place, item]) => all + occupied(item, indexesOf(JSON.parse(place)[0])), 0);
    },
  };
}

type Change = { before: Item | undefined; after: Item | undefined };

/** An entry whose key changes is removed and put again. */
function entryWrites({ keys, isWhole }: Index, { before, after }: Change): number {
  const entryOf = (item: Item) =>
    isWhole ? item : Object.fromEntries(["pk", "sk", ...keys].map((key) => [key, item[key]]));
  const [was, is] = [before, after].map(
    (item) => item && keys.every((key) => item[key] !== undefined) && entryOf(item),
  );
  const isMoved = was && is && keys.some((key) => was[key] !== is[key]);
  if (was && is && !isMoved) return kilobytes(Math.max(sizeOf(was), sizeOf(is)));
  return (was ? kilobytes(sizeOf(was)) : 0) + (is ? kilobytes(sizeOf(is)) : 0);
}

/** What an item occupies, in its table and in every index of it; an entry has 100 bytes of its own. */
function occupied(item: Item, indexes: Index[]): number {
  const entries = indexes.filter(({ keys }) => keys.every((key) => item[key] !== undefined));
  const whole = 1 + entries.filter(({ isWhole }) => isWhole).length;
  return whole * sizeOf(item) + (1 + entries.length) * entryBytes;
}

const entryBytes = 100;

/** Read together, items of a query are rounded up as one; what is not there costs as much as a small item. */
function readUnits(items: Item[], { ConsistentRead }: z.infer<typeof Read>): number {
  const size = items.reduce((all, item) => all + sizeOf(item), 0);
  return Math.max(1, Math.ceil(size / 4_096)) * (ConsistentRead ? 1 : 0.5);
}

function kilobytes(size: number): number {
  return Math.max(1, Math.ceil(size / 1_024));
}

/** Bytes of an item by DynamoDB's rules: names and values. */
function sizeOf(item: Item = {}): number {
  return sizeOfAll(marshall(item, { removeUndefinedValues: true }));
}

function sizeOfAll(attributes: Record<string, AttributeValue>): number {
  return Object.entries(attributes).reduce((all, [name, value]) => all + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize({ S, N, B, M, L }: AttributeValue): number {
  if (B) return B.byteLength;
  if (S !== undefined) return Buffer.byteLength(S);
  // Two digits a byte, and one more; a sign takes another.
  if (N !== undefined) return Math.ceil(N.replace(/\D/g, "").length / 2) + 1 + (N.startsWith("-") ? 1 : 0);
  // A container has three bytes of its own, and one for each element.
  if (M) return 3 + Object.keys(M).length + sizeOfAll(M);
  if (L) return 3 + L.length + L.reduce((all, value) => all + valueSize(value), 0);
  return 1;
}

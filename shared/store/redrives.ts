import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Instant } from "../domain/complaint.ts";
import { Fault } from "../domain/fault.ts";
import { Redrive } from "../domain/redrive.ts";
import { env } from "../runtime/env.ts";
import { Feed } from "./past-events.ts";
import { pendingRedriveKey, redrivePartition, table } from "./table.ts";

/** How far the walk has come; what is undelivered is one list, a period is a feed after the other. */
const Walk = z.object({
  sent: z.int(),
  failed: z.int(),
  feed: Feed.optional(),
  from: z.record(z.string(), z.unknown()).optional(),
});
export type Walk = z.infer<typeof Walk>;

/** What an admin ordered to be sent again, and how far that has come; without `dueAt` it has been carried out. */
export const RedriveOrder = z.object({
  id: z.string(),
  order: Redrive,
  orderedAt: Instant,
  client: z.string(),
  person: z.string(),
  bodyMac: z.string().optional(),
  version: z.int(),
  walk: Walk,
  dueAt: Instant.optional(),
});
export type RedriveOrder = z.infer<typeof RedriveOrder>;

const keyLifetimeSeconds = 24 * 60 * 60;
const keyOf = (id: string) => ({ pk: redrivePartition, sk: id });
const seconds = (instant: Instant) => Math.floor(Date.parse(instant) / 1000);

/** Writes an order, or finds the one that the same caller gave with the same key; throws `idempotency-key-reused`. */
export async function orderOnce(ordered: RedriveOrder): Promise<RedriveOrder> {
  const isNew = {
    // The table forgets an order some time after it expired; until then an expired one may be replaced.
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": seconds(ordered.orderedAt) },
  };
  if (await put(ordered, isNew)) return ordered;
  const earlier = await readOrder(ordered.id);
  if (!earlier) throw new Fault("unavailable");
  if (earlier.bodyMac !== ordered.bodyMac) throw new Fault("idempotency-key-reused");
  return earlier;
}

/** Keeps the place of a walk, unless another run went on with it since; false where one did. */
export function saveOrder(next: RedriveOrder): Promise<boolean> {
  const sinceRead = {
    ConditionExpression: "version = :read",
    ExpressionAttributeValues: { ":read": next.version - 1 },
  };
  return put(next, sinceRead);
}

type Condition = { ConditionExpression: string; ExpressionAttributeValues: Record<string, unknown> };

async function put(order: RedriveOrder, condition: Condition): Promise<boolean> {
  // What has been carried out is kept for as long as its key may come again.
  const lasting = order.dueAt
    ? { due: pendingRedriveKey }
    : { expiresAt: seconds(order.orderedAt) + keyLifetimeSeconds };
  const Item = { ...order, ...keyOf(order.id), ...lasting };
  try {
    await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const Due = RedriveOrder.pick({ id: true }).extend({ dueAt: Instant });

/** The orders that are not carried out yet, by when there is something to do. */
export async function listPendingOrders(): Promise<z.infer<typeof Due>[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: "due = :pending",
      ExpressionAttributeValues: { ":pending": pendingRedriveKey },
    }),
  );
  return Items.map((item) => Due.parse(item));
}

export async function readOrder(id: string): Promise<RedriveOrder | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key: keyOf(id), ConsistentRead: true }),
  );
  return Item && RedriveOrder.parse(Item);
}

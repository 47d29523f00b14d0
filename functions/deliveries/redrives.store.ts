import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { idempotencyKeyDays } from "#shared/policy-numbers.ts";
import { env } from "#shared/runtime/environment.ts";
import { partitions, pendingRedriveKey, sortAttributeOf } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPending } from "#shared/storage/due.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readItem, table } from "#shared/storage/table.ts";
import {
  type Condition,
  ifAbsentOrExpired,
  putWrite,
  unchangedSince,
  type Writes,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import { auditWrite } from "../audit/audit.store.ts";
import { type RedrivePeriod, RedriveSelection } from "../audit/redrive-selection.ts";
import { Feed, feedIndexKey, IssueFeedEvent, StoredFeedEvent } from "./feeds.store.ts";
import { EventItemKey } from "./undelivered-events.store.ts";

/** An event that can be sent again. */
const RepeatableEvent = z.union([StoredFeedEvent, IssueFeedEvent]);
export type RepeatableEvent = z.infer<typeof RepeatableEvent>;

type PastEventsQuery = { feed: Feed; period: RedrivePeriod; limit: number; from?: Record<string, unknown> | undefined };

/** One page of a feed's events in a period, in the order of time. `poison`: the keys of events that cannot be read. */
export async function readPastEvents({ feed, period: { since, until }, limit, from }: PastEventsQuery) {
  const { index, partition } = feedIndexKey(feed);
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: index,
      KeyConditionExpression: "#feed = :feed AND #at BETWEEN :since AND :until",
      ExpressionAttributeNames: { "#feed": index, "#at": sortAttributeOf(index) },
      // Sort keys are `instant#number`, and sort after the bare instant: events at `until` itself are not in the range.
      ExpressionAttributeValues: { ":feed": partition, ":since": since, ":until": until },
      ExclusiveStartKey: from,
      Limit: limit,
    }),
  );
  const read = Items.map((item) => ({ item, event: RepeatableEvent.safeParse(item).data }));
  return {
    events: read.flatMap(({ event }) => event ?? []),
    poison: read.filter(({ event }) => !event).map(({ item }) => EventItemKey.parse(item)),
    next: LastEvaluatedKey,
  };
}

/** How far an order has been executed: in the list of undelivered events, or, for a period, in one feed after the other. */
const RedriveProgress = z.object({
  sent: z.int(),
  failed: z.int(),
  feed: Feed.optional(),
  from: z.record(z.string(), z.unknown()).optional(),
});

/** An admin's order to send events again, and its progress. Without `dueAt` it has been executed. */
export const RedriveOrder = z.object({
  id: z.string(),
  order: RedriveSelection,
  orderedAt: Instant,
  clientId: z.string(),
  person: z.string(),
  bodyMac: z.string().optional(),
  version: z.int(),
  progress: RedriveProgress,
  dueAt: Instant.optional(),
});
export type RedriveOrder = z.infer<typeof RedriveOrder>;

const keyOf = (id: string) => ({ pk: partitions.redrive, sk: id });

/**
 * Writes an order with its audit entry, or finds the order that the same caller gave with the same idempotency key. Throws
 * `idempotency-key-reused` if that order had another body.
 */
export async function createRedriveOrder(ordered: RedriveOrder): Promise<RedriveOrder> {
  const { order, orderedAt, clientId, person } = ordered;
  const audit = auditWrite({ type: "redrive-ordered", at: orderedAt, clientId, person, order });
  if (!(await writeTransaction([redriveOrderWrite(ordered, ifAbsentOrExpired(orderedAt)), audit]))) return ordered;
  const earlier = await readRedriveOrder(ordered.id);
  if (!earlier) throw new Fault("unavailable");
  if (earlier.bodyMac !== ordered.bodyMac) throw new Fault("idempotency-key-reused");
  return earlier;
}

/** Saves an order's progress. False if another run has saved it since it was read. */
export async function saveRedriveOrder(next: RedriveOrder): Promise<boolean> {
  return !(await writeTransaction([redriveOrderWrite(next, unchangedSince(next.version - 1))]));
}

function redriveOrderWrite(order: RedriveOrder, condition: Condition): Writes[number] {
  // An executed order is kept for as long as its idempotency key is valid.
  const dueOrExpiry = order.dueAt
    ? { due: pendingRedriveKey }
    : { expiresAt: secondsOf(order.orderedAt) + idempotencyKeyDays * daySeconds };
  return putWrite({ ...order, ...keyOf(order.id), ...dueOrExpiry }, condition);
}

const DueRedriveOrder = RedriveOrder.pick({ id: true }).extend({ dueAt: Instant });

/** The orders that are not executed yet, the earliest due first. */
export function listPendingRedriveOrders() {
  return listPending({ dueKey: pendingRedriveKey, schema: DueRedriveOrder, failure: logEvents.redriveNotExecuted });
}

export async function readRedriveOrder(id: string): Promise<RedriveOrder | undefined> {
  const item = await readItem(keyOf(id));
  return item && parseItem(RedriveOrder, item);
}

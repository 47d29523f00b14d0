import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import { idempotencyKeyDays } from "#shared/domain/policy-numbers.ts";
import { Redrive } from "#shared/domain/telling/redrive.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { partitions, pendingRedriveKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPending } from "../complaints/due.ts";
import { unlessLive } from "../complaints/expiry.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { type Condition, putting, unchangedSince, type Writes, writeTogether } from "../transaction.ts";
import { putAudit } from "./audit.ts";
import { Feed } from "./feeds.ts";

/** How far an order has been carried out: through the list of undelivered events, or, for a period, feed after feed. */
const RedriveWalk = z.object({
  sent: z.int(),
  failed: z.int(),
  feed: Feed.optional(),
  from: z.record(z.string(), z.unknown()).optional(),
});

/** What an admin ordered to be sent again, and how far that is; without `dueAt` it has been carried out. */
export const RedriveOrder = z.object({
  id: z.string(),
  order: Redrive,
  orderedAt: Instant,
  client: z.string(),
  person: z.string(),
  bodyMac: z.string().optional(),
  version: z.int(),
  walk: RedriveWalk,
  dueAt: Instant.optional(),
});
export type RedriveOrder = z.infer<typeof RedriveOrder>;

const keyOf = (id: string) => ({ pk: partitions.redrive, sk: id });

/** Writes an order, or finds the one that the same caller gave with the same key; throws `idempotency-key-reused`. */
export async function orderOnce(ordered: RedriveOrder): Promise<RedriveOrder> {
  const { order, orderedAt, client, person } = ordered;
  const audit = putAudit({ type: "redrive-ordered", at: orderedAt, client, person, order });
  if (!(await writeTogether([put(ordered, unlessLive(orderedAt)), audit]))) return ordered;
  const earlier = await readOrder(ordered.id);
  if (!earlier) throw new Fault("unavailable");
  if (earlier.bodyMac !== ordered.bodyMac) throw new Fault("idempotency-key-reused");
  return earlier;
}

/** Saves how far an order has been carried out; false where another run has saved it since it was read. */
export async function saveOrder(next: RedriveOrder): Promise<boolean> {
  return !(await writeTogether([put(next, unchangedSince(next.version - 1))]));
}

function put(order: RedriveOrder, condition: Condition): Writes[number] {
  // An order that was carried out is kept for as long as its key may be repeated.
  const lasting = order.dueAt
    ? { due: pendingRedriveKey }
    : { expiresAt: secondsOf(order.orderedAt) + idempotencyKeyDays * daySeconds };
  return putting({ ...order, ...keyOf(order.id), ...lasting }, condition);
}

const Due = RedriveOrder.pick({ id: true }).extend({ dueAt: Instant });

/** The orders that are not carried out yet, soonest due first. */
export function listPendingOrders() {
  return listPending({ under: pendingRedriveKey, schema: Due, failure: logEvents.redriveNotCarriedOut });
}

export async function readOrder(id: string): Promise<RedriveOrder | undefined> {
  const item = await readItem(keyOf(id));
  return item && readable(RedriveOrder, item);
}

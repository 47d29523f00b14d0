import { partitions } from "#shared/runtime/keys.ts";
import { parseItem, parseReadableItems } from "#shared/storage/readable.ts";
import { readItem, readPartition } from "#shared/storage/table.ts";
import {
  conflict,
  ifNew,
  putOnce,
  putWrite,
  retryOnConflict,
  unchangedSince,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import { auditWrite } from "../audit/audit.store.ts";
import { WebhookSubscription } from "./webhook.ts";

const attempts = 5;
const keyOf = (subscriber: string) => ({ pk: partitions.webhook, sk: subscriber });

/**
 * All subscriptions that a run has ever served, by subscriber, also those that the province's file no longer names. The value
 * is undefined if this code cannot read the subscription: it must not start anew.
 */
export async function readWebhookSubscriptions(): Promise<Map<string, WebhookSubscription | undefined>> {
  const items = await readPartition(partitions.webhook);
  const subscriptions = new Map<string, WebhookSubscription | undefined>(
    items.map(({ sk }) => [String(sk), undefined]),
  );
  for (const subscription of parseReadableItems(WebhookSubscription, items))
    subscriptions.set(subscription.subscriber, subscription);
  return subscriptions;
}

/** A subscription; undefined if no run has served it yet. */
export async function readWebhookSubscription(subscriber: string): Promise<WebhookSubscription | undefined> {
  const item = await readItem(keyOf(subscriber));
  return item && parseItem(WebhookSubscription, item);
}

const withNextVersion = (subscription: WebhookSubscription) => ({
  ...subscription,
  version: subscription.version + 1,
});

function ifUnchangedSinceRead({ version }: WebhookSubscription) {
  return version === 0 ? ifNew : unchangedSince(version);
}

/** Saves a subscription as its next version, which is returned. Undefined if another run has saved it since it was read. */
export async function saveWebhookSubscription(
  subscription: WebhookSubscription,
): Promise<WebhookSubscription | undefined> {
  const written = withNextVersion(subscription);
  return (await putOnce(ifUnchangedSinceRead(subscription), {
    ...written,
    ...keyOf(subscription.subscriber),
  }))
    ? written
    : undefined;
}

type SubscriptionChange = {
  /** The audit entry of an admin's action. An owner's action on its own webhook has none. */
  audit?:
    | { type: "webhook-resumed" | "webhook-secret-requested"; at: string; clientId: string; person: string }
    | undefined;
  read: () => Promise<WebhookSubscription>;
  /** Returns the changed subscription, or the same object if nothing is to change. */
  change: (before: WebhookSubscription) => WebhookSubscription;
};

/**
 * Changes a webhook subscription, together with the audit entry of an admin's action, which is written even if nothing changes. Returns
 * the subscription as it is then.
 */
export function changeWebhookSubscription({ audit, read, change }: SubscriptionChange): Promise<WebhookSubscription> {
  return retryOnConflict(attempts, async () => {
    const before = await read();
    const after = change(before);
    const { subscriber, secretVersion } = after;
    const auditWrites = audit ? [auditWrite({ ...audit, subscriber, secretVersion })] : [];
    // Without a change there is no write: it would cause a conflict for the run that is delivering.
    const subscriptionWrites =
      after === before
        ? []
        : [putWrite({ ...withNextVersion(after), ...keyOf(subscriber) }, ifUnchangedSinceRead(after))];
    const writes = [...auditWrites, ...subscriptionWrites];
    return writes.length > 0 && (await writeTransaction(writes)) ? conflict : after;
  });
}

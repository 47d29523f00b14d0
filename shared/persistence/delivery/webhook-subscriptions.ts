import { WebhookSubscription } from "#shared/domain/delivery/webhook.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { auditWrite } from "../audit.ts";
import { parseItem, parseReadableItems } from "../readable.ts";
import { readItem, readPartition } from "../table.ts";
import {
  conflict,
  ifNew,
  putIfConditionHolds,
  putWrite,
  retryOnConflict,
  unchangedSince,
  writeTransaction,
} from "../transaction.ts";

const attempts = 5;
const keyOf = (subscriber: string) => ({ pk: partitions.webhook, sk: subscriber });

/**
 * Every subscriber that was ever served, by name: also those that the province's file no longer names. Undefined stands for one
 * that this code cannot read, which must not begin anew.
 */
export async function readWebhookSubscriptions(): Promise<Map<string, WebhookSubscription | undefined>> {
  const items = await readPartition(partitions.webhook);
  const subscriptions = new Map<string, WebhookSubscription | undefined>(
    items.map(({ sk }) => [String(sk), undefined]),
  );
  for (const follower of parseReadableItems(WebhookSubscription, items))
    subscriptions.set(follower.subscriber, follower);
  return subscriptions;
}

/** Undefined for one that no run has served yet. */
export async function readWebhookSubscription(subscriber: string): Promise<WebhookSubscription | undefined> {
  const item = await readItem(keyOf(subscriber));
  return item && parseItem(WebhookSubscription, item);
}

const withNextVersion = (follower: WebhookSubscription) => ({ ...follower, version: follower.version + 1 });

function ifUnchangedSinceRead({ version }: WebhookSubscription) {
  return version === 0 ? ifNew : unchangedSince(version);
}

/** Writes what became of a follower that was read, as its next version; undefined where another has written since. */
export async function saveWebhookSubscription(
  subscription: WebhookSubscription,
): Promise<WebhookSubscription | undefined> {
  const written = withNextVersion(subscription);
  return (await putIfConditionHolds(ifUnchangedSinceRead(subscription), {
    ...written,
    ...keyOf(subscription.subscriber),
  }))
    ? written
    : undefined;
}

type SubscriptionChange = {
  /** What is noted of an admin's act; nothing is of what owners do with their own. */
  audit?: { type: "webhook-resumed" | "webhook-secret-told"; at: string; client: string; person: string } | undefined;
  read: () => Promise<WebhookSubscription>;
  /** The follower itself where nothing is to change. */
  change: (before: WebhookSubscription) => WebhookSubscription;
};

/** What somebody does with a webhook: written together with a note of who did it, which is written also if nothing changes. */
export function changeWebhookSubscription({ audit, read, change }: SubscriptionChange): Promise<WebhookSubscription> {
  return retryOnConflict(attempts, async () => {
    const before = await read();
    const after = change(before);
    const { subscriber, generation } = after;
    const auditWrites = audit ? [auditWrite({ ...audit, subscriber, generation })] : [];
    // A run that has it in hand is not disturbed where nothing changes.
    const written =
      after === before
        ? []
        : [putWrite({ ...withNextVersion(after), ...keyOf(subscriber) }, ifUnchangedSinceRead(after))];
    const writes = [...auditWrites, ...written];
    return writes.length > 0 && (await writeTransaction(writes)) ? conflict : after;
  });
}

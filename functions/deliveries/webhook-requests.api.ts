import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { idempotencyKeyDays } from "#shared/policy-numbers.ts";
import { webhooks } from "#shared/province/slices.static.ts";
import type { IdempotencyKey } from "#shared/storage/commands.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { eventIdPattern } from "#shared/vocabulary.ts";
import { currentSubscription, previousSecretValidUntil, resumeSubscription, WebhookSubscription } from "./webhook.ts";
import { changeWebhookSubscription, readWebhookSubscription } from "./webhook-subscriptions.store.ts";

const WebhookState = WebhookSubscription.pick({
  state: true,
  lastEventId: true,
  consecutiveFailures: true,
  failingSince: true,
  nextAttemptAt: true,
  stopped: true,
  secretVersion: true,
  attempts: true,
}).extend({ previousSecretUntil: Instant.optional() });

/** A webhook subscription as admins see it: its state and its last attempts, without the bodies of events or answers. */
export const WebhookView = WebhookState.extend({ subscriber: z.string(), url: z.string() });

/**
 * A webhook subscription as its owner sees it. It shows the host alone: the path of the address may be a secret of the
 * people who run the receiving server.
 */
export const OwnWebhookView = WebhookState.extend({ host: z.string() });

type WebhookRequest = { subscriber: string; now: string };

/**
 * The subscription of a webhook in the province file. A webhook that no run has delivered to yet has the subscription of
 * its first run. Throws `not-found` for a subscriber without a webhook.
 */
export async function readWebhookOf({ subscriber, now }: WebhookRequest): Promise<WebhookSubscription> {
  const webhook = webhooks.find((candidate) => candidate.subscriber === subscriber);
  if (!webhook) throw new Fault("not-found", { reason: "webhook-missing" });
  return currentSubscription(await readWebhookSubscription(subscriber), { ...webhook, now });
}

export function webhookView(subscription: WebhookSubscription, now: string): z.infer<typeof WebhookView> {
  return WebhookView.parse({ ...subscription, previousSecretUntil: previousSecretValidUntil(subscription, now) });
}

export function ownWebhookView(subscription: WebhookSubscription, now: string): z.infer<typeof OwnWebhookView> {
  return OwnWebhookView.parse({ ...webhookView(subscription, now), host: new URL(subscription.url).host });
}

export const ResumeBody = z.strictObject({ after: z.string().regex(eventIdPattern).optional() });

type ResumeRequest = WebhookRequest & {
  after: string | undefined;
  idempotencyKey: IdempotencyKey | undefined;
  /** The admin whose request is recorded in the audit log; absent if the owner resumes the webhook. */
  admin?: { clientId: string; person: string };
};

/**
 * Resumes a webhook: delivery continues where it stopped, or after the event `after`. A repetition with the same
 * idempotency key within `idempotencyKeyDays` changes nothing. Throws `idempotency-key-reused` if the key came with
 * another body.
 */
export function resumeWebhookSubscription({
  subscriber,
  after,
  idempotencyKey,
  admin,
  now,
}: ResumeRequest): Promise<WebhookSubscription> {
  return changeWebhookSubscription({
    audit: admin && { type: "webhook-resumed", at: now, clientId: admin.clientId, person: admin.person },
    read: () => readWebhookOf({ subscriber, now }),
    change(before) {
      const earlier = before.resumeRequests.find(
        ({ keyMac, at }) => keyMac === idempotencyKey?.keyMac && addMilliseconds(at, idempotencyKeyDays * dayMs) > now,
      );
      if (!earlier) return resumeSubscription(before, { after, by: idempotencyKey, now });
      if (earlier.bodyMac !== idempotencyKey?.bodyMac) throw new Fault("idempotency-key-reused");
      return before;
    },
  });
}

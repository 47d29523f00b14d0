import * as z from "zod";
import {
  currentSubscription,
  previousSecretValidUntil,
  resumeSubscription,
  WebhookSubscription,
} from "#shared/domain/delivery/webhook.ts";
import { Fault } from "#shared/domain/fault.ts";
import { idempotencyKeyDays } from "#shared/domain/policy-numbers.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/domain/time/duration.ts";
import { eventIdPattern } from "#shared/domain/vocabulary.ts";
import type { IdempotencyKey } from "#shared/persistence/complaints/moves.ts";
import {
  changeWebhookSubscription,
  readWebhookSubscription,
} from "#shared/persistence/delivery/webhook-subscriptions.ts";
import { webhooks } from "#shared/province/slices.static.ts";

const WebhookState = WebhookSubscription.pick({
  state: true,
  cursor: true,
  failures: true,
  failingSince: true,
  nextTryAt: true,
  stopped: true,
  generation: true,
  attempts: true,
}).extend({ previousUntil: Instant.optional() });

/** Where a webhook stands, with the last attempts and nothing of what was sent or answered. */
export const WebhookView = WebhookState.extend({ subscriber: z.string(), url: z.string() });

/** The same for its owner: the host alone, since an address's path may be known to those alone who receive there. */
export const OwnWebhookView = WebhookState.extend({ host: z.string() });

export type WebhookRequest = { subscriber: string; now: string };

/** Where a webhook of the province's file stands, or would in its first run; throws `not-found` for any other. */
export async function readWebhookOf({ subscriber, now }: WebhookRequest): Promise<WebhookSubscription> {
  const webhook = webhooks.find((one) => one.subscriber === subscriber);
  if (!webhook) throw new Fault("not-found", { reason: "webhook-missing" });
  return currentSubscription(await readWebhookSubscription(subscriber), { ...webhook, now });
}

export function webhookView(subscription: WebhookSubscription, now: string): z.infer<typeof WebhookView> {
  return WebhookView.parse({ ...subscription, previousUntil: previousSecretValidUntil(subscription, now) });
}

export function ownWebhookView(subscription: WebhookSubscription, now: string): z.infer<typeof OwnWebhookView> {
  return OwnWebhookView.parse({ ...webhookView(subscription, now), host: new URL(subscription.url).host });
}

export const ResumeBody = z.strictObject({ after: z.string().regex(eventIdPattern).optional() });

type ResumeRequest = WebhookRequest & {
  after: string | undefined;
  idempotencyKey: IdempotencyKey | undefined;
  /** The admin whose act is noted; nobody where its owner resumes it. */
  admin?: { clientId: string; person: string };
};

/** Sends on from where it stopped, or after another event; the same request within a day changes nothing. */
export function resumeWebhookSubscription({
  subscriber,
  after,
  idempotencyKey,
  admin,
  now,
}: ResumeRequest): Promise<WebhookSubscription> {
  return changeWebhookSubscription({
    audit: admin && { type: "webhook-resumed", at: now, client: admin.clientId, person: admin.person },
    read: () => readWebhookOf({ subscriber, now }),
    change(before) {
      const same = before.resumedBy.find(
        ({ keyMac, at }) => keyMac === idempotencyKey?.keyMac && addMilliseconds(at, idempotencyKeyDays * dayMs) > now,
      );
      if (!same) return resumeSubscription(before, { after, by: idempotencyKey, now });
      if (same.bodyMac !== idempotencyKey?.bodyMac) throw new Fault("idempotency-key-reused");
      return before;
    },
  });
}

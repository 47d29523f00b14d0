import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import { atAddress, Follower, newFollower } from "#shared/domain/telling/webhook.ts";
import { previousSignsUntil } from "#shared/domain/telling/webhook-signature.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { webhooks } from "#shared/province/slices.static.ts";
import { readFollower } from "#shared/store/events/followers.ts";

/** Who a webhook belongs to: `agency:` and the agency's id, or `front-end:` and the client's. */
export const SubscriberPath = z.object({ subscriber: z.string().min(1).max(100) });

/** Where a webhook stands, with the last attempts and nothing of what was sent or answered. */
export const WebhookView = Follower.pick({
  subscriber: true,
  url: true,
  state: true,
  cursor: true,
  failures: true,
  failingSince: true,
  nextTryAt: true,
  stopped: true,
  generation: true,
  attempts: true,
}).extend({ previousUntil: Instant.optional() });
export type WebhookView = z.infer<typeof WebhookView>;

/** Where a webhook of the province's file stands, or would in its first run; throws `not-found` for any other. */
export async function followerOf({ subscriber, now }: { subscriber: string; now: string }): Promise<Follower> {
  const webhook = webhooks.find((one) => one.subscriber === subscriber);
  if (!webhook) throw new Fault("not-found");
  const { url } = webhook;
  return atAddress((await readFollower(subscriber)) ?? newFollower({ subscriber, url, now }), { url, now });
}

export function webhookView(follower: Follower, now: string): WebhookView {
  return WebhookView.parse({ ...follower, previousUntil: previousSignsUntil(follower, now) });
}

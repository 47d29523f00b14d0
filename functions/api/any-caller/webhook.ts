import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import { Follower, standingOf } from "#shared/domain/telling/webhook.ts";
import { previousSignsUntil } from "#shared/domain/telling/webhook-signature.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { webhooks } from "#shared/province/slices.static.ts";
import { readFollower } from "#shared/store/events/followers.ts";

const Standing = Follower.pick({
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
export const WebhookView = Standing.extend({ subscriber: z.string(), url: z.string() });

/** The same for its owner: the host alone, since an address's path may be known to those alone who receive there. */
export const OwnWebhookView = Standing.extend({ host: z.string() });

export type Asked = { subscriber: string; now: string };

/** Where a webhook of the province's file stands, or would in its first run; throws `not-found` for any other. */
export async function followerOf({ subscriber, now }: Asked): Promise<Follower> {
  const webhook = webhooks.find((one) => one.subscriber === subscriber);
  if (!webhook) throw new Fault("not-found", { because: "webhook-missing" });
  return standingOf(await readFollower(subscriber), { ...webhook, now });
}

export function webhookView(follower: Follower, now: string): z.infer<typeof WebhookView> {
  return WebhookView.parse({ ...follower, previousUntil: previousSignsUntil(follower, now) });
}

export function ownWebhookView(follower: Follower, now: string): z.infer<typeof OwnWebhookView> {
  return OwnWebhookView.parse({ ...webhookView(follower, now), host: new URL(follower.url).host });
}

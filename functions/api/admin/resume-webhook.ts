import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Fault } from "#shared/domain/fault.ts";
import { resumed } from "#shared/domain/telling/webhook.ts";
import { later } from "#shared/domain/time/duration.ts";
import { keyLifetimeSeconds } from "#shared/store/complaints/expiry.ts";
import { tendFollower } from "#shared/store/events/followers.ts";
import { followerOf, SubscriberPath, WebhookView, webhookView } from "./webhook-view.ts";

const Resuming = z.strictObject({
  after: z
    .string()
    .regex(/^[A-Z0-9-]{14}\/\d{1,6}$/)
    .optional(),
});

/** POST /v1/admin/deliveries/{subscriber}/resume: sends on from where it stopped, or after another event of its feed. */
export const resumeWebhook = route({
  caller: "admin",
  summary: { en: "Resume a webhook", fa: "ازسرگیری ارسال به یک وب‌هوک" },
  path: SubscriberPath,
  body: Resuming,
  answer: { status: 200, schema: WebhookView.meta({ id: "WebhookDelivery" }) },
  problems: ["not-found", "idempotency-key-reused"],
  async run({ path: { subscriber }, body: { after }, principal: by, once, now }) {
    const follower = await tendFollower({
      act: "webhook-resumed",
      by,
      now,
      read: () => followerOf({ subscriber, now }),
      tended(before) {
        const last =
          before.resumedBy && later(before.resumedBy.at, keyLifetimeSeconds * 1_000) > now
            ? before.resumedBy
            : undefined;
        if (!once || last?.keyMac !== once.keyMac) return resumed(before, { after, by: once, now });
        if (last.bodyMac !== once.bodyMac) throw new Fault("idempotency-key-reused");
        return before;
      },
    });
    return { status: 200, body: webhookView(follower, now) };
  },
});

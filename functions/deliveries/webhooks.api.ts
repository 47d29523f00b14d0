import * as z from "zod";
import { invalidFault } from "#shared/fault.ts";
import { readWebhookKey } from "#shared/storage/secrets.ts";
import { Instant } from "#shared/time/calendar.ts";
import { route } from "../http/route.ts";
import { previousSecretValidUntil, webhookSecret } from "./webhook.ts";
import {
  ResumeBody,
  readWebhookOf,
  resumeWebhookSubscription,
  WebhookView,
  webhookView,
} from "./webhook-requests.api.ts";
import { changeWebhookSubscription } from "./webhook-subscriptions.store.ts";

/** The owner of a webhook: `agency:` with the agency's id, or `front-end:` with the client's id. */
const SubscriberPath = z.object({ subscriber: z.string().min(1).max(100) });

/** GET /v1/admin/webhooks/{subscriber}: the state of a webhook, and its last attempts. */
export const readWebhook = route({
  caller: "admin",
  summary: { en: "Read where a webhook stands", fa: "وضعیت ارسال به یک وب‌هوک" },
  path: SubscriberPath,
  answer: { status: 200, schema: WebhookView.meta({ id: "Webhook" }) },
  problems: ["not-found"],
  async run({ path: { subscriber }, now }) {
    return { status: 200, body: webhookView(await readWebhookOf({ subscriber, now }), now) };
  },
});

/**
 * POST /v1/admin/webhooks/{subscriber}/resume: resumes a webhook after the last accepted event, or after the event that the
 * body names.
 */
export const resumeWebhook = route({
  caller: "admin",
  summary: { en: "Resume a webhook", fa: "ازسرگیری ارسال به یک وب‌هوک" },
  path: SubscriberPath,
  body: ResumeBody,
  answer: { status: 200, schema: WebhookView.meta({ id: "Webhook" }) },
  problems: ["not-found", "idempotency-key-reused"],
  async run({ path: { subscriber }, body: { after }, principal: admin, idempotencyKey, now }) {
    return {
      status: 200,
      body: webhookView(await resumeWebhookSubscription({ subscriber, after, idempotencyKey, admin, now }), now),
    };
  },
});

const SecretVersion = z.int().min(1).max(1_000_000);
const WebhookSecretReply = z
  .object({ secretVersion: SecretVersion, secret: z.string(), previousSecretUntil: Instant.optional() })
  .meta({ id: "WebhookSecret" });

/**
 * PUT /v1/admin/webhooks/{subscriber}/secret: returns the webhook's current secret if `secretVersion` is its
 * number. The next number makes the next secret and returns it. Throws `invalid` for any other number.
 */
export const readWebhookSecret = route({
  caller: "admin",
  summary: { en: "Get or replace a webhook's secret", fa: "دریافت یا تعویض کلید امضای یک وب‌هوک" },
  path: SubscriberPath,
  body: z.strictObject({ secretVersion: SecretVersion }),
  answer: { status: 200, schema: WebhookSecretReply },
  problems: ["not-found"],
  async run({ path: { subscriber }, body: { secretVersion }, principal: { clientId, person }, now }) {
    const subscription = await changeWebhookSubscription({
      audit: { type: "webhook-secret-requested", at: now, clientId, person },
      read: () => readWebhookOf({ subscriber, now }),
      change(before) {
        if (secretVersion === before.secretVersion) return before;
        if (secretVersion !== before.secretVersion + 1) throw invalidFault("secretVersion", "not-current-or-next");
        return { ...before, secretVersion, secretVersionSince: now };
      },
    });
    const secret = webhookSecret(await readWebhookKey(), subscription);
    return {
      status: 200,
      body: { secretVersion, secret, previousSecretUntil: previousSecretValidUntil(subscription, now) },
    };
  },
});

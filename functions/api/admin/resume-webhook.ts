import { route } from "#functions/pipelines/route.ts";
import { Resuming, resume } from "../any-caller/resuming.ts";
import { WebhookView, webhookView } from "../any-caller/webhook.ts";
import { SubscriberPath } from "./subscriber-path.ts";

/** POST /v1/admin/deliveries/{subscriber}/resume: sends on from where it stopped, or after another event of its feed. */
export const resumeWebhook = route({
  caller: "admin",
  summary: { en: "Resume a webhook", fa: "ازسرگیری ارسال به یک وب‌هوک" },
  path: SubscriberPath,
  body: Resuming,
  answer: { status: 200, schema: WebhookView.meta({ id: "WebhookDelivery" }) },
  problems: ["not-found", "idempotency-key-reused"],
  async run({ path: { subscriber }, body: { after }, principal: admin, once, now }) {
    return { status: 200, body: webhookView(await resume({ subscriber, after, once, admin, now }), now) };
  },
});

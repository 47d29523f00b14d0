import { route } from "#functions/pipelines/route.ts";
import { followerOf, WebhookView, webhookView } from "../any-caller/webhook.ts";
import { SubscriberPath } from "./subscriber-path.ts";

/** GET /v1/admin/deliveries/{subscriber}: where a webhook stands, and its last attempts. */
export const readWebhook = route({
  caller: "admin",
  summary: { en: "Read where a webhook stands", fa: "وضعیت ارسال به یک وب‌هوک" },
  path: SubscriberPath,
  answer: { status: 200, schema: WebhookView.meta({ id: "WebhookDelivery" }) },
  problems: ["not-found"],
  async run({ path: { subscriber }, now }) {
    return { status: 200, body: webhookView(await followerOf({ subscriber, now }), now) };
  },
});

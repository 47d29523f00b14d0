import { route } from "#functions/pipelines/route.ts";
import { subscriberOf } from "#shared/province/webhooks.ts";
import { followerOf, OwnWebhookView, ownWebhookView } from "../any-caller/webhook.ts";

/** GET /v1/front-end/deliveries: where the caller's own webhook stands, and its last attempts. */
export const readWebhookAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Read where one's own webhook stands", fa: "وضعیت ارسال به وب‌هوک همین درگاه" },
  answer: { status: 200, schema: OwnWebhookView.meta({ id: "OwnDelivery" }) },
  problems: ["not-found"],
  async run({ principal: { clientId }, now }) {
    const own = await followerOf({ subscriber: subscriberOf({ clientId }), now });
    return { status: 200, body: ownWebhookView(own, now) };
  },
});

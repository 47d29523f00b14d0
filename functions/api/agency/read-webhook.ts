import { route } from "#functions/pipelines/route.ts";
import { subscriberOf } from "#shared/province/webhooks.ts";
import { followerOf, OwnWebhookView, ownWebhookView } from "../any-caller/webhook.ts";

/** GET /v1/agency/deliveries: where the caller's own webhook stands, and its last attempts. */
export const readWebhookAsAgency = route({
  caller: "agency",
  summary: { en: "Read where one's own webhook stands", fa: "وضعیت ارسال به وب‌هوک همین دستگاه" },
  answer: { status: 200, schema: OwnWebhookView.meta({ id: "OwnDelivery" }) },
  problems: ["not-found"],
  async run({ principal: { agencyId }, now }) {
    const own = await followerOf({ subscriber: subscriberOf({ agencyId }), now });
    return { status: 200, body: ownWebhookView(own, now) };
  },
});

import { route } from "#functions/pipelines/route.ts";
import { subscriberOf } from "#shared/province/webhooks.ts";
import { Resuming, resume } from "../any-caller/resuming.ts";
import { OwnWebhookView, ownWebhookView } from "../any-caller/webhook.ts";

/** POST /v1/front-end/deliveries/resume: sends on from where the caller's own webhook stopped, or after another event. */
export const resumeWebhookAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Resume one's own webhook", fa: "ازسرگیری ارسال به وب‌هوک همین درگاه" },
  body: Resuming,
  answer: { status: 200, schema: OwnWebhookView.meta({ id: "OwnDelivery" }) },
  problems: ["not-found", "idempotency-key-reused"],
  async run({ principal: { clientId }, body: { after }, once, now }) {
    const own = await resume({ subscriber: subscriberOf({ clientId }), after, once, now });
    return { status: 200, body: ownWebhookView(own, now) };
  },
});

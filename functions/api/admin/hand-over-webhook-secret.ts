import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { invalid } from "#shared/domain/fault.ts";
import { previousSignsUntil, webhookSecret } from "#shared/domain/telling/webhook-signature.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { tendFollower } from "#shared/store/events/followers.ts";
import { readWebhookKey } from "#shared/store/secrets.ts";
import { followerOf } from "../any-caller/webhook.ts";
import { SubscriberPath } from "./subscriber-path.ts";

const Generation = z.int().min(1).max(1_000_000);
const Handed = z
  .object({ generation: Generation, secret: z.string(), previousUntil: Instant.optional() })
  .meta({ id: "WebhookSecret" });

/**
 * PUT /v1/admin/deliveries/{subscriber}/secret: tells the secret of the present generation, or begins the next one.
 */
export const handOverWebhookSecret = route({
  caller: "admin",
  summary: { en: "Get or replace a webhook's secret", fa: "دریافت یا تعویض کلید امضای یک وب‌هوک" },
  path: SubscriberPath,
  body: z.strictObject({ generation: Generation }),
  answer: { status: 200, schema: Handed },
  problems: ["not-found"],
  async run({ path: { subscriber }, body: { generation }, principal: { clientId: client, person }, now }) {
    const follower = await tendFollower({
      noting: { type: "webhook-secret-told", at: now, client, person },
      read: () => followerOf({ subscriber, now }),
      tended(before) {
        if (generation === before.generation) return before;
        if (generation !== before.generation + 1) throw invalid("generation", "not-current-or-next");
        return { ...before, generation, generationSince: now };
      },
    });
    const secret = webhookSecret(await readWebhookKey(), follower);
    return { status: 200, body: { generation, secret, previousUntil: previousSignsUntil(follower, now) } };
  },
});

import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { standingOf } from "#shared/domain/telling/webhook.ts";
import { webhooks } from "#shared/province/slices.static.ts";
import { readFollowers } from "#shared/store/events/followers.ts";
import { listUndelivered, Undelivered } from "#shared/store/events/undelivered.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf } from "../any-caller/lists.ts";
import { WebhookView, webhookView } from "../any-caller/webhook.ts";

const Delivery = Undelivered.omit({ place: true });
const Standing = WebhookView.omit({ attempts: true }).meta({ id: "WebhookStanding" });
const Page = pageOf(Delivery).extend({ webhooks: z.array(Standing) });

/**
 * GET /v1/admin/deliveries: the events that could not be delivered and have not been sent again, the oldest first; and
 * where each webhook stands.
 */
export const listDeliveries = route({
  caller: "admin",
  summary: {
    en: "List events that could not be delivered, and where webhooks stand",
    fa: "فهرست رویدادهای تحویل‌نشده و وضعیت وب‌هوک‌ها",
  },
  query: Paging,
  answer: { status: 200, schema: Page.meta({ id: "DeliveryPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor }, now }) {
    const bound = { list: "deliveries" };
    const from = readCursor(cursor, bound);
    const [{ items, next }, known] = await Promise.all([listUndelivered({ limit, from }), readFollowers()]);
    const told = items.map(({ place: _, ...delivery }) => delivery);
    const standing = webhooks
      .filter(({ subscriber }) => known.get(subscriber) || !known.has(subscriber))
      .map((one) => Standing.parse(webhookView(standingOf(known.get(one.subscriber), { ...one, now }), now)));
    return { status: 200, body: { items: told, webhooks: standing, nextCursor: writeCursor(next, bound) } };
  },
});

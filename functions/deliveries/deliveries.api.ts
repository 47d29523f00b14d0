import { randomUUID } from "node:crypto";
import * as z from "zod";
import { directory, webhooks } from "#shared/province/slices.static.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { RedriveRequest, redriveDueAt, selectForRedrive } from "./redrive.ts";
import { createRedriveOrder } from "./redrives.store.ts";
import { listUndelivered, UndeliveredEvent } from "./undelivered-events.store.ts";
import { currentSubscription } from "./webhook.ts";
import { WebhookView, webhookView } from "./webhook-requests.api.ts";
import { readWebhookSubscriptions } from "./webhook-subscriptions.store.ts";

const Delivery = UndeliveredEvent.omit({ itemKey: true });
const WebhookSummary = WebhookView.omit({ attempts: true }).meta({ id: "WebhookSummary" });
const Page = pageOf(Delivery).extend({ webhooks: z.array(WebhookSummary) });

/**
 * GET /v1/admin/deliveries: the events that could not be delivered and have not been sent again, the oldest first, and the
 * state of each webhook.
 */
export const listDeliveries = route({
  caller: "admin",
  summary: {
    en: "List events that could not be delivered, and where webhooks stand",
    fa: "فهرست رویدادهای تحویل‌نشده و وضعیت وب‌هوک‌ها",
  },
  query: Paging,
  answer: { status: 200, schema: Page.meta({ id: "UndeliveredEventPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor }, now }) {
    const bound = { list: "deliveries" };
    const from = readCursor(cursor, bound);
    const [{ items, next }, known] = await Promise.all([
      listUndelivered({ limit, from, now }),
      readWebhookSubscriptions(),
    ]);
    const deliveries = items.map(({ itemKey: _, ...delivery }) => delivery);
    // A webhook whose subscription cannot be read is skipped: its key is in the map, without a value.
    const webhookSummaries = webhooks
      .filter(({ subscriber }) => known.get(subscriber) || !known.has(subscriber))
      .map((webhook) =>
        WebhookSummary.parse(webhookView(currentSubscription(known.get(webhook.subscriber), { ...webhook, now }), now)),
      );
    const nextCursor = writeCursor(next, bound);
    return { status: 200, body: { items: deliveries, webhooks: webhookSummaries, nextCursor } };
  },
});

const RedriveOrderView = z
  .object({
    order: z.object({
      eventIds: z.array(z.string()).optional(),
      since: Instant.optional(),
      until: Instant.optional(),
      agencyId: z.string().optional(),
    }),
    orderedAt: Instant,
  })
  .meta({ id: "RedriveOrder" });

/** POST /v1/admin/deliveries/redrive: orders that events are sent again under their ids. Mails are not sent twice. */
export const orderRedrive = route({
  caller: "admin",
  summary: { en: "Have events sent again", fa: "ارسال دوبارهٔ رویدادها" },
  body: RedriveRequest,
  answer: { status: 200, schema: RedriveOrderView },
  problems: ["unknown-agency", "idempotency-key-reused"],
  async run({ body, principal, idempotencyKey, now }) {
    const order = selectForRedrive(body, { now, agencies: directory.agencies });
    const given = await createRedriveOrder({
      id: idempotencyKey?.keyMac ?? randomUUID(),
      bodyMac: idempotencyKey?.bodyMac,
      order,
      orderedAt: now,
      clientId: principal.clientId,
      person: principal.person,
      version: 1,
      progress: { sent: 0, failed: 0 },
      dueAt: redriveDueAt(order, now),
    });
    return { status: 200, body: { order: given.order, orderedAt: given.orderedAt } };
  },
});

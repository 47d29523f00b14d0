import { randomUUID } from "node:crypto";
import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { RedriveWish, redriveDueAt, redriveOf } from "#shared/domain/telling/redrive.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { directory } from "#shared/province/slices.static.ts";
import { orderOnce } from "#shared/store/events/redrives.ts";

const Ordered = z
  .object({
    ordered: z.object({
      eventIds: z.array(z.string()).optional(),
      since: Instant.optional(),
      until: Instant.optional(),
      agencyId: z.string().optional(),
    }),
    orderedAt: Instant,
  })
  .meta({ id: "RedriveOrder" });

/** POST /v1/admin/deliveries/redrive: has events sent again, under the same ids; sent mails are not sent again. */
export const orderRedrive = route({
  caller: "admin",
  summary: { en: "Have events sent again", fa: "ارسال دوبارهٔ رویدادها" },
  body: RedriveWish,
  answer: { status: 200, schema: Ordered },
  problems: ["unknown-agency", "idempotency-key-reused"],
  async run({ body, principal, once, now }) {
    const order = redriveOf(body, { now, agencies: directory.agencies });
    const { order: ordered, orderedAt } = await orderOnce({
      id: once?.keyMac ?? randomUUID(),
      bodyMac: once?.bodyMac,
      order,
      orderedAt: now,
      client: principal.clientId,
      person: principal.person,
      version: 1,
      walk: { sent: 0, failed: 0 },
      dueAt: redriveDueAt(order, now),
    });
    return { status: 200, body: { ordered, orderedAt } };
  },
});

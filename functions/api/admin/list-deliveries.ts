import { route } from "#functions/pipelines/route.ts";
import { listUndelivered, Undelivered } from "#shared/store/events/undelivered.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf } from "../any-caller/lists.ts";

const Delivery = Undelivered.omit({ place: true });

/** GET /v1/admin/deliveries: the events that could not be delivered and have not been sent again, the oldest first. */
export const listDeliveries = route({
  caller: "admin",
  summary: { en: "List events that could not be delivered", fa: "فهرست رویدادهای تحویل‌نشده" },
  query: Paging,
  answer: { status: 200, schema: pageOf(Delivery).meta({ id: "DeliveryPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor } }) {
    const bound = { list: "deliveries" };
    const { items, next } = await listUndelivered({ limit, from: readCursor(cursor, bound) });
    const told = items.map(({ place: _, ...delivery }) => delivery);
    return { status: 200, body: { items: told, nextCursor: writeCursor(next, bound) } };
  },
});

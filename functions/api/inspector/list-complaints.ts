import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { DeskItem } from "#shared/domain/telling/view.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { claimsOf, listClaimedIds, readClaims } from "#shared/store/complaints/claims.ts";
import { type DeskQuery, listClaimed, listDesk, listPressed, listVisits } from "#shared/store/complaints/desks.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf, YesOrNo } from "../any-caller/lists.ts";

const Queue = z.enum(["disputed", "escalated", "visits", "pressed"]);

const lists: Record<z.infer<typeof Queue>, (query: DeskQuery) => ReturnType<typeof listDesk>> = {
  disputed: (query) => listDesk({ ...query, fromLevel: 0, disputed: true }),
  escalated: (query) => listDesk({ ...query, fromLevel: 1 }),
  visits: listVisits,
  pressed: listPressed,
};

const Query = Paging.extend({
  queue: Queue.optional(),
  countyId: Slug.optional(),
  mine: YesOrNo.optional(),
}).refine(({ queue, mine }) => queue || mine, { params: { rule: "queue-or-mine" }, path: ["queue"] });

/** GET /v1/inspector/complaints: what waits for an inspector, or what this one works on, with who works on each. */
export const listComplaintsAsInspector = route({
  caller: "inspector",
  summary: { en: "List what waits for an inspector", fa: "کارتابل بازرس" },
  query: Query,
  answer: { status: 200, schema: pageOf(DeskItem).meta({ id: "DeskPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { person }, query: { limit, cursor, ...asked }, now }) {
    const { queue, countyId, mine } = asked;
    const bound = { list: "desk", ...asked, ...(mine && { person }) };
    const wanted = {
      limit,
      from: readCursor(cursor, bound),
      countyIds: countyId === undefined ? undefined : [countyId],
      ids: queue && mine ? await listClaimedIds(person, now) : undefined,
    };
    const { items, next } = await (queue ? lists[queue](wanted) : listClaimed(wanted, claimsOf(person, now)));
    const claims = await readClaims(
      items.map(({ id }) => id),
      now,
    );
    const told = items.map((item) => ({ ...item, claim: claims.get(item.id) }));
    return { status: 200, body: { items: told, nextCursor: writeCursor(next, bound) } };
  },
});

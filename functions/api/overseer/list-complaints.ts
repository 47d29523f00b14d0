import { route } from "#functions/pipelines/route.ts";
import { DeskItem } from "#shared/domain/telling/view.ts";
import { listDesk } from "#shared/store/complaints/desks.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf } from "../any-caller/lists.ts";

/** GET /v1/overseer/complaints: open complaints at the overseer's rung or above, in its counties. */
export const listComplaintsAsOverseer = route({
  caller: "overseer",
  summary: { en: "List what has climbed to one's rung", fa: "شکایت‌های رسیده به این سطح نظارت" },
  query: Paging,
  answer: { status: 200, schema: pageOf(DeskItem).meta({ id: "OverseerPage" }) },
  problems: ["cursor-invalid"],
  async run({ principal: { clientId, fromLevel, countyIds }, query: { limit, cursor } }) {
    const bound = { list: "overseer", clientId };
    const { items, next } = await listDesk({ fromLevel, countyIds, limit, from: readCursor(cursor, bound) });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});

import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { DeskItem } from "#shared/domain/telling/view.ts";
import { listDesk, listPressed, listVisits } from "#shared/store/complaints/desks.ts";
import type { Position } from "#shared/store/pages.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf } from "../any-caller/lists.ts";

const Queue = z.enum(["disputed", "escalated", "visits", "pressed"]);
type Page = { limit: number; from: Position | undefined };

const lists: Record<z.infer<typeof Queue>, (page: Page) => ReturnType<typeof listDesk>> = {
  disputed: (page) => listDesk({ ...page, fromLevel: 0, disputed: true }),
  escalated: (page) => listDesk({ ...page, fromLevel: 1 }),
  visits: listVisits,
  pressed: listPressed,
};

/** GET /v1/inspector/complaints: what waits for an inspector. */
export const listComplaintsAsInspector = route({
  caller: "inspector",
  summary: { en: "List what waits for an inspector", fa: "کارتابل بازرس" },
  query: Paging.extend({ queue: Queue }),
  answer: { status: 200, schema: pageOf(DeskItem).meta({ id: "DeskPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { queue, limit, cursor } }) {
    const bound = { list: "desk", queue };
    const { items, next } = await lists[queue]({ limit, from: readCursor(cursor, bound) });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});

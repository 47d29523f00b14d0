import { route } from "#functions/pipelines/route.ts";
import { Fault } from "#shared/domain/fault.ts";
import { phoneReadsPerDay } from "#shared/province/slices.static.ts";
import { failureOf, log } from "#shared/runtime/log.ts";
import { listCalls } from "#shared/store/complaints/calls.ts";
import { countReads } from "#shared/store/complaints/identity-limits.ts";
import { readCursor, writeCursor } from "../any-caller/cursor.ts";
import { Paging, pageOf } from "../any-caller/lists.ts";
import { Callback, isUnread, readCallback } from "./callback.ts";

const bound = { list: "callbacks" };

/** GET /v1/front-end/callbacks: whom to call now; the citizen sees that the phone was read. */
export const listCallbacks = route({
  caller: "front-end",
  summary: {
    en: "List whom to call back now; the citizens see that",
    fa: "فهرست شهروندانی که اکنون باید با آنان تماس گرفته شود (به شهروند اعلام می‌شود)",
  },
  query: Paging,
  answer: { status: 200, schema: pageOf(Callback).meta({ id: "CallbackPage" }) },
  problems: ["not-allowed", "cursor-invalid", "too-many"],
  quota: "phones",
  async run({ principal: by, query: { limit, cursor }, now }) {
    const { ids, next } = await listCalls({ now, limit, from: readCursor(cursor, bound) });
    const unread = await Promise.all(ids.map((id) => isUnread(id, now).catch(leaveOut)));
    const fresh = ids.filter((_, n) => unread[n]);
    const counting = { sub: by.clientId, now, name: "phones", most: phoneReadsPerDay, wanted: fresh.length } as const;
    // Who was listed today already is listed again for nothing.
    const { granted, quota } = fresh.length > 0 ? await countReads(counting) : { granted: 0, quota: undefined };
    const held = fresh.slice(granted);
    const shown = ids.filter((id, n) => unread[n] !== undefined && !held.includes(id));
    const found = await Promise.all(shown.map((id) => readCallback({ id, by, now }).catch(leaveOut)));
    const items = found.flatMap((one) => one ?? []);
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) }, quota };
  },
});

/** One that cannot be read now must not hide the others. */
function leaveOut(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error;
  log.warn("callback left out", { failure: failureOf(error) });
}

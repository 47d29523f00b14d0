import { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { EventType } from "#shared/domain/complaint/event.ts";
import { isDue, keptNoLonger } from "#shared/domain/complaint/forgetting.ts";
import { retention } from "#shared/province/slices.static.ts";
import { complaintKey, headKey } from "#shared/runtime/keys.ts";
import { type Item, readTogether } from "../items.ts";
import { readPage } from "../pages.ts";
import { readable } from "../readable.ts";

type EntriesQuery = Parameters<typeof readPage>[0] & { now: string };

/** One page of a feed's entries, without those that are shown no more; `next` is where the following page starts. */
export async function readEntries({ now, limit, from, ...query }: EntriesQuery) {
  const items: Item[] = [];
  let next = from;
  do {
    const page = await readPage({ ...query, limit: limit - items.length, from: next });
    items.push(...(await shownOf(page.items, now)));
    next = page.next;
  } while (next && items.length < limit);
  return { items, next };
}

const Head = Complaint.pick({ id: true, closedAt: true });

/** What may happen after a case was closed, and so be younger than the case's own end. */
const afterClosing: readonly EventType[] = ["statement-added", "visit-reported"];

/**
 * Entries without those of cases that would be forgotten altogether by now, were they not held: whose feed it is, is told
 * of no hold (`isShownAsForgotten`). The head is read only for entries that may be of such a case. Throws `unavailable`
 * where a head cannot be read: to show its entries could tell of a hold, and a reader never comes back for skipped ones.
 */
export async function shownOf(entries: Item[], now: string): Promise<Item[]> {
  const asked = { kind: "events", now, retention } as const;
  const until = keptNoLonger(asked);
  const mayBePast = ({ at, type }: Item) => String(at) <= until || afterClosing.some((one) => one === type);
  const ids = new Set(entries.filter(mayBePast).map(({ complaintId }) => String(complaintId)));
  const heads = await readTogether([...ids].map((id) => ({ pk: complaintKey(id), sk: headKey })));
  const past = heads.map((head) => readable(Head, head)).filter((head) => isDue(head, asked));
  const hidden = new Set(past.map(({ id }) => id));
  return entries.filter(({ complaintId }) => !hidden.has(String(complaintId)));
}

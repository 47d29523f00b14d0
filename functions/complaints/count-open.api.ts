import type { ComplaintList } from "#shared/complaints/lists.store.ts";
import { names } from "#shared/province/slices.static.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { readSoonUntil } from "./soon-until.api.ts";
import { type Summary, summaryOf } from "./summary.ts";

/** Counts all open complaints of a list. */
export async function countOpen(list: ComplaintList, now: Instant): Promise<Summary> {
  return summaryOf(complaintsOf(list), { now, names, soonUntil: await readSoonUntil(now) });
}

/** Each complaint counts once: a complaint that moves in the list during the reading may come twice. */
async function* complaintsOf(list: ComplaintList) {
  const seen = new Set<string>();
  for await (const { shown } of list) {
    if (!shown || seen.has(shown.complaint.id)) continue;
    seen.add(shown.complaint.id);
    yield shown.complaint;
  }
}

import type { Instant } from "#shared/domain/time/calendar.ts";
import { deadlineAfter } from "#shared/domain/time/office-clock.ts";
import { type Summary, summaryOf } from "#shared/domain/views/summary.ts";
import type { ComplaintList } from "#shared/persistence/complaints/lists.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { names } from "#shared/province/slices.static.ts";

const soon = { clock: "office-hours", duration: "PT2H" } as const;

/** Counts the open complaints of a list, whole. */
export async function countOpen(list: ComplaintList, now: Instant): Promise<Summary> {
  const calendarOf = await readCalendars({ from: now });
  const soonUntil = new Map<string, Instant>();
  const soonUntilIn = (countyId: string) => {
    const until =
      soonUntil.get(countyId) ?? deadlineAfter({ start: now, policy: soon, calendar: calendarOf(countyId) });
    soonUntil.set(countyId, until);
    return until;
  };
  return summaryOf(complaintsOf(list), { now, names, soonUntil: soonUntilIn });
}

/** Each complaint once: one that moves in the list while it is read may come again. */
async function* complaintsOf(list: ComplaintList) {
  const seen = new Set<string>();
  for await (const { shown } of list) {
    if (!shown || seen.has(shown.complaint.id)) continue;
    seen.add(shown.complaint.id);
    yield shown.complaint;
  }
}

import type { SoonUntil } from "#shared/domain/complaint/complaint.ts";
import type { Filter } from "#shared/domain/complaint/filter.ts";
import { soonUntilBy } from "#shared/domain/deadlines/due-soon.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";

/** Until when a step counts as due soon, by the office hours that hold now: the same instant for lists and for their numbers. */
export async function readSoonUntil(now: Instant): Promise<SoonUntil> {
  return soonUntilBy({ now, calendarOf: await readCalendars({ from: now }) });
}

/** What the filter needs of the office hours: one read, and only where it asks for what is due soon. */
export async function soonUntilFor({ dueSoon }: Filter, now: Instant): Promise<SoonUntil | undefined> {
  return dueSoon === undefined ? undefined : readSoonUntil(now);
}

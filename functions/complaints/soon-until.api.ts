import type { SoonUntil } from "#shared/complaints/complaint.ts";
import { soonUntilBy } from "#shared/complaints/due-soon.ts";
import type { Filter } from "#shared/complaints/filter.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { readCalendars } from "../hours/office-hours.store.ts";

/** Until when a step counts as due soon, by the present office hours. Lists and their numbers use the same instant. */
export async function readSoonUntil(now: Instant): Promise<SoonUntil> {
  return soonUntilBy({ now, calendarOf: await readCalendars({ from: now }) });
}

/** The office hours for the filter. They are read once, and only if the filter asks for steps that are due soon. */
export async function soonUntilFor({ dueSoon }: Filter, now: Instant): Promise<SoonUntil | undefined> {
  return dueSoon === undefined ? undefined : readSoonUntil(now);
}

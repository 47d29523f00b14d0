import { type Calendar, deadlineAfter } from "../hours/office-clock.ts";
import { dueSoonHours } from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import type { SoonUntil } from "./complaint.ts";

type Hours = { now: Instant; calendarOf: (countyId: string) => Calendar };

/** Returns the instant, by county, at which the offices have been open for `dueSoonHours` from now. */
export function soonUntilBy({ now, calendarOf }: Hours): SoonUntil {
  const policy = { clock: "office-hours", duration: `PT${dueSoonHours}H` } as const;
  const known = new Map<string, Instant>();
  return (countyId) => {
    const until = known.get(countyId) ?? deadlineAfter({ start: now, policy, calendar: calendarOf(countyId) });
    known.set(countyId, until);
    return until;
  };
}

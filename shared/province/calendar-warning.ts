import { calendarEnd, knownUntil } from "#shared/domain/time/calendar-end.ts";
import type { Province } from "./province.ts";

/** What to do about a national calendar that has ended, or ends within 90 days; undefined where it goes on for longer. */
export function calendarWarning({ officeHours }: Province, now: string): string | undefined {
  const until = knownUntil(officeHours);
  const { ended, endsSoon } = calendarEnd(until, now);
  if (!endsSoon) return undefined;
  const last = officeHours.national.at(-1)?.to;
  return `The national calendar ${ended ? "ended" : "ends"} on ${until} (weekly hours on ${last}, holidays on ${officeHours.holidaysUntil}): after that the last week repeats, without holidays. Add the next year to calendar/national.json.`;
}

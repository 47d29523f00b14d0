import { calendarWarningDays } from "../policy-numbers.ts";
import type { OfficeHours } from "./calendar.ts";
import { dayMs } from "./duration.ts";
import { localDate } from "./local-time.ts";

/** The last day for which the country's hours and holidays are both known. */
export function knownUntil({ national, holidaysUntil }: Pick<OfficeHours, "national" | "holidaysUntil">): string {
  const last = national.at(-1)?.to ?? "";
  return last < holidaysUntil ? last : holidaysUntil;
}

/** Whether a calendar that is known up to a day has ended, or ends within 90 days. */
export function calendarEnd(until: string, now: string): { ended: boolean; endsSoon: boolean } {
  const today = localDate(now);
  const daysLeft = (Date.parse(until) - Date.parse(today)) / dayMs;
  return { ended: daysLeft < 0, endsSoon: daysLeft < calendarWarningDays };
}

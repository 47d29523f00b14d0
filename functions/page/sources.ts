import { fingerprint } from "#shared/domain/digest.ts";
import { calendarOf, type Hours } from "#shared/domain/time/hours-change.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { openHours } from "#shared/domain/time/open-hours.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import { pageProvince } from "#shared/province/slices.static.ts";
import { readDay } from "#shared/store/hours/office-hours.ts";
import type { ClosedMonth } from "#shared/store/statistics/closed.ts";
import { readClosedMonths } from "#shared/store/statistics/derived.ts";
import { readLastWaiting, type WaitingCount } from "#shared/store/statistics/waiting.ts";
import type { Material } from "./material.ts";

/** Whatever the site is made of that changes, but for the figures themselves, which never do: in three small reads. */
export type Sources = { closed: ClosedMonth[]; count: WaitingCount | undefined; hours: Material["hours"] };

export async function readSources(now: Instant): Promise<Sources> {
  const date = localDate(now);
  const [closed, count, day] = await Promise.all([readClosedMonths(), readLastWaiting(now), readDay(date)]);
  const counties = pageProvince.counties.filter((county) => !isRetired(county, now));
  return { closed, count, hours: { date, counties: counties.map(({ id }) => hoursOf(id, { day, date })) } };
}

function hoursOf(countyId: string, { day, date }: { day: Hours; date: string }): Material["hours"]["counties"][number] {
  const { intervals: open, reason: fa, reasonEn: en } = openHours(calendarOf(day, countyId), date);
  return fa === undefined ? { countyId, open } : { countyId, open, reason: { fa, en } };
}

/** Another one where the site would be another. `made`: of the code and all that lies beside it. */
export function fingerprintOf({ closed, count, hours }: Sources, made: string): string {
  const editions = closed.map(({ month, edition }) => [month, edition]);
  return fingerprint(made, JSON.stringify([editions, count?.date, count?.countedAt, hours]));
}

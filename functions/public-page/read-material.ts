import { fingerprint } from "#shared/domain/digest.ts";
import { addMonths, type IranianMonth, iranianMonth } from "#shared/domain/statistics/period.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { type CurrentHours, calendarOf, openHours } from "#shared/domain/time/office-hours.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import { readDayHours } from "#shared/persistence/office-hours.ts";
import {
  type ClosedMonth,
  readClosedMonths,
  readDerivedTables,
  readLastWaiting,
  readWaiting,
  type WaitingCount,
} from "#shared/persistence/statistics/published.ts";
import { pageProvince } from "#shared/province/slices.static.ts";
import type { DerivedTable, PageData } from "./model/material.ts";
import { tablesOfPages } from "./model/reading.ts";

/** The inputs of the site that change from run to run. Published figures never change, so three small reads are enough. */
export type PageSources = { closed: ClosedMonth[]; count: WaitingCount | undefined; hours: PageData["hours"] };

export async function readSources(now: Instant): Promise<PageSources> {
  const date = localDate(now);
  const [closed, count, day] = await Promise.all([readClosedMonths(), readLastWaiting(now), readDayHours(date)]);
  const counties = pageProvince.counties.filter((county) => !isRetired(county, now));
  return { closed, count, hours: { date, counties: counties.map(({ id }) => hoursOf(id, { day, date })) } };
}

function hoursOf(
  countyId: string,
  { day, date }: { day: CurrentHours; date: string },
): PageData["hours"]["counties"][number] {
  const { intervals: open, reason } = openHours(calendarOf(day, countyId), date);
  return { countyId, open, ...(reason && { reason }) };
}

/** A fingerprint that changes if the site would change. `assetDigest`: the digest of the code and of the files beside it. */
export function fingerprintOf({ closed, count, hours }: PageSources, assetDigest: string): string {
  const editions = closed.map(({ month, edition }) => [month, edition]);
  return fingerprint(assetDigest, JSON.stringify([editions, count?.date, count?.countedAt, hours]));
}

/** Reads all figures that the pages show, table by table. */
export async function readPageData({ closed, count, hours }: PageSources, now: Instant): Promise<PageData> {
  const periods = closed.flatMap((month) =>
    month.periods.map((period) => ({ ...period, publishedOn: localDate(month.closedAt) })),
  );
  const byTable = Map.groupBy(tablesOfPages(periods), ({ table }) => table);
  const tables: DerivedTable[] = [];
  for (const [table, wanted] of byTable) {
    const derived = await readDerivedTables({ closed, table, periods: wanted.map(({ period }) => period) });
    tables.push(...derived.map((one) => ({ ...one, table })));
  }
  const frontEnds = pageProvince.frontEnds.filter((frontEnd) => !isRetired(frontEnd, now));
  return {
    province: { ...pageProvince, frontEnds },
    now,
    since: closed.at(-1)?.firstMonth,
    closed: periods,
    closedUntil: closed.at(-1)?.month,
    tables,
    waiting: count && {
      date: count.date,
      countedAt: count.countedAt,
      count,
      past: await readPastCounts(iranianMonth(count.countedAt)),
    },
    hours,
  };
}

/** How many earlier months the waiting complaints are compared with. */
const monthsBefore = 24;

async function readPastCounts(month: IranianMonth) {
  const months = Array.from({ length: monthsBefore }, (_, n) => addMonths(month, n - monthsBefore));
  const counts = await Promise.all(months.map(readWaiting));
  return counts.flatMap((one) => (one ? [{ date: one.date, province: one.province }] : []));
}

import { type IranianMonth, iranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import { pageProvince } from "#shared/province/slices.static.ts";
import { readDerived } from "#shared/store/statistics/derived.ts";
import { readWaiting } from "#shared/store/statistics/waiting.ts";
import type { DerivedTable, Material } from "./material.ts";
import { tablesOfPages } from "./model/reading.ts";
import type { Sources } from "./sources.ts";

/** Reads the figures that the pages are made of, each part of a table once. */
export async function readMaterial({ closed, count, hours }: Sources, now: Instant): Promise<Material> {
  const periods = closed.flatMap((month) =>
    month.periods.map((period) => ({ ...period, publishedOn: localDate(month.closedAt) })),
  );
  const byTable = Map.groupBy(tablesOfPages(periods), ({ table }) => table);
  const tables: DerivedTable[] = [];
  for (const [table, wanted] of byTable) {
    const derived = await readDerived({ closed, table, periods: wanted.map(({ period }) => period) });
    tables.push(...derived.map((one) => ({ ...one, table })));
  }
  const frontEnds = pageProvince.frontEnds.filter((frontEnd) => !isRetired(frontEnd, now));
  return {
    province: { ...pageProvince, frontEnds },
    now,
    since: closed.at(-1)?.since,
    closed: periods,
    closedUntil: closed.at(-1)?.month,
    tables,
    waiting: count && {
      date: count.date,
      countedAt: count.countedAt,
      count,
      past: await readPast(iranianMonth(count.countedAt)),
    },
    hours,
  };
}

const monthsBefore = 24;

async function readPast(month: IranianMonth) {
  const months = Array.from({ length: monthsBefore }, (_, n) => monthsLater(month, n - monthsBefore));
  const counts = await Promise.all(months.map(readWaiting));
  return counts.flatMap((one) => (one ? [{ date: one.date, province: one.province }] : []));
}

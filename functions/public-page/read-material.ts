import { fingerprint } from "#shared/digest.ts";
import { type CurrentHours, calendarOf, openHours } from "#shared/hours/office-hours.ts";
import { isRetired } from "#shared/province/retirement.ts";
import { pageProvince } from "#shared/province/slices.static.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { localDate } from "#shared/time/local-time.ts";
import { addMonths, type IranianMonth, iranianMonth } from "#shared/time/period.ts";
import {
  type ClosedMonth,
  readClosedMonths,
  readDerivedTables,
  readLastWaiting,
  readWaiting,
  type WaitingCount,
} from "../figures/published.store.ts";
import { readDayHours } from "../hours/office-hours.store.ts";
import type { Issue } from "../issues/issue.ts";
import { listOpenIssues, listPastIssues } from "../issues/issue-lists.store.ts";
import { publicIssueView } from "../issues/issue-views.ts";
import { readIssueRecord } from "../issues/issues.store.ts";
import { isLate } from "./model/issues.ts";
import type { DerivedTable, PageData } from "./model/material.ts";
import { tablesOfPages } from "./model/reading.ts";

/** An issue as it stands: its last event, and whether its agency is late. */
type IssueState = Pick<Issue, "id" | "version"> & { isLate: boolean };

/** The inputs of the site that change from run to run. Published figures never change, so a few small reads are enough. */
export type PageSources = {
  closed: ClosedMonth[];
  count: WaitingCount | undefined;
  hours: PageData["hours"];
  issues: IssueState[];
};

export async function readSources(now: Instant): Promise<PageSources> {
  const date = localDate(now);
  const [closed, count, day, issues] = await Promise.all([
    readClosedMonths(),
    readLastWaiting(now),
    readDayHours(date),
    readIssueStates(now),
  ]);
  const counties = pageProvince.counties.filter((county) => !isRetired(county, now));
  return { closed, count, hours: { date, counties: counties.map(({ id }) => hoursOf(id, { day, date })) }, issues };
}

/** How many issues the pages know: all that are not mended, unless a province has more at once than any has, and the last others. */
const mostIssues = { open: 200, past: 50 };

async function readIssueStates(now: Instant): Promise<IssueState[]> {
  const [open, past] = await Promise.all([
    listOpenIssues({ limit: mostIssues.open, from: undefined, now }),
    listPastIssues({ limit: mostIssues.past, from: undefined, now }),
  ]);
  return [...open.items, ...past.items].map((issue) => ({
    id: issue.id,
    version: issue.version,
    isLate: isLate(issue, now),
  }));
}

function hoursOf(
  countyId: string,
  { day, date }: { day: CurrentHours; date: string },
): PageData["hours"]["counties"][number] {
  const { intervals: open, reason } = openHours(calendarOf(day, countyId), date);
  return { countyId, open, ...(reason && { reason }) };
}

/** A fingerprint that changes if the site would change. `assetDigest`: the digest of the code and of the files beside it. */
export function fingerprintOf({ closed, count, hours, issues }: PageSources, assetDigest: string): string {
  const editions = closed.map(({ month, edition }) => [month, edition]);
  return fingerprint(assetDigest, JSON.stringify([editions, count?.date, count?.countedAt, hours, issues]));
}

/** Reads all figures that the pages show, table by table. */
export async function readPageData({ closed, count, hours, issues }: PageSources, now: Instant): Promise<PageData> {
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
    issues: await readIssues(issues, now),
  };
}

async function readIssues(states: readonly IssueState[], now: Instant): Promise<PageData["issues"]> {
  const records = await Promise.all(states.map(({ id }) => readIssueRecord(id)));
  return records.flatMap((record) => (record ? [publicIssueView(record, now)] : []));
}

/** How many earlier months the waiting complaints are compared with. */
const monthsBefore = 24;

async function readPastCounts(month: IranianMonth) {
  const months = Array.from({ length: monthsBefore }, (_, n) => addMonths(month, n - monthsBefore));
  const counts = await Promise.all(months.map(readWaiting));
  return counts.flatMap((one) => (one ? [{ date: one.date, province: one.province }] : []));
}

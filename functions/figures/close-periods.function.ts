import { fingerprint } from "#shared/digest.ts";
import { closingLateDays, mostMonthsWithoutFilings } from "#shared/policy-numbers.ts";
import { countedProvince, figureIds, servingAgencies } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { readStatisticsKey } from "#shared/storage/secrets.ts";
import { addMilliseconds, dayMs, minuteMs } from "#shared/time/duration.ts";
import { addMonths, type IranianMonth, monthsOf, periodsClosingWith } from "#shared/time/period.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { type CountingUnit, hasFilings, readCohort, readEventsAndConfidentialLog, shards } from "./cohorts.store.ts";
import { countRecordEntries } from "./count-record-entries.job.ts";
import { countWaitingComplaints } from "./count-waiting.job.ts";
import { type CountingTerms, countComplaint } from "./counted-complaint.ts";
import {
  hasSum,
  readCountedMonth,
  readLastSegment,
  type Segment,
  writeSegment,
  writeSum,
} from "./month-counts.store.ts";
import {
  closesAt,
  lastMonthToClose,
  monthsToCount,
  type PublishedPeriod,
  publish,
  startOfMonth,
} from "./publication.ts";
import { readLastClosed, saveClosedMonth, writePeriod } from "./published.store.ts";
import { servedCountiesAt } from "./rounding.ts";
import { addComplaint, type Counts, emptyCounts, sumOfCounts } from "./tables.ts";

/** After this time, the events from just before a month's closing are written and stand in the indexes. */
const feedDelayMs = 10 * minuteMs;

/**
 * Every hour: publishes the number of waiting complaints, once a month, and closes the next month with its quarter and its four
 * quarters. The next run continues where a run was cut short. Readers see a period only after all of it is written. No other
 * function reads the statistics key.
 */
export const handler = scheduled({
  budgetMs: 12 * minuteMs,
  async run(run) {
    // If one of them fails, the others are still done.
    const results = await Promise.allSettled([countWaitingComplaints(run), countRecordEntries(run), closePeriods(run)]);
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    const dueTimes = results.map((result) => (result.status === "fulfilled" ? result.value : run.now));
    return dueTimes.toSorted()[0] ?? run.now;
  },
});

/**
 * Closes every month that is due, one after the other, as far as the time of the run goes. Returns the time at which there is work
 * again. `segmentSize`: how many complaints are counted between two writes. The counts of 500 complaints fit into one item, however different they are.
 */
export async function closePeriods(run: Run, segmentSize = 500): Promise<string> {
  const { now, until } = run;
  for (;;) {
    const next = await nextClosing(now);
    const dueAt = addMilliseconds(closesAt(next.month), feedDelayMs);
    if (dueAt > now) return dueAt;
    // In a new province without any filing, a late closing is no fault and is not logged.
    if (next.since && addMilliseconds(dueAt, closingLateDays * dayMs) < now)
      log.error(logEvents.figuresNotPublished, { month: next.month });
    if (!(await countMonths(next, { ...run, segmentSize }))) return now;
    await publishMonth(next, now);
    if (performance.now() > until) return now;
  }
}

/** The month to close. `since`: the month of the first filing; undefined if nothing has been filed yet. */
type Closing = { month: IranianMonth; since: IranianMonth | undefined };

/** The month after the last closed one. A month without filings is closed too. */
async function nextClosing(now: string): Promise<Closing> {
  const last = await readLastClosed();
  const month = last ? addMonths(last.month, 1) : await firstToClose(now);
  if (last?.firstMonth) return { month, since: last.firstMonth };
  return { month, since: (await hasFilings(month)) ? month : undefined };
}

/** The month of the first filing; where nothing was filed, the latest month that can be closed. */
async function firstToClose(now: string): Promise<IranianMonth> {
  const last = lastMonthToClose(now);
  let first = last;
  for (let month = last, emptyMonths = 0; emptyMonths < mostMonthsWithoutFilings; month = addMonths(month, -1)) {
    const isFiledIn = await hasFilings(month);
    if (isFiledIn) first = month;
    emptyMonths = isFiledIn ? 0 : emptyMonths + 1;
  }
  return first;
}

type CountingBudget = Run & { segmentSize: number };

/**
 * Counts every month that the closing month's periods need. Continues where an earlier run stopped. Returns false if the
 * time ran out.
 */
async function countMonths({ month: closing, since }: Closing, budget: CountingBudget): Promise<boolean> {
  const months = since ? monthsToCount({ month: closing, since }) : [];
  const [first] = months;
  if (!first) return true;
  const calendarOf = await readCalendars({ from: startOfMonth(first) });
  const terms = { asOf: closesAt(closing), calendarOf, province: countedProvince };
  for (const unit of months.flatMap((month) => shards.map((shard) => ({ month, shard }))))
    if (!(await countUnit({ closing, unit, terms }, budget))) return false;
  return true;
}

type UnitCounting = { closing: string; unit: CountingUnit; terms: CountingTerms };

async function countUnit(counting: UnitCounting, budget: CountingBudget): Promise<boolean> {
  if (await hasSum(counting)) return true;
  let last = await readLastSegment(counting);
  while (!last || last.next) {
    last = await countSegment(counting, last, budget);
    // The time is checked after a segment, so that every run counts at least one segment.
    if (performance.now() > budget.until) return false;
  }
  await writeSum({ ...counting, now: budget.now });
  return performance.now() <= budget.until;
}

/** Counts the next page of the cohort. The counts depend on the page alone: any run gets the same ones at any time. */
async function countSegment(
  { closing, unit, terms }: UnitCounting,
  last: Segment | undefined,
  { now, segmentSize }: CountingBudget,
) {
  const { ids, next } = await readCohort({ unit, limit: segmentSize, from: last?.next });
  const number = last ? last.number + 1 : 0;
  await writeSegment({ closing, unit, number, next, counts: await countComplaints(ids, terms), now });
  return { number, next };
}

async function countComplaints(ids: string[], terms: CountingTerms): Promise<Counts> {
  const countedById = new Map<string, ReturnType<typeof countComplaint>>();
  const countOne = async ({ id }: { id: string }) =>
    void countedById.set(id, countComplaint(await readEventsAndConfidentialLog(id), terms));
  const complaints = ids.map((id) => ({ id }));
  const failed = await processConcurrently(complaints, { message: "complaint not counted", processOne: countOne });
  if (failed > 0) throw new Error(`${failed} complaints could not be counted`);
  const counts = emptyCounts();
  // Added in the order of the cohort, not in the order of reading: equal counts are then stored as equal bytes.
  for (const id of ids) {
    const counted = countedById.get(id);
    if (counted === "retaliation") counts.retaliationReports++;
    else if (counted) addComplaint(counts, counted);
  }
  return counts;
}

/**
 * Publishes the periods that close with a counted month. All periods are written under one edition first; then the closed
 * month is saved with this edition, which makes them visible to readers.
 */
async function publishMonth({ month, since }: Closing, now: string): Promise<void> {
  const published = since ? await periodsToPublish({ month, since }) : [];
  const edition = fingerprint(JSON.stringify(published));
  for (const period of published) await writePeriod(period, edition);
  const periods = published.map(({ period }) => period);
  const isFirst = await saveClosedMonth({
    month,
    firstMonth: since,
    periods,
    edition,
    asOf: closesAt(month),
    closedAt: now,
  });
  log.info("month closed", { month, edition, periods: periods.length, isFirst });
}

async function periodsToPublish({
  month,
  since,
}: {
  month: IranianMonth;
  since: IranianMonth;
}): Promise<PublishedPeriod[]> {
  const context = {
    key: await readStatisticsKey(),
    ids: figureIds,
    serving: servedCountiesAt(servingAgencies, closesAt(month)),
    peerGroupOf: (agencyId: string) => countedProvince.agencies.find(({ id }) => id === agencyId)?.peerGroup,
  };
  const counted = new Map<IranianMonth, Counts>();
  for (const countedMonth of monthsToCount({ month, since }))
    counted.set(countedMonth, await readCountedMonth({ closing: month, month: countedMonth }));
  return periodsClosingWith(month, since).map((period) => {
    const counts = sumOfCounts(monthsOf(period).map((name) => counted.get(name) ?? failUncountedMonth(name)));
    return publish({ period, counts }, context);
  });
}

function failUncountedMonth(month: IranianMonth): never {
  throw new Error(`the month ${month} was not counted`);
}

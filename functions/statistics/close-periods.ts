import { fingerprint } from "#shared/domain/digest.ts";
import { closingLateDays, mostMonthsWithoutFilings } from "#shared/domain/policy-numbers.ts";
import { type CountingTerms, countComplaint } from "#shared/domain/statistics/counting/counted-complaint.ts";
import { addComplaint, type Counts, emptyCounts, sumOfCounts } from "#shared/domain/statistics/counting/tables.ts";
import { addMonths, type IranianMonth, monthsOf, periodsClosingWith } from "#shared/domain/statistics/period.ts";
import {
  closesAt,
  lastMonthToClose,
  monthsToCount,
  type PublishedPeriod,
  publish,
  startOfMonth,
} from "#shared/domain/statistics/publication/publication.ts";
import { servedCountiesAt } from "#shared/domain/statistics/publication/rounding.ts";
import { addMilliseconds, dayMs, minuteMs } from "#shared/domain/time/duration.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { readStatisticsKey } from "#shared/persistence/secrets.ts";
import {
  type CountingUnit,
  hasFilings,
  readCohort,
  readEventsAndConfidentialLog,
  shards,
} from "#shared/persistence/statistics/cohorts.ts";
import {
  hasSum,
  readCountedMonth,
  readLastSegment,
  type Segment,
  writeSegment,
  writeSum,
} from "#shared/persistence/statistics/month-counts.ts";
import { readLastClosed, saveClosedMonth, writePeriod } from "#shared/persistence/statistics/published.ts";
import { countedProvince, figureIds, servingAgencies } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { countWaitingComplaints } from "./count-waiting.ts";

/** What happened just before a month closed is written and stands in the indexes by then. */
const feedDelayMs = 10 * minuteMs;

/**
 * Every hour: publishes what waits for an answer, once a month, and closes the next month, with its quarter and four
 * quarters. A run that is cut short goes on in the next; readers see nothing of a period before all of it is written.
 * It is the only function that reads the statistics key.
 */
export const handler = scheduled({
  budgetMs: 12 * minuteMs,
  async run(run) {
    // One of them must not keep the other from being published.
    const done = await Promise.allSettled([countWaitingComplaints(run), closePeriods(run)]);
    const failed = done.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
    return done.map((one) => (one.status === "fulfilled" ? one.value : run.now)).toSorted()[0] ?? run.now;
  },
});

/**
 * `segmentSize`: how many complaints are counted between two writes. What 500 count as fits into one item, however much
 * they differ.
 */
export async function closePeriods(run: Run, segmentSize = 500): Promise<string> {
  const { now, until } = run;
  for (;;) {
    const next = await nextClosing(now);
    const dueAt = addMilliseconds(closesAt(next.month), feedDelayMs);
    if (dueAt > now) return dueAt;
    // In a new province nothing was ever filed, and its last month may have ended long before.
    if (next.since && addMilliseconds(dueAt, closingLateDays * dayMs) < now)
      log.error(logEvents.figuresNotPublished, { month: next.month });
    if (!(await countMonths(next, { ...run, segmentSize }))) return addMilliseconds(now, minuteMs);
    await publishMonth(next, now);
    if (performance.now() > until) return addMilliseconds(now, minuteMs);
  }
}

/** `since`: the first month that anything was filed in; undefined as long as nothing has been. */
export type Closing = { month: IranianMonth; since: IranianMonth | undefined };

/** The month after the last one that is closed: none is left out, though nothing was filed in it. */
export async function nextClosing(now: string): Promise<Closing> {
  const last = await readLastClosed();
  const month = last ? addMonths(last.month, 1) : await firstToClose(now);
  if (last?.since) return { month, since: last.since };
  return { month, since: (await hasFilings(month)) ? month : undefined };
}

/** The first month that anything was filed in; the last that can be closed where nothing was. */
async function firstToClose(now: string): Promise<IranianMonth> {
  const last = lastMonthToClose(now);
  let first = last;
  for (let month = last, silent = 0; silent < mostMonthsWithoutFilings; month = addMonths(month, -1)) {
    const isAny = await hasFilings(month);
    if (isAny) first = month;
    silent = isAny ? 0 : silent + 1;
  }
  return first;
}

type CountingBudget = Run & { segmentSize: number };

/** Counts every month that a closing one needs, from where an earlier run stopped; false where time ran out. */
export async function countMonths({ month: closing, since }: Closing, pace: CountingBudget): Promise<boolean> {
  const months = since ? monthsToCount({ month: closing, since }) : [];
  const [first] = months;
  if (!first) return true;
  const calendarOf = await readCalendars({ from: startOfMonth(first) });
  const terms = { asOf: closesAt(closing), calendarOf, province: countedProvince };
  for (const unit of months.flatMap((month) => shards.map((shard) => ({ month, shard }))))
    if (!(await countUnit({ closing, unit, terms }, pace))) return false;
  return true;
}

type UnitCounting = { closing: string; unit: CountingUnit; terms: CountingTerms };

async function countUnit(counting: UnitCounting, pace: CountingBudget): Promise<boolean> {
  if (await hasSum(counting)) return true;
  let last = await readLastSegment(counting);
  while (!last || last.next) {
    last = await countSegment(counting, last, pace);
    // Asked afterwards, so that every run gets on.
    if (performance.now() > pace.until) return false;
  }
  await writeSum({ ...counting, now: pace.now });
  return performance.now() <= pace.until;
}

/** Counts the next page of the cohort. Its figures follow from the page alone, whoever counts it, and when. */
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
  const found = new Map<string, ReturnType<typeof countComplaint>>();
  const attendTo = async ({ id }: { id: string }) =>
    void found.set(id, countComplaint(await readEventsAndConfidentialLog(id), terms));
  const complaints = ids.map((id) => ({ id }));
  const failed = await processConcurrently(complaints, { message: "complaint not counted", processOne: attendTo });
  if (failed > 0) throw new Error(`${failed} complaints could not be counted`);
  const counts = emptyCounts();
  // In the order of the cohort, not in the order of reading, so that the same counts are the same bytes.
  for (const id of ids) {
    const counted = found.get(id);
    if (counted === "retaliation") counts.retaliations++;
    else if (counted) addComplaint(counts, counted);
  }
  return counts;
}

/** Publishes the periods that close with a counted month: writes them all under one edition, and names that last. */
export async function publishMonth({ month, since }: Closing, now: string): Promise<void> {
  const published = since ? await periodsToPublish({ month, since }) : [];
  const edition = fingerprint(JSON.stringify(published));
  for (const one of published) await writePeriod(one, edition);
  const periods = published.map(({ period }) => period);
  const isFirst = await saveClosedMonth({ month, since, periods, edition, asOf: closesAt(month), closedAt: now });
  log.info("month closed", { month, edition, periods: periods.length, isFirst });
}

type MonthAndStart = { month: IranianMonth; since: IranianMonth };

async function periodsToPublish({ month, since }: MonthAndStart): Promise<PublishedPeriod[]> {
  const publishing = {
    key: await readStatisticsKey(),
    ids: figureIds,
    serving: servedCountiesAt(servingAgencies, closesAt(month)),
    peerGroupOf: (agencyId: string) => countedProvince.agencies.find(({ id }) => id === agencyId)?.peerGroup,
  };
  const counted = new Map<IranianMonth, Counts>();
  for (const one of monthsToCount({ month, since }))
    counted.set(one, await readCountedMonth({ closing: month, month: one }));
  return periodsClosingWith(month, since).map((period) => {
    const counts = sumOfCounts(monthsOf(period).map((one) => counted.get(one) ?? failUncountedMonth(one)));
    return publish({ period, counts }, publishing);
  });
}

function failUncountedMonth(month: IranianMonth): never {
  throw new Error(`the month ${month} was not counted`);
}

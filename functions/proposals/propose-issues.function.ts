import { startOfDay } from "#shared/hours/office-clock.ts";
import { dayCountSettlesDays, proposedFromHour } from "#shared/policy-numbers.ts";
import { successionChain } from "#shared/province/retirement.ts";
import { personalCauses, servingAgencies } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { addMilliseconds, hourMs, minuteMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { addDays, addMonths, firstDay, monthOfDay } from "#shared/time/period.ts";
import { hasFilings } from "../figures/cohorts.store.ts";
import { readDoneIssues } from "../issues/issue-lists.store.ts";
import { processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { addToDay, type DayTally } from "./day-counts.ts";
import {
  readCountedHeads,
  readDayCounts,
  readIdsFiledBetween,
  readLastCountedDay,
  readProposals,
  writeDayCounts,
  writeProposals,
} from "./proposals.store.ts";
import { type CountedDay, type DoneIssue, firstDayCompared, listAfter, proposalsOf } from "./proposals.ts";

/**
 * Each morning: counts the complaints of the last days, and proposes to inspectors what repeats more than chance explains. It runs
 * every hour, so that a failed run is repeated. The function writes no event, and no role of agencies reads what it writes.
 */
export const handler = scheduled({ budgetMs: 12 * minuteMs, run: proposeIssues });

/** Makes the proposals of the morning, once. Returns when there is work again. */
export async function proposeIssues({ now, until }: Run): Promise<string> {
  const today = localDate(now);
  const morning = now < madeAt(today) ? addDays(today, -1) : today;
  const last = await readProposals();
  if (last && last.morning >= morning) return madeAt(addDays(last.morning, 1));
  const settledUntil = addDays(morning, -dayCountSettlesDays);
  for await (const day of uncountedDays({ morning, settledUntil })) {
    const [counted] = await countDays({ from: day, until: addDays(day, 1) });
    await writeDayCounts(counted ?? { day, counts: [] });
    if (performance.now() > until) return now;
  }
  const settled = await readDayCounts({ from: firstDayCompared(morning), until: settledUntil });
  const days = [...settled, ...(await countDays({ from: settledUntil, until: morning }))];
  const currentAgency = (id: string) => successionChain(servingAgencies, { id, now }).at(-1) ?? id;
  const doneIssues = await doneIssuesOf({ now, currentAgency });
  const found = proposalsOf({ morning, days, doneIssues, currentAgency });
  await writeProposals({ morning, proposals: listAfter(last?.proposals ?? [], { found, morning }) });
  log.info("issues proposed", { morning, found: found.length });
  return madeAt(addDays(morning, 1));
}

type AgenciesNow = { now: string; currentAgency: (agencyId: string) => string };

/** Issues that agencies report as mended and that may come back: the last mended first. A successor answers for the issues of its predecessor. */
async function doneIssuesOf({ now, currentAgency }: AgenciesNow): Promise<DoneIssue[]> {
  const issues = await readDoneIssues(now);
  return issues
    .map(({ id: issueId, agencyId, category, cause, countyIds, doneAt }) => ({
      issueId,
      agencyId: currentAgency(agencyId),
      category,
      cause,
      countyIds,
      doneOn: localDate(doneAt),
    }))
    .toSorted((one, other) => Number(one.doneOn < other.doneOn) - Number(one.doneOn > other.doneOn));
}

const madeAt = (day: string) => addMilliseconds(startOfDay(day), proposedFromHour * hourMs);

/** The days whose counts are to be kept, and are not yet. The first run begins with the month of the first filing. */
async function* uncountedDays({ morning, settledUntil }: { morning: string; settledUntil: string }) {
  const earliest = firstDayCompared(morning);
  const last = await readLastCountedDay();
  const next = last ? addDays(last, 1) : ((await firstDayWithFilings(earliest, settledUntil)) ?? settledUntil);
  for (let day = next < earliest ? earliest : next; day < settledUntil; day = addDays(day, 1)) yield day;
}

async function firstDayWithFilings(from: string, until: string): Promise<string | undefined> {
  for (let month = monthOfDay(from); firstDay(month) < until; month = addMonths(month, 1))
    if (await hasFilings(month)) return firstDay(month);
  return undefined;
}

/** The counts of the days from `from` to before `until` that have complaints, as these stand now. */
async function countDays(days: { from: string; until: string }): Promise<CountedDay[]> {
  const tallies = new Map<string, DayTally>();
  const ids = await readIdsFiledBetween(days);
  const batches = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, n) => ({
    id: ids[n * batchSize] ?? "",
    ids: ids.slice(n * batchSize, (n + 1) * batchSize),
  }));
  const failed = await processConcurrently(batches, {
    message: "complaints not counted",
    async processOne(batch) {
      for (const head of await readCountedHeads(batch.ids)) {
        const day = localDate(head.filedAt);
        const tally = tallies.get(day) ?? new Map();
        addToDay(tally, head, { personalCauses });
        tallies.set(day, tally);
      }
    },
  });
  if (failed > 0) throw new Error(`${failed} batches of complaints could not be counted`);
  return [...tallies].map(([day, tally]) => ({ day, counts: [...tally.values()] }));
}

/** As many as one read takes. */
const batchSize = 100;

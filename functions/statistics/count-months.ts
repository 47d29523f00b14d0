import { beginningOf, closesAt, monthsToCount } from "#shared/domain/statistics/closing.ts";
import { countedOf, type Terms } from "#shared/domain/statistics/counted.ts";
import { addComplaint, type Counts, noCounts } from "#shared/domain/statistics/counts.ts";
import { countedProvince } from "#shared/province/slices.static.ts";
import { readCalendars } from "#shared/store/hours/office-hours.ts";
import { readCohort, readHistory, shards, type Unit } from "#shared/store/statistics/cohorts.ts";
import { isSummed, readLastSegment, type Segment, writeSegment, writeSum } from "#shared/store/statistics/segments.ts";
import { inTurns } from "../pipelines/in-turns.ts";
import type { Run } from "../pipelines/scheduled.ts";
import type { Closing } from "./next-closing.ts";

type Pace = Run & { segmentSize: number };

/** Counts every month that a closing one needs, from where an earlier run stopped; false where time ran out. */
export async function countMonths({ month: closing, since }: Closing, pace: Pace): Promise<boolean> {
  const months = since ? monthsToCount({ month: closing, since }) : [];
  const [first] = months;
  if (!first) return true;
  const calendarOf = await readCalendars({ from: beginningOf(first) });
  const terms = { asOf: closesAt(closing), calendarOf, province: countedProvince };
  for (const unit of months.flatMap((month) => shards.map((shard) => ({ month, shard }))))
    if (!(await countUnit({ closing, unit, terms }, pace))) return false;
  return true;
}

type Counting = { closing: string; unit: Unit; terms: Terms };

async function countUnit(counting: Counting, pace: Pace): Promise<boolean> {
  if (await isSummed(counting)) return true;
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
async function countSegment({ closing, unit, terms }: Counting, last: Segment | undefined, { now, segmentSize }: Pace) {
  const { ids, next } = await readCohort({ unit, limit: segmentSize, from: last?.next });
  const number = last ? last.number + 1 : 0;
  await writeSegment({ closing, unit, number, next, counts: await countsOf(ids, terms), now });
  return { number, next };
}

async function countsOf(ids: string[], terms: Terms): Promise<Counts> {
  const found = new Map<string, ReturnType<typeof countedOf>>();
  const attendTo = async ({ id }: { id: string }) => void found.set(id, countedOf(await readHistory(id), terms));
  const complaints = ids.map((id) => ({ id }));
  const failed = await inTurns(complaints, { message: "complaint not counted", attendTo });
  if (failed > 0) throw new Error(`${failed} complaints could not be counted`);
  const counts = noCounts();
  // In the order of the cohort, not in the order of reading, so that the same counts are the same bytes.
  for (const id of ids) {
    const counted = found.get(id);
    if (counted === "retaliation") counts.retaliations++;
    else if (counted) addComplaint(counts, counted);
  }
  return counts;
}

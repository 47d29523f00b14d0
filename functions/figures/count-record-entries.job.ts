import { startOfDay } from "#shared/hours/office-clock.ts";
import { waitingCountedFromHour } from "#shared/policy-numbers.ts";
import { records } from "#shared/province/slices.static.ts";
import { readStatisticsKey } from "#shared/storage/secrets.ts";
import { addMilliseconds, hourMs } from "#shared/time/duration.ts";
import { firstDay, iranianMonth } from "#shared/time/period.ts";
import { allNotices } from "../notices/notice-clock.store.ts";
import { passTime } from "../notices/notice-clock.ts";
import type { Run } from "../triggers/schedule.ts";
import { readRecordYears, writeRecordYear } from "./record-years.store.ts";
import { roundCount } from "./rounding.ts";

const startOfYear = (year: number) => startOfDay(firstDay(`${year}-01`));

/**
 * Publishes how many entries began to stand in employees' records in the Iranian year that is over: one number for the province,
 * rounded like every published number. It is counted once, on the first morning of the new year.
 */
export async function countRecordEntries({ now }: Pick<Run, "now">): Promise<string> {
  const thisYear = Number(iranianMonth(now).slice(0, 4));
  const dueAt = addMilliseconds(startOfYear(thisYear), waitingCountedFromHour * hourMs);
  if (!records || now < dueAt) return records ? dueAt : startOfYear(thisYear + 1);
  const year = thisYear - 1;
  if (!(await readRecordYears()).some((one) => one.year === year)) {
    const [from, to] = [startOfYear(year), startOfYear(thisYear)];
    let entries = 0;
    for await (const notice of allNotices()) {
      const { standsSince } = passTime(notice, now).notice;
      if (standsSince && standsSince >= from && standsSince < to) entries++;
    }
    const roundingKey = `records|${year}`;
    await writeRecordYear({ year, entries: roundCount(entries, { key: await readStatisticsKey(), roundingKey }) });
  }
  return addMilliseconds(startOfYear(thisYear + 1), waitingCountedFromHour * hourMs);
}

import { passTime } from "#shared/domain/notices/notice-clock.ts";
import { waitingCountedFromHour } from "#shared/domain/policy-numbers.ts";
import { firstDay, iranianMonth } from "#shared/domain/statistics/period.ts";
import { roundCount } from "#shared/domain/statistics/publication/rounding.ts";
import { addMilliseconds, hourMs } from "#shared/domain/time/duration.ts";
import { startOfDay } from "#shared/domain/time/office-clock.ts";
import { allNotices } from "#shared/persistence/notices/clock.ts";
import { readStatisticsKey } from "#shared/persistence/secrets.ts";
import { readRecordYears, writeRecordYear } from "#shared/persistence/statistics/record-years.ts";
import { records } from "#shared/province/slices.static.ts";
import type { Run } from "../triggers/schedule.ts";

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

import type { Run } from "#functions/pipelines/scheduled.ts";
import { waitingCountedFromHour } from "#shared/domain/policy-numbers.ts";
import { firstDay, type IranianMonth, iranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { publishWaiting, type WaitingCounts, waitingAs } from "#shared/domain/statistics/waiting.ts";
import { hourMs, later } from "#shared/domain/time/duration.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { startOfDay } from "#shared/domain/time/start-of-day.ts";
import { agencyIds } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { listOpen } from "#shared/store/complaints/open-complaints.ts";
import type { Position } from "#shared/store/pages.ts";
import { readStatisticsKey } from "#shared/store/secrets.ts";
import { readWaiting, writeWaiting } from "#shared/store/statistics/waiting.ts";

/** Once a month, in the first run after six on its first morning: publishes what waits for an answer. */
export async function countWaiting({ now }: Pick<Run, "now">): Promise<string> {
  const month = iranianMonth(now);
  const dueAt = countedFrom(month);
  if (now < dueAt) return dueAt;
  if (!(await readWaiting(month))) {
    const agencies: Record<string, WaitingCounts> = {};
    const counted = new Set<string>();
    for (const agencyId of agencyIds) agencies[agencyId] = await waitingAt(agencyId, { now, counted });
    const published = publishWaiting(agencies, { key: await readStatisticsKey(), month });
    await writeWaiting({ date: localDate(now), countedAt: now, ...published });
    log.info("waiting complaints counted", { month });
  }
  return countedFrom(monthsLater(month, 1));
}

const countedFrom = (month: IranianMonth) => later(startOfDay(firstDay(month)), waitingCountedFromHour * hourMs);

/** One page after the other of an agency's open complaints, which hold no report of retaliation. */
async function waitingAt(agencyId: string, { now, counted }: { now: string; counted: Set<string> }) {
  const waiting: WaitingCounts = { late: 0, openInTime: 0 };
  let from: Position | undefined;
  do {
    const { complaints, unreadable, next } = await listOpen({ agencyId, from });
    // What is published once, and never anew, is not published too small.
    if (unreadable > 0) throw new Error(`${unreadable} open complaints of ${agencyId} could not be read`);
    // A complaint that moves during the count may be read twice, here or with another agency.
    for (const complaint of complaints) {
      const column = waitingAs(complaint, now);
      if (column && !counted.has(complaint.id)) waiting[column]++;
      if (column) counted.add(complaint.id);
    }
    from = next;
  } while (from);
  return waiting;
}

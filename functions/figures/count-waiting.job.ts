import { listOpenComplaints } from "#shared/complaints/clock-moves.store.ts";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { waitingCountedFromHour } from "#shared/policy-numbers.ts";
import { agencyIds } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { readStatisticsKey } from "#shared/storage/secrets.ts";
import type { Position } from "#shared/storage/table.ts";
import { addMilliseconds, hourMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { addMonths, firstDay, type IranianMonth, iranianMonth } from "#shared/time/period.ts";
import type { Run } from "../triggers/schedule.ts";
import { readWaiting, writeWaiting } from "./published.store.ts";
import { publishWaiting, type WaitingCounts, waitingColumn } from "./waiting.ts";

/**
 * Publishes the number of complaints that wait for an answer. It counts once a month, in the first run after six o'clock on the
 * month's first day. Returns the time of the next count.
 */
export async function countWaitingComplaints({ now }: Pick<Run, "now">): Promise<string> {
  const month = iranianMonth(now);
  const dueAt = countingTimeOf(month);
  if (now < dueAt) return dueAt;
  if (!(await readWaiting(month))) {
    const agencies: Record<string, WaitingCounts> = {};
    const counted = new Set<string>();
    for (const agencyId of agencyIds) agencies[agencyId] = await countWaitingOf(agencyId, { now, counted });
    const published = publishWaiting(agencies, { key: await readStatisticsKey(), month });
    await writeWaiting({ date: localDate(now), countedAt: now, ...published });
    log.info("waiting complaints counted", { month });
  }
  return countingTimeOf(addMonths(month, 1));
}

const countingTimeOf = (month: IranianMonth) =>
  addMilliseconds(startOfDay(firstDay(month)), waitingCountedFromHour * hourMs);

/** Counts an agency's open complaints page by page. Retaliation reports are in no agency's list, so they are not counted. */
async function countWaitingOf(agencyId: string, { now, counted }: { now: string; counted: Set<string> }) {
  const waiting: WaitingCounts = { overdue: 0, notYetDue: 0 };
  let from: Position | undefined;
  do {
    const { complaints, unreadable, next } = await listOpenComplaints({ agencyId, from });
    // A published number is never corrected. So an unreadable complaint stops the count instead of making it too small.
    if (unreadable > 0) throw new Error(`${unreadable} open complaints of ${agencyId} could not be read`);
    // A complaint that moves in the index during the count may be read twice, here or with another agency.
    for (const complaint of complaints) {
      const column = waitingColumn(complaint, now);
      if (column && !counted.has(complaint.id)) waiting[column]++;
      if (column) counted.add(complaint.id);
    }
    from = next;
  } while (from);
  return waiting;
}

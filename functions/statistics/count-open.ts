import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { add, noTally } from "#shared/domain/statistics/cell.ts";
import { firstDay, type IranianMonth, iranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { type OpenTallies, openNow, openPart } from "#shared/domain/statistics/open-now.ts";
import { later } from "#shared/domain/time/duration.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { startOfDay } from "#shared/domain/time/start-of-day.ts";
import { agencyIds } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { listOpen } from "#shared/store/complaints/open-complaints.ts";
import type { Position } from "#shared/store/pages.ts";
import { readRecordKeys } from "#shared/store/statistics/cohorts.ts";
import { readOpenCount, writeOpenCount } from "#shared/store/statistics/open-counts.ts";

/** Before any office opens. */
const countedFromMs = 6 * 60 * 60_000;

/** Every hour: counts what is open and unanswered, once a month, in the first run after six in its first morning. */
export const handler = scheduled({ run: countOpen });

export async function countOpen({ now }: Run): Promise<string> {
  const month = iranianMonth(now);
  const dueAt = countedFrom(month);
  if (now < dueAt) return dueAt;
  if (!(await readOpenCount(month))) {
    const tallies: OpenTallies = {};
    const counted = new Set<string>();
    for (const agencyId of agencyIds) tallies[agencyId] = await openOf(agencyId, { now, counted });
    await writeOpenCount({ date: localDate(now), countedAt: now, ...openNow(tallies) });
    log.info("open complaints counted", { month });
  }
  return countedFrom(monthsLater(month, 1));
}

const countedFrom = (month: IranianMonth) => later(startOfDay(firstDay(month)), countedFromMs);

/** One page after the other of an agency's open complaints, in which no report of retaliation stands. */
async function openOf(agencyId: string, { now, counted }: { now: string; counted: Set<string> }) {
  const open = { overdue: noTally, notOverdue: noTally };
  let from: Position | undefined;
  do {
    const { complaints, next } = await listOpen({ agencyId, from });
    // Whatever moves while it is counted may come twice, here or with another agency.
    const waiting = complaints.filter((complaint) => openPart(complaint, now) && !counted.has(complaint.id));
    const keys = await readRecordKeys(waiting.map(({ id }) => id));
    for (const complaint of waiting) {
      const [part, k] = [openPart(complaint, now), keys.get(complaint.id)];
      if (part && k !== undefined) open[part] = add(open[part], { n: 1, k });
      counted.add(complaint.id);
    }
    from = next;
  } while (from);
  return open;
}

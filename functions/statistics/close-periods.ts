import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { closesAt } from "#shared/domain/statistics/closing.ts";
import { later, minuteMs } from "#shared/domain/time/duration.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { countMonths } from "./count-months.ts";
import { nextClosing } from "./next-closing.ts";
import { publishMonth } from "./publish-month.ts";

/** What happened just before a month closed is written and stands in the indexes by then. */
const settlesAfterMs = 10 * minuteMs;
/** So long a province of a million complaints a month may take. */
const lateAfterMs = 3 * 24 * 60 * minuteMs;

/**
 * Every hour: closes the month that is to be closed next, and with it a quarter, a year and four quarters. What one run
 * does not get to goes on in the next; readers see nothing of it before the end, and then all of it.
 */
export const handler = scheduled({ budgetMs: 12 * minuteMs, run: (run) => closePeriods(run) });

/**
 * `segmentSize`: how many complaints are counted between two writes. What 500 count as fits into one item, however much
 * they differ.
 */
export async function closePeriods(run: Run, segmentSize = 500): Promise<string> {
  const { now, until } = run;
  for (;;) {
    const next = await nextClosing(now);
    const dueAt = later(closesAt(next.month), settlesAfterMs);
    if (dueAt > now) return dueAt;
    // In a new province nothing was ever filed, and its last month may have ended long before.
    if (next.since && later(dueAt, lateAfterMs) < now) log.error(logEvents.figuresNotPublished, { month: next.month });
    if (!(await countMonths(next, { ...run, segmentSize }))) return later(now, minuteMs);
    await publishMonth(next, now);
    if (performance.now() > until) return later(now, minuteMs);
  }
}

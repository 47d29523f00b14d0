import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { closingLateAfterDays } from "#shared/domain/policy-numbers.ts";
import { closesAt } from "#shared/domain/statistics/closing.ts";
import { dayMs, later, minuteMs } from "#shared/domain/time/duration.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { countMonths } from "./count-months.ts";
import { countWaiting } from "./count-waiting.ts";
import { nextClosing } from "./next-closing.ts";
import { publishMonth } from "./publish-month.ts";

/** What happened just before a month closed is written and stands in the indexes by then. */
const settlesAfterMs = 10 * minuteMs;

/**
 * Every hour: publishes what waits for an answer, once a month, and closes the next month, with its quarter and four
 * quarters. A run that is cut short goes on in the next; readers see nothing of a period before all of it is written.
 * It is the only function that reads the statistics key.
 */
export const handler = scheduled({
  budgetMs: 12 * minuteMs,
  async run(run) {
    // One of them must not keep the other from being published.
    const done = await Promise.allSettled([countWaiting(run), closePeriods(run)]);
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
    const dueAt = later(closesAt(next.month), settlesAfterMs);
    if (dueAt > now) return dueAt;
    // In a new province nothing was ever filed, and its last month may have ended long before.
    if (next.since && later(dueAt, closingLateAfterDays * dayMs) < now)
      log.error(logEvents.figuresNotPublished, { month: next.month });
    if (!(await countMonths(next, { ...run, segmentSize }))) return later(now, minuteMs);
    await publishMonth(next, now);
    if (performance.now() > until) return later(now, minuteMs);
  }
}

import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { beginningOf, closesAt, lastClosable } from "#shared/domain/statistics/closing.ts";
import type { Terms } from "#shared/domain/statistics/counted.ts";
import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { ownFiguresOf } from "#shared/domain/statistics/own-figures.ts";
import { later, minuteMs } from "#shared/domain/time/duration.ts";
import { agencyIds } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { readCalendars } from "#shared/store/hours/office-hours.ts";
import {
  noteOwnFiguresMade,
  readFeedBetween,
  readMonthsOfOwnFigures,
  readOwnFigures,
  writeOwnFigures,
} from "#shared/store/statistics/own-figures.ts";

/** By then what happened just before the month closed is written and in the index. */
const settlesAfterMs = 10 * minuteMs;

/**
 * Every hour: where a month has closed, makes each agency's own figures of it from that agency's feed alone. The role may
 * read no complaint, so the figures tell an agency nothing that it could not read before.
 */
export const handler = scheduled({ budgetMs: 12 * minuteMs, run: countOwnFigures });

export async function countOwnFigures({ now, until }: Run): Promise<string> {
  const [last] = await readMonthsOfOwnFigures(1);
  let month = last ? monthsLater(last, 1) : lastClosable(now);
  for (; dueAt(month) <= now; month = monthsLater(month, 1)) {
    const calendarOf = await readCalendars({ from: beginningOf(month) });
    for (const agencyId of agencyIds) {
      await countOwn({ agencyId, month, calendarOf });
      if (performance.now() > until) return later(now, minuteMs);
    }
    await noteOwnFiguresMade(month);
    log.info("own figures made", { month });
  }
  return dueAt(month);
}

const dueAt = (month: IranianMonth) => later(closesAt(month), settlesAfterMs);

type Counting = { agencyId: string; month: IranianMonth; calendarOf: Terms["calendarOf"] };

async function countOwn({ agencyId, month, calendarOf }: Counting): Promise<void> {
  if (await readOwnFigures({ agencyId, month })) return;
  const asOf = closesAt(month);
  const feed = await readFeedBetween(agencyId, { from: beginningOf(month), to: asOf });
  await writeOwnFigures({ agencyId, month, figures: ownFiguresOf(feed, { agencyId, month, asOf, calendarOf }) });
}

import type { CountingTerms } from "#shared/domain/statistics/counting/counted-complaint.ts";
import { agencyFiguresOf } from "#shared/domain/statistics/counting/own-figures.ts";
import { addMonths, type IranianMonth } from "#shared/domain/statistics/period.ts";
import { closesAt, lastMonthToClose, startOfMonth } from "#shared/domain/statistics/publication/publication.ts";
import { addMilliseconds, minuteMs } from "#shared/domain/time/duration.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import {
  readAgencyFigureMonths,
  readAgencyFigures,
  readFeedBetween,
  recordAgencyFiguresMade,
  writeAgencyFigures,
} from "#shared/persistence/statistics/own-figures.ts";
import { agencyIds } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { type Run, scheduled } from "../triggers/schedule.ts";

/** After this time, the events from just before the month's closing are written and stand in the index. */
const feedDelayMs = 10 * minuteMs;

/**
 * Every hour: after a month has closed, counts each agency's own figures of the month from the agency's feed alone. The
 * function's role cannot read complaints. So the figures reveal nothing to an agency that it could not read before.
 */
export const handler = scheduled({ budgetMs: 12 * minuteMs, run: countAgencyFigures });

export async function countAgencyFigures({ now, until }: Run): Promise<string> {
  const [last] = await readAgencyFigureMonths(1);
  let month = last ? addMonths(last, 1) : lastMonthToClose(now);
  for (; dueAt(month) <= now; month = addMonths(month, 1)) {
    const calendarOf = await readCalendars({ from: startOfMonth(month) });
    for (const agencyId of agencyIds) {
      await countAgency({ agencyId, month, calendarOf });
      if (performance.now() > until) return addMilliseconds(now, minuteMs);
    }
    await recordAgencyFiguresMade(month);
    log.info("agency figures counted", { month });
  }
  return dueAt(month);
}

const dueAt = (month: IranianMonth) => addMilliseconds(closesAt(month), feedDelayMs);

type AgencyFiguresCounting = { agencyId: string; month: IranianMonth; calendarOf: CountingTerms["calendarOf"] };

async function countAgency({ agencyId, month, calendarOf }: AgencyFiguresCounting): Promise<void> {
  if (await readAgencyFigures({ agencyId, month })) return;
  const asOf = closesAt(month);
  const feed = await readFeedBetween(agencyId, { from: startOfMonth(month), to: asOf });
  await writeAgencyFigures({ agencyId, month, figures: agencyFiguresOf(feed, { agencyId, month, asOf, calendarOf }) });
}

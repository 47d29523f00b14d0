import { startOfDay } from "#shared/hours/office-clock.ts";
import { agencyIds } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { addMilliseconds, minuteMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { addMonths, type IranianMonth } from "#shared/time/period.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { type Run, scheduled } from "../triggers/schedule.ts";
import type { CountingTerms } from "./counted-complaint.ts";
import {
  readAgencyFigureMonths,
  readAgencyFigures,
  readFeedBetween,
  recordAgencyFiguresMade,
  writeAgencyFigures,
} from "./own-figures.store.ts";
import { agencyFiguresOf } from "./own-figures.ts";
import { closesAt, lastMonthToClose, startOfMonth } from "./publication.ts";
import { readCountedWeeks, readWeek, recordWeekCounted, writeAgencyWeek } from "./weeks.store.ts";
import { addWeeks, type Week, weekClosesOn, weekCountsOf, weekOf } from "./weeks.ts";

/** After this time, the events from just before the month's closing are written and stand in the index. */
const feedDelayMs = 10 * minuteMs;

/**
 * Every hour: after a month has closed, counts each agency's own figures of the month from the agency's feed alone, and after a
 * week has closed, what overseers read of it. The function's role cannot read complaints. So the figures reveal nothing to an
 * agency that it could not read before.
 */
export const handler = scheduled({
  budgetMs: 12 * minuteMs,
  async run(run) {
    const nexts = [await countAgencyFigures(run), await countAgencyWeeks(run)];
    return nexts.sort()[0] ?? run.now;
  },
});

export async function countAgencyFigures({ now, until }: Run): Promise<string> {
  const [last] = await readAgencyFigureMonths(1);
  let month = last ? addMonths(last, 1) : lastMonthToClose(now);
  for (; dueAt(month) <= now; month = addMonths(month, 1)) {
    const calendarOf = await readCalendars({ from: startOfMonth(month) });
    for (const agencyId of agencyIds) {
      await countAgency({ agencyId, month, calendarOf });
      if (performance.now() > until) return now;
    }
    await recordAgencyFiguresMade(month);
    log.info("agency figures counted", { month });
  }
  return dueAt(month);
}

const dueAt = (month: IranianMonth) => addMilliseconds(closesAt(month), feedDelayMs);

/** Counts the closed weeks that are not counted yet. Begins with the last week that is closed. */
export async function countAgencyWeeks({ now, until }: Run): Promise<string> {
  const [last] = await readCountedWeeks(1);
  let week = last ? addWeeks(last, 1) : lastWeekToClose(now);
  for (; weekDueAt(week) <= now; week = addWeeks(week, 1)) {
    const { agencies } = await readWeek(week);
    const written = new Set(agencies.map(({ agencyId }) => agencyId));
    for (const agencyId of agencyIds.filter((id) => !written.has(id))) {
      await countAgencyWeek({ agencyId, week, now });
      if (performance.now() > until) return now;
    }
    await recordWeekCounted(week, now);
    log.info("agency weeks counted", { week });
  }
  return weekDueAt(week);
}

const weekDueAt = (week: Week) => addMilliseconds(startOfDay(weekClosesOn(week)), feedDelayMs);

function lastWeekToClose(now: string): Week {
  let week = weekOf(localDate(now));
  while (weekDueAt(week) > now) week = addWeeks(week, -1);
  return week;
}

async function countAgencyWeek({ agencyId, week, now }: { agencyId: string; week: Week; now: string }): Promise<void> {
  const [from, until, asOf] = [week, addWeeks(week, 1), weekClosesOn(week)].map(startOfDay) as [string, string, string];
  const feed = await readFeedBetween(agencyId, { from, to: asOf });
  await writeAgencyWeek({ agencyId, week }, { counties: weekCountsOf(feed, { agencyId, from, until, asOf }), now });
}

type AgencyFiguresCounting = { agencyId: string; month: IranianMonth; calendarOf: CountingTerms["calendarOf"] };

async function countAgency({ agencyId, month, calendarOf }: AgencyFiguresCounting): Promise<void> {
  if (await readAgencyFigures({ agencyId, month })) return;
  const asOf = closesAt(month);
  const feed = await readFeedBetween(agencyId, { from: startOfMonth(month), to: asOf });
  await writeAgencyFigures({ agencyId, month, figures: agencyFiguresOf(feed, { agencyId, month, asOf, calendarOf }) });
}

import * as z from "zod";
import { addDays } from "#shared/time/period.ts";
import { complaintCourse, outcomeOf } from "./outcome.ts";
import { eventsByComplaint, type FeedEvent, isReceivingEvent } from "./own-figures.ts";

/** A week from Saturday to Friday, named by its first day, such as `2026-11-21`. */
export type Week = string;

/** Returns the week of a Gregorian day. */
export function weekOf(day: string): Week {
  // Saturday is day 6.
  return addDays(day, -((new Date(`${day}T12:00:00.000Z`).getUTCDay() + 1) % 7));
}

/** Returns the week before or after. */
export const addWeeks = (week: Week, count: number): Week => addDays(week, 7 * count);

/** Returns the day on whose first instant a week closes: seven days after its end. */
export const weekClosesOn = (week: Week): string => addDays(week, 14);

/** An agency's counts of one week, by county. */
export const CountsByCounty = z.record(z.string(), z.object({ filed: z.int(), answeredInTime: z.int() }));
export type CountsByCounty = z.infer<typeof CountsByCounty>;

type WeekInput = { agencyId: string; from: string; until: string; asOf: string };

/**
 * Counts the complaints that an agency received in `[from, until)`, and how many of them it answered in time, by the
 * events of its feed before `asOf`. An agency that received a complaint again after a transfer received it twice, and each time counts in
 * its own week. What does not count:
 * - it transferred the complaint before an answer was due, or received it when the answer was already late: a transfer moves no
 *   blame;
 * - the complaint ended before an answer was due, or its answer is not due yet.
 */
export function weekCountsOf(feed: readonly FeedEvent[], { agencyId, from, until, asOf }: WeekInput): CountsByCounty {
  const counts: CountsByCounty = {};
  for (const holding of eventsByComplaint(feed, asOf).flatMap((events) => holdingsOf(events, agencyId))) {
    const [start] = holding;
    if (start.at < from || start.at >= until) continue;
    const result = resultOf(holding, { agencyId, asOf });
    if (result === "not counted") continue;
    const { countyId } = start.after;
    counts[countyId] ??= { filed: 0, answeredInTime: 0 };
    counts[countyId].filed++;
    if (result === "in time") counts[countyId].answeredInTime++;
  }
  return counts;
}

/** The events of one complaint from its receipt to its transfer. */
type Holding = [FeedEvent, ...FeedEvent[]];

/** Divides the events of one complaint by the times at which the agency received it. */
function holdingsOf(events: readonly FeedEvent[], agencyId: string): Holding[] {
  const holdings: Holding[] = [];
  for (const event of events) {
    if (isReceivingEvent(event, agencyId)) holdings.push([event]);
    else holdings.at(-1)?.push(event);
  }
  return holdings;
}

type Result = "in time" | "late" | "not counted";

function resultOf(events: Holding, { agencyId, asOf }: Pick<WeekInput, "agencyId" | "asOf">): Result {
  const [start] = events;
  if (start.at >= start.after.answerBy) return "not counted";
  const last = events.at(-1);
  const isTransferred = last?.type === "transferred" && last.fromAgencyId === agencyId;
  const course = complaintCourse(events, asOf);
  if (isTransferred && !course.answered) return last.at < course.answerBy ? "not counted" : "late";
  const outcome = outcomeOf(course);
  if (outcome === "excluded") return "not counted";
  if (course.answered) return course.answered.at < course.answerBy ? "in time" : "late";
  return outcome === "pending" ? "not counted" : "late";
}

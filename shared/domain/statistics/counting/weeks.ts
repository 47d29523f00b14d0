import * as z from "zod";
import { addDays } from "../period.ts";
import { complaintCourse, outcomeOf } from "./outcome.ts";
import { type FeedEvent, isReceivingEvent } from "./own-figures.ts";

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
 * Counts the complaints that an agency received in `[from, until)`, and how many of them it answered in time, by what its feed
 * tells before `asOf`. Complaints that it transferred away, that ended before an answer was due, or whose answer is not due yet
 * do not count.
 */
export function weekCountsOf(feed: readonly FeedEvent[], { agencyId, from, until, asOf }: WeekInput): CountsByCounty {
  const counts: CountsByCounty = {};
  const byComplaint = Map.groupBy(
    feed.filter(({ at }) => at < asOf),
    ({ complaintId }) => complaintId,
  );
  for (const events of byComplaint.values()) {
    const start = events.find((event) => isReceivingEvent(event, agencyId));
    if (!start || start.at < from || start.at >= until) continue;
    const result = resultOf(events.slice(events.indexOf(start)), { agencyId, asOf });
    if (result === "not counted") continue;
    const { countyId } = start.after;
    counts[countyId] ??= { filed: 0, answeredInTime: 0 };
    counts[countyId].filed++;
    if (result === "in time") counts[countyId].answeredInTime++;
  }
  return counts;
}

type Result = "in time" | "late" | "not counted";

/** What an agency did with a complaint. `events`: those of its feed, from the one by which it received the complaint on. */
function resultOf(events: readonly FeedEvent[], { agencyId, asOf }: Pick<WeekInput, "agencyId" | "asOf">): Result {
  const last = events.at(-1);
  if (last?.type === "transferred" && last.fromAgencyId === agencyId) return "not counted";
  const course = complaintCourse(events, asOf);
  const outcome = outcomeOf(course);
  if (outcome === "excluded") return "not counted";
  if (course.answered) return course.answered.at < course.answerBy ? "in time" : "late";
  return outcome === "pending" ? "not counted" : "late";
}

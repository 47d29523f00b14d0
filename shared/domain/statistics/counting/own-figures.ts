import * as z from "zod";
import type { ComplaintEvent, EventOf } from "#shared/domain/complaint/event.ts";
import { type IranianMonth, iranianMonth } from "../period.ts";
import { type CountingTerms, closureOf, courseClasses, timeMeasures } from "./counted-complaint.ts";
import { complaintCourse, outcomeOf } from "./outcome.ts";
import { breakdownNames, isOpinion, type Measure } from "./tables.ts";

/** What an agency may know exactly: no opinion, and nothing that rests on whether one citizen left a phone. */
export const exactBreakdowns = breakdownNames.filter((name) => !isOpinion(name) && name !== "quick-acceptance");

const CountsByMeasure = z.record(z.string(), z.int());
/** An agency's work of a month in true counts: of all complaints that it received then, and by category. */
export const AgencyFigures = z.object({ all: CountsByMeasure, categories: z.record(z.string(), CountsByMeasure) });
export type AgencyFigures = z.infer<typeof AgencyFigures>;

/** An event with the id of its complaint. */
export type FeedEvent = ComplaintEvent & { complaintId: string };
type AgencyFiguresInput = {
  agencyId: string;
  month: IranianMonth;
  asOf: CountingTerms["asOf"];
  calendarOf: CountingTerms["calendarOf"];
};

/**
 * Counts what an agency received in a month, by the events of its own feed before `asOf` and nothing else, so that it
 * learns nothing new. `feed`: its events from the beginning of the month on, in order.
 */
export function agencyFiguresOf(feed: readonly FeedEvent[], own: AgencyFiguresInput): AgencyFigures {
  const figures: AgencyFigures = { all: {}, categories: {} };
  const byComplaint = Map.groupBy(
    feed.filter(({ at }) => at < own.asOf),
    ({ complaintId }) => complaintId,
  );
  for (const events of byComplaint.values()) {
    const start = events.find((event) => isReceivingEvent(event, own.agencyId));
    if (!start || iranianMonth(start.at) !== own.month) continue;
    const { category } = start.after;
    figures.categories[category] ??= {};
    for (const measure of measuresOf(events.slice(events.indexOf(start)), { start, own }))
      for (const counts of [figures.all, figures.categories[category]]) counts[measure] = (counts[measure] ?? 0) + 1;
  }
  return figures;
}

type ReceivingEvent = (EventOf<"filed"> | EventOf<"transferred">) & FeedEvent;

function isReceivingEvent(event: FeedEvent, agencyId: string): event is ReceivingEvent {
  return event.type === "filed" || (event.type === "transferred" && event.toAgencyId === agencyId);
}

function measuresOf(
  events: readonly FeedEvent[],
  { start, own }: { start: ReceivingEvent; own: AgencyFiguresInput },
): Measure[] {
  const away = events.filter((event) => event.type === "transferred" && event.fromAgencyId === own.agencyId);
  // A transfer by an inspector is not the agency's doing.
  const transferred = away.some(({ by }) => by === "agency") ? "transferred-out" : "kept";
  const ofTransfers: Measure[] = ["all", `transferred-out:${transferred}`];
  // The agency does not read what happens to a complaint that another agency has now.
  if (away.length > 0 && events.at(-1) === away.at(-1)) return ofTransfers;
  const course = complaintCourse(events, own.asOf);
  const outcome = outcomeOf(course);
  const closure = closureOf(events);
  return [
    ...ofTransfers,
    `outcome:${outcome}`,
    ...courseClasses(course, events).filter((measure) => !measure.startsWith("transferred-out:")),
    ...timeMeasures({ start, calendarOf: own.calendarOf }, { course, outcome }),
    ...(closure ? [`closure:${closure}` as const] : []),
  ];
}

import * as z from "zod";
import type { ComplaintEvent, EventOf } from "../complaint/event.ts";
import { breakdownNames, isOpinion, type Measure } from "./breakdown.ts";
import { closureOf, courseMeasures, type Terms, timeMeasures } from "./counted.ts";
import { type IranianMonth, iranianMonth } from "./iranian-month.ts";
import { courseOf, outcomeOf } from "./outcome.ts";

/** What an agency may know exactly: no opinion, and nothing that rests on whether one citizen left a phone. */
export const exactBreakdowns = breakdownNames.filter((name) => !isOpinion(name) && name !== "quick-acceptance");

const CountsByMeasure = z.record(z.string(), z.int());
/** An agency's work of a month in true counts: of all complaints that it received then, and by category. */
export const OwnFigures = z.object({ all: CountsByMeasure, categories: z.record(z.string(), CountsByMeasure) });
export type OwnFigures = z.infer<typeof OwnFigures>;

/** An event with the id of its complaint. */
export type FeedEvent = ComplaintEvent & { complaintId: string };
type Own = { agencyId: string; month: IranianMonth; asOf: Terms["asOf"]; calendarOf: Terms["calendarOf"] };

/**
 * Counts what an agency received in a month, by the events of its own feed before `asOf` and nothing else, so that it
 * learns nothing new. `feed`: its events from the beginning of the month on, in order.
 */
export function ownFiguresOf(feed: readonly FeedEvent[], own: Own): OwnFigures {
  const figures: OwnFigures = { all: {}, categories: {} };
  const byComplaint = Map.groupBy(
    feed.filter(({ at }) => at < own.asOf),
    ({ complaintId }) => complaintId,
  );
  for (const events of byComplaint.values()) {
    const start = events.find((event) => isReceipt(event, own.agencyId));
    if (!start || iranianMonth(start.at) !== own.month) continue;
    const { category } = start.after;
    figures.categories[category] ??= {};
    for (const measure of measuresOf(events.slice(events.indexOf(start)), { start, own }))
      for (const counts of [figures.all, figures.categories[category]]) counts[measure] = (counts[measure] ?? 0) + 1;
  }
  return figures;
}

type Receipt = (EventOf<"filed"> | EventOf<"transferred">) & FeedEvent;

function isReceipt(event: FeedEvent, agencyId: string): event is Receipt {
  return event.type === "filed" || (event.type === "transferred" && event.toAgencyId === agencyId);
}

function measuresOf(events: readonly FeedEvent[], { start, own }: { start: Receipt; own: Own }): Measure[] {
  const away = events.filter((event) => event.type === "transferred" && event.fromAgencyId === own.agencyId);
  // A transfer by an inspector is not the agency's doing.
  const transferred = away.some(({ by }) => by === "agency") ? "transferred-out" : "kept";
  const ofTransfers: Measure[] = ["all", `transferred-out:${transferred}`];
  // The agency does not read what happens to a complaint that another agency has now.
  if (away.length > 0 && events.at(-1) === away.at(-1)) return ofTransfers;
  const course = courseOf(events, own.asOf);
  const outcome = outcomeOf(course);
  const closure = closureOf(events);
  return [
    ...ofTransfers,
    `outcome:${outcome}`,
    ...courseMeasures(course, events).filter((measure) => !measure.startsWith("transferred-out:")),
    ...timeMeasures({ start, calendarOf: own.calendarOf }, { course, outcome }),
    ...(closure ? [`closure:${closure}` as const] : []),
  ];
}

import * as z from "zod";
import type { ComplaintEvent, EventOf } from "#shared/complaints/event.ts";
import { type IranianMonth, iranianMonth } from "#shared/time/period.ts";
import { type CountingTerms, closureOf, courseClasses, timeMeasures } from "./counted-complaint.ts";
import { complaintCourse, outcomeOf } from "./outcome.ts";
import { breakdownNames, isOpinion, type Measure } from "./tables.ts";

/**
 * The breakdowns whose true counts an agency may read. Opinions are confidential. `quick-acceptance` would show whether
 * a citizen gave a phone, and `notice` whom a notice reached.
 */
export const exactBreakdowns = breakdownNames.filter(
  (name) => !isOpinion(name) && name !== "quick-acceptance" && name !== "notice",
);

const CountsByMeasure = z.record(z.string(), z.int());
/** The true counts of the complaints that an agency received in a month: of all of them, and by category. */
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
 * Counts the complaints that an agency received in a month. It uses only events of the agency's own feed before `asOf`,
 * so the figures tell the agency nothing that its feed did not. `feed`: the feed's events since the month began, in
 * order.
 */
export function agencyFiguresOf(feed: readonly FeedEvent[], own: AgencyFiguresInput): AgencyFigures {
  const figures: AgencyFigures = { all: {}, categories: {} };
  for (const events of eventsByComplaint(feed, own.asOf)) {
    const start = events.find((event) => isReceivingEvent(event, own.agencyId));
    if (!start || iranianMonth(start.at) !== own.month) continue;
    const { category } = start.after;
    figures.categories[category] ??= {};
    for (const measure of measuresOf(events.slice(events.indexOf(start)), { start, own }))
      for (const counts of [figures.all, figures.categories[category]]) counts[measure] = (counts[measure] ?? 0) + 1;
  }
  return figures;
}

/** The events of a feed before `asOf`, those of each complaint together. */
export function eventsByComplaint(feed: readonly FeedEvent[], asOf: string): FeedEvent[][] {
  const known = feed.filter(({ at }) => at < asOf);
  return [...Map.groupBy(known, ({ complaintId }) => complaintId).values()];
}

type ReceivingEvent = (EventOf<"filed"> | EventOf<"transferred">) & FeedEvent;

/** Whether an agency received the complaint by this event of its feed. */
export function isReceivingEvent(event: FeedEvent, agencyId: string): event is ReceivingEvent {
  return event.type === "filed" || (event.type === "transferred" && event.toAgencyId === agencyId);
}

function measuresOf(
  events: readonly FeedEvent[],
  { start, own }: { start: ReceivingEvent; own: AgencyFiguresInput },
): Measure[] {
  const transfersOut = events.filter((event) => event.type === "transferred" && event.fromAgencyId === own.agencyId);
  // Transfers by inspectors do not count as transferred out, because the agency did not decide them.
  const transferClass = transfersOut.some(({ by }) => by === "agency") ? "transferred-out" : "not-transferred-out";
  const countAndTransfer: Measure[] = ["all", `transferred-out:${transferClass}`];
  // After a transfer the agency's feed has no more events of the complaint, so its outcome is unknown here.
  if (transfersOut.length > 0 && events.at(-1) === transfersOut.at(-1)) return countAndTransfer;
  const course = complaintCourse(events, own.asOf);
  const outcome = outcomeOf(course);
  const closure = closureOf(events);
  return [
    ...countAndTransfer,
    `outcome:${outcome}`,
    ...courseClasses(course, events).filter((measure) => !measure.startsWith("transferred-out:")),
    ...timeMeasures({ start, calendarOf: own.calendarOf }, { course, outcome }),
    ...(closure ? [`closure:${closure}` as const] : []),
  ];
}

import * as z from "zod";
import { Fault, invalidFault } from "../fault.ts";
import { mostEventsInOrder, redrivePeriodDays } from "../policy-numbers.ts";
import { Instant, SentInstant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { Slug } from "../vocabulary.ts";

const EventIds = z.array(z.string().min(1).max(300)).min(1).max(mostEventsInOrder);

/** What an admin wants sent again: named undelivered events, a past period, or all undelivered ones. */
export const RedriveRequest = z
  .strictObject({
    eventIds: EventIds.optional(),
    since: SentInstant.optional(),
    until: SentInstant.optional(),
    agencyId: Slug.optional(),
  })
  .refine(({ eventIds, since }) => !eventIds || !since, { params: { rule: "events-or-period" }, path: ["since"] })
  .refine(({ until, agencyId, since }) => since || !(until || agencyId), {
    params: { rule: "since-missing" },
    path: ["since"],
  });
export type RedriveRequest = z.infer<typeof RedriveRequest>;

const RedriveEvents = z.strictObject({ eventIds: EventIds });
const RedrivePeriod = z.strictObject({ since: Instant, until: Instant, agencyId: Slug.optional() });
export type RedrivePeriod = z.infer<typeof RedrivePeriod>;

/** An order that was checked: some undelivered events, a period, or all undelivered events. */
export const RedriveSelection = z.union([RedriveEvents, RedrivePeriod, z.strictObject({})]);
export type RedriveSelection = z.infer<typeof RedriveSelection>;

export function isRedrivePeriod(order: RedriveSelection): order is RedrivePeriod {
  return "since" in order;
}

type RedriveTerms = { now: string; agencies: { id: string }[] };

/** Turns a wish into an order; refuses an unknown agency, and a period that began too long ago or has no length. */
export function selectForRedrive(
  { eventIds, since, until, agencyId }: RedriveRequest,
  { now, agencies }: RedriveTerms,
): RedriveSelection {
  if (eventIds) return { eventIds: [...new Set(eventIds)] };
  if (!since) return {};
  if (agencyId && !agencies.some(({ id }) => id === agencyId))
    throw new Fault("unknown-agency", { values: { agencyId } });
  if (since < addMilliseconds(now, -redrivePeriodDays * dayMs)) throw invalidFault("since", "too-long-ago");
  // Events after now are told as they happen.
  const end = until && until < now ? until : now;
  if (since >= end) throw invalidFault(until ? "until" : "since", "empty-period");
  return { since, until: end, agencyId };
}

/** When an order may be started: events of a period's last seconds may not be in the feeds yet. */
export function redriveDueAt(order: RedriveSelection, now: string): string {
  return isRedrivePeriod(order) && addMilliseconds(order.until, feedSettlesAfterMs) > now
    ? addMilliseconds(order.until, feedSettlesAfterMs)
    : now;
}

/** After this time every event is in its feeds: no request runs longer than ten seconds, and clocks differ a little. */
export const feedSettlesAfterMs = 30_000;

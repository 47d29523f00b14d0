import * as z from "zod";
import { Fault, invalid } from "../fault.ts";
import { mostEventsInOrder, redriveReachDays } from "../policy-numbers.ts";
import { dayMs, later } from "../time/duration.ts";
import { Instant, SentInstant } from "../time/instant.ts";
import { Slug } from "../vocabulary.ts";

const EventIds = z.array(z.string().min(1).max(300)).min(1).max(mostEventsInOrder);

/** What an admin wants sent again: named undelivered events, a past period, or all undelivered ones. */
export const RedriveWish = z
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
export type RedriveWish = z.infer<typeof RedriveWish>;

const Events = z.strictObject({ eventIds: EventIds });
const RedrivePeriod = z.strictObject({ since: Instant, until: Instant, agencyId: Slug.optional() });
export type RedrivePeriod = z.infer<typeof RedrivePeriod>;

/** An order that was checked: some undelivered events, a period, or all undelivered events. */
export const Redrive = z.union([Events, RedrivePeriod, z.strictObject({})]);
export type Redrive = z.infer<typeof Redrive>;

export function isRedrivePeriod(order: Redrive): order is RedrivePeriod {
  return "since" in order;
}

type Terms = { now: string; agencies: { id: string }[] };

/** Turns a wish into an order; refuses an unknown agency, and a period that began too long ago or has no length. */
export function redriveOf({ eventIds, since, until, agencyId }: RedriveWish, { now, agencies }: Terms): Redrive {
  if (eventIds) return { eventIds: [...new Set(eventIds)] };
  if (!since) return {};
  if (agencyId && !agencies.some(({ id }) => id === agencyId))
    throw new Fault("unknown-agency", { says: { agencyId } });
  if (since < later(now, -redriveReachDays * dayMs)) throw invalid("since", "too-long-ago");
  // Events after now are told as they happen.
  const end = until && until < now ? until : now;
  if (since >= end) throw invalid(until ? "until" : "since", "empty-period");
  return { since, until: end, agencyId };
}

/** When an order may be started: events of a period's last seconds may not be in the feeds yet. */
export function redriveDueAt(order: Redrive, now: string): string {
  return isRedrivePeriod(order) && later(order.until, feedSettlesAfterMs) > now
    ? later(order.until, feedSettlesAfterMs)
    : now;
}

/** After this time every event is in its feeds: no request runs longer than ten seconds, and clocks differ a little. */
export const feedSettlesAfterMs = 30_000;

import * as z from "zod";
import { Fault } from "../fault.ts";
import { later } from "../time/duration.ts";
import { Instant, SentInstant } from "../time/instant.ts";
import { Slug } from "../vocabulary.ts";

/** As long as it is noted which mails were sent; what is older would be mailed a second time. */
const longestAgoMs = 30 * 24 * 60 * 60_000;

const EventIds = z.array(z.string().min(1).max(300)).min(1).max(100);

/** What an admin wants sent again: nothing named for all that is undelivered, some of it, or a period that is past. */
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
const Period = z.strictObject({ since: Instant, until: Instant, agencyId: Slug.optional() });
export type Period = z.infer<typeof Period>;

/** What is sent again: some of what is undelivered, a period, or all that is undelivered. */
export const Redrive = z.union([Events, Period, z.strictObject({})]);
export type Redrive = z.infer<typeof Redrive>;

export function isPeriod(order: Redrive): order is Period {
  return "since" in order;
}

type Terms = { now: string; agencies: { id: string }[] };

/** The order that follows from a wish; refuses an agency nobody knows, and a period too long ago or without length. */
export function redriveOf({ eventIds, since, until, agencyId }: RedriveWish, { now, agencies }: Terms): Redrive {
  if (eventIds) return { eventIds: [...new Set(eventIds)] };
  if (!since) return {};
  if (agencyId && !agencies.some(({ id }) => id === agencyId))
    throw new Fault("unknown-agency", { says: { agencyId } });
  if (since < later(now, -longestAgoMs)) throw refused("since", "too-long-ago");
  // What is yet to happen will be told when it does.
  const end = until && until < now ? until : now;
  if (since >= end) throw refused(until ? "until" : "since", "period-without-length");
  return { since, until: end, agencyId };
}

function refused(path: string, message: string): Fault {
  return new Fault("invalid", { errors: [{ path, message }] });
}

/** When an order may be begun: what happened in the last seconds of a period may still be on its way into the feeds. */
export function redriveDueAt(order: Redrive, now: string): string {
  return isPeriod(order) && later(order.until, feedSettlesAfterMs) > now ? later(order.until, feedSettlesAfterMs) : now;
}

/** No request runs longer than ten seconds, and clocks differ a little. */
export const feedSettlesAfterMs = 30_000;

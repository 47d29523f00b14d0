import * as z from "zod";
import { Fault, invalidFault } from "#shared/fault.ts";
import { redrivePeriodDays } from "#shared/policy-numbers.ts";
import { SentInstant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { Slug } from "#shared/vocabulary.ts";
import { EventIds, type RedrivePeriod, type RedriveSelection } from "../audit/redrive-selection.ts";

/** An admin's request to send events again: named undelivered events, a past period, or all undelivered events. */
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

export function isRedrivePeriod(selection: RedriveSelection): selection is RedrivePeriod {
  return "since" in selection;
}

/** Checks a request. Throws if the agency is unknown, or the period begins too long ago or is empty. */
export function selectForRedrive(
  { eventIds, since, until, agencyId }: RedriveRequest,
  { now, agencies }: { now: string; agencies: { id: string }[] },
): RedriveSelection {
  if (eventIds) return { eventIds: [...new Set(eventIds)] };
  if (!since) return {};
  if (agencyId && !agencies.some(({ id }) => id === agencyId))
    throw new Fault("unknown-agency", { values: { agencyId } });
  if (since < addMilliseconds(now, -redrivePeriodDays * dayMs)) throw invalidFault("since", "too-long-ago");
  // Future events are sent when they happen.
  const end = until && until < now ? until : now;
  if (since >= end) throw invalidFault(until ? "until" : "since", "empty-period");
  return { since, until: end, agencyId };
}

/** When sending may start. Events of the period's last seconds may not be in the feeds yet. */
export function redriveDueAt(selection: RedriveSelection, now: string): string {
  if (!isRedrivePeriod(selection)) return now;
  const settledAt = addMilliseconds(selection.until, feedSettlesAfterMs);
  return settledAt > now ? settledAt : now;
}

/** After this time every event is in its feeds. No request runs longer than ten seconds, and clocks differ a little. */
export const feedSettlesAfterMs = 30_000;

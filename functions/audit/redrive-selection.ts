import * as z from "zod";
import { mostEventsInOrder } from "#shared/policy-numbers.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Slug } from "#shared/vocabulary.ts";

export const EventIds = z.array(z.string().min(1).max(300)).min(1).max(mostEventsInOrder);

const RedriveEvents = z.strictObject({ eventIds: EventIds });

export const RedrivePeriod = z.strictObject({ since: Instant, until: Instant, agencyId: Slug.optional() });
export type RedrivePeriod = z.infer<typeof RedrivePeriod>;

/** A checked request: named undelivered events, a period, or (without fields) all undelivered events. */
export const RedriveSelection = z.union([RedriveEvents, RedrivePeriod, z.strictObject({})]);
export type RedriveSelection = z.infer<typeof RedriveSelection>;

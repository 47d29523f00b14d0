import { secondsOf } from "#shared/domain/time/duration.ts";
import type { Instant } from "#shared/domain/time/instant.ts";

/** How long an idempotency key is remembered. */
export const keyLifetimeSeconds = 24 * 60 * 60;

/**
 * The condition to put an item that is new or replaces an expired one: the table deletes those only some time later.
 */
export function unlessLive(now: Instant) {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": secondsOf(now) },
  };
}

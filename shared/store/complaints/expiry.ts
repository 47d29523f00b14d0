import { secondsOf } from "#shared/domain/time/duration.ts";
import type { Instant } from "#shared/domain/time/instant.ts";

/** How long a repetition is known by its key. */
export const keyLifetimeSeconds = 24 * 60 * 60;

/** The table forgets an item some time after it expired; until then an expired one may be replaced. */
export function unlessLive(now: Instant) {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": secondsOf(now) },
  };
}

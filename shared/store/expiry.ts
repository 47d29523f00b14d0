import type { Instant } from "../domain/complaint.ts";
import { secondsOf } from "../domain/duration.ts";

/** How long a repetition is known by its key. */
export const keyLifetimeSeconds = 24 * 60 * 60;

/** The table forgets an item some time after it expired; until then an expired one may be replaced. */
export function unlessLive(now: Instant) {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": secondsOf(now) },
  };
}

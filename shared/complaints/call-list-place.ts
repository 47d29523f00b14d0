import { callsWorkQueueKey } from "../runtime/keys.ts";
import type { Instant } from "../time/calendar.ts";
import { localDate } from "../time/local-time.ts";

/**
 * The attributes that put an item on the call list for a period. The list is sorted by the day on which the period ends. It is not
 * sorted by the hour: an operator could find the case or the issue by that order.
 */
export const callListPlace = ({ from, before }: { from: Instant; before: Instant }) => ({
  workQueue: callsWorkQueueKey,
  workQueueAt: localDate(before),
  callFrom: from,
  callBefore: before,
});

/** Whether the citizen of an item of the call list may be called at this time, as far as the item knows. */
export const isInCallPeriod = (item: Record<string, unknown>, now: Instant): boolean =>
  String(item.callFrom) <= now && now < String(item.callBefore);

import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { sandboxComplaintDays } from "#shared/domain/policy-numbers.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import type { Item } from "../items.ts";
import type { Writes } from "../transaction.ts";

/**
 * The condition to put an item that is new or replaces an expired one: the table deletes those only some time later.
 */
export function unlessLive(now: Instant) {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": secondsOf(now) },
  };
}

/** Whether an item has lapsed, which the table deletes only some time later. Of a complaint only the sandbox has such items. */
export function hasLapsed(item: Item | undefined, now: Instant): boolean {
  return Number(item?.expiresAt) <= secondsOf(now);
}

/**
 * What is written of a complaint: of one in the sandbox every item lapses at the same instant, who complains too, whatever
 * is written when.
 */
export function lapsing(complaint: Pick<Complaint, "agencyId" | "filedAt">, writes: Writes): Writes {
  if (!isSandbox(complaint)) return writes;
  const expiresAt = secondsOf(complaint.filedAt) + sandboxComplaintDays * daySeconds;
  return writes.map(({ Put, ...other }) => (Put ? { Put: { ...Put, Item: { expiresAt, ...Put.Item } } } : other));
}

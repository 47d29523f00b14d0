import type { Scope } from "#shared/domain/time/hours-change.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { hoursKey, partitions, pendingHoursKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPending } from "../complaints/due.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { putIf } from "../transaction.ts";
import { HoursChange, itemOf } from "./office-hours.ts";

export type PendingHours = HoursChange & { pending: NonNullable<HoursChange["pending"]> };
/** Since when a change acts, and how far its walk has come. */
export type Place = Omit<PendingHours["pending"], "turn">;

/** Parsed whole, so that a change that could not be followed is logged here and left out. */
const Due = HoursChange.extend({ dueAt: Instant }).transform(({ date, countyId, dueAt }) => ({
  date,
  countyId,
  dueAt,
}));

/** The changes of hours that deadlines have yet to follow, soonest due first. */
export function listPendingHours() {
  return listPending({ under: pendingHoursKey, schema: Due, failure: logEvents.deadlinesNotMoved });
}

/** The change as it stands now; undefined where the deadlines have followed it. */
export async function readPendingHours(scope: Scope): Promise<PendingHours | undefined> {
  const item = await readItem({ pk: partitions.hours, sk: hoursKey(scope) });
  const { pending, ...change } = readable(HoursChange, item);
  return pending && { ...change, pending };
}

/** Saves how far a walk has come, or that it has ended; false where an admin or another run was faster. */
export function saveTurn({ pending: { turn }, ...change }: PendingHours, next: Place | undefined): Promise<boolean> {
  const sinceRead = {
    ConditionExpression: "version = :version AND pending.turn = :turn",
    ExpressionAttributeValues: { ":version": change.version, ":turn": turn },
  };
  return putIf(sinceRead, itemOf({ ...change, pending: next && { ...next, turn: turn + 1 } }));
}
